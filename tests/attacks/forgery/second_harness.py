"""Closes the platform's channel and opens its own file under the same number, to be taken for the channel.

[program]
call = "answer"
arguments_json = "[]"
collect = ["said"]

[expect]
outcome = ["ok", "runtime_error"]
no_value = true
max_files_bytes = 1000
"""

import os


def answer() -> int:
    said = os.open("said", os.O_WRONLY | os.O_CREAT)
    for descriptor in range(3, 128):
        if descriptor != said:
            os.dup2(said, descriptor)
    return 42
