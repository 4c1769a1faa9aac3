r"""Ends through sys.exit with a sentence, which Python prints to stderr and turns into exit code 1.

[expect]
outcome = "runtime_error"
exit_code = 1
stderr = "I give up\n"
"""

import sys

sys.exit("I give up")
