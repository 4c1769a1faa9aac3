"""Fixes the state of the random numbers.

[expect]
container = "same"
"""

import random

random.seed(42)
print(random.random())
