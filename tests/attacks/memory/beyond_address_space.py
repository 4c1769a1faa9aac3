"""Asks for more than any machine has: Python raises MemoryError and the program dies of it.

[expect]
outcome = "memory_limit"
"""

bytearray(2**62)
