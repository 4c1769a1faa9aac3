"""Is silent for a while, for others to be heard."""

import time

time.sleep(0.3)
print("nothing")
