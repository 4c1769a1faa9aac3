def count_vowels(text):
    count = 0
    # Look at each letter and count the vowels.
    return count


print(count_vowels("rocket"))
