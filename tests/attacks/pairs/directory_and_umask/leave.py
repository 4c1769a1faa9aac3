"""Changes the working directory, the umask and the locale.

[expect]
container = "same"
"""

import locale
import os

os.umask(0)
os.chdir("/")
try:
    locale.setlocale(locale.LC_ALL, "C")
except locale.Error:
    pass
