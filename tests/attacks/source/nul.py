r"""Contains a NUL, which Python refuses.

[program]
append = [{ text = "print('a\u0000b')\n", times = 1 }]

[expect]
outcome = "compile_error"
never = ["hello"]
"""

print("hello")
