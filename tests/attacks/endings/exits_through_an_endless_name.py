"""Dies of an exception whose message is longer than the output limit.

[limits]
output_bytes = 10000

[expect]
outcome = "output_limit"
truncated = true
"""

raise ValueError("x" * 1_000_000)
