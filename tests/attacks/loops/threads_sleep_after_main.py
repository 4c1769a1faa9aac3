r"""Ends its main thread while another, which is no daemon, sleeps for ever: Python waits for it.

[limits]
wall_ms = 700

[expect]
outcome = "time_limit"
stdout = "main is done\n"
"""

import threading
import time

threading.Thread(target=time.sleep, args=(10_000,)).start()
print("main is done")
