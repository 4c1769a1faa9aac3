"""Fails, having put in place of stdout something that ends the process with success when it is flushed.

[expect]
outcome = "runtime_error"
stderr_contains = ["ValueError"]
"""

import sys


class Exit:
    closed = False
    encoding = "utf-8"

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        raise SystemExit(0)


sys.stdout = Exit()
raise ValueError("it went wrong")
