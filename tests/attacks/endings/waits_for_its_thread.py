r"""Ends its main thread while another still has something to say: Python waits for it.

[expect]
outcome = "ok"
stdout = "main\nthread\n"
"""

import threading
import time


def speak() -> None:
    time.sleep(0.1)
    print("thread")


threading.Thread(target=speak).start()
print("main")
