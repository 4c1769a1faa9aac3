"""Ends the whole process from a second thread while the first sleeps.

[expect]
outcome = "ok"
max_wall_ms = 3000
"""

import os
import threading
import time

threading.Thread(target=lambda: os._exit(0)).start()
time.sleep(10_000)
