def count_vowels(text):
    count = ""
    for letter in text.lower():
        if letter in "aeiou":
            count = count + 1
    return count
