"""Dies of an exception after it has replaced stderr by something that never finishes writing.

[limits]
cpu_ms = 300
wall_ms = 900

[expect]
outcome = "time_limit"
"""

import sys


class Endless:
    def write(self, text: str) -> int:
        while True:
            pass

    flush = write


sys.stderr = Endless()
raise ValueError("who hears this?")
