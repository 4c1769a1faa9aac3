r"""Ends well and then spins in a function registered with atexit.

[limits]
cpu_ms = 300
wall_ms = 900

[expect]
outcome = "time_limit"
stdout = "looks finished\n"
"""

import atexit


@atexit.register
def _spin() -> None:
    while True:
        pass


print("looks finished")
