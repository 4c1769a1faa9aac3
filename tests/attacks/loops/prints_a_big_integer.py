"""Turns an integer of a million digits into text; Python itself refuses.

[expect]
outcome = "runtime_error"
exit_code = 1
stderr_contains = ["ValueError"]
"""

print(10**1_000_000)
