"""Is empty, which is a valid program.

[program]
source = ""

[expect]
outcome = "ok"
stdout = ""
stderr = ""
"""
