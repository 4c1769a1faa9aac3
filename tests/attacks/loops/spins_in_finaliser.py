"""Spins in the finaliser of an object that it drops.

[limits]
cpu_ms = 300
wall_ms = 900

[expect]
outcome = "time_limit"
"""


class Sticky:
    def __del__(self) -> None:
        while True:
            pass


thing = Sticky()
del thing
