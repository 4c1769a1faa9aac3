socks = int(input())

# First print the pairs, then decide which sentence is true.
