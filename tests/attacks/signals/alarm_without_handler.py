"""Is ended by its own alarm clock.

[expect]
outcome = "runtime_error"
exit_code = -14
"""

import signal
import time

signal.setitimer(signal.ITIMER_REAL, 0.05)
time.sleep(10)
