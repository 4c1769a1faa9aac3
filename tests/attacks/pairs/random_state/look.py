"""Looks whether the random numbers go on from there."""

import random

random_now = random.random()
random.seed(42)
following = {random.random() for _ in range(100)}
print(random_now if random_now in following else "nothing")
