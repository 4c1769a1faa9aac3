"""Leaves its last words in Python's buffer and ends: they still arrive.

[expect]
outcome = "ok"
stdout = "no newline at the end"
"""

import sys

sys.stdout.write("no newline ")
sys.stdout.write("at the end")
