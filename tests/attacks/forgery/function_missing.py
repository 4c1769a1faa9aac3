"""Has no such function.

[program]
call = "answer"
arguments_json = "[]"

[expect]
outcome = "runtime_error"
no_value = true
"""

print("no function here")
