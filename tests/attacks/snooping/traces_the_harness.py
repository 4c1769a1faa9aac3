"""Traces every call that follows its own code, to read what the platform does with the outcome.

[expect]
outcome = "ok"
never = ["expected", "nonce", "secret"]
"""

import sys
import threading


def spy(frame, event, argument):
    try:
        sys.stdout.write(" ".join(frame.f_locals) + "\n")
    except BaseException:
        pass
    return spy


threading.settrace(spy)
sys.settrace(spy)
sys.setprofile(spy)
frame = sys._getframe()
while frame is not None:
    frame.f_trace = spy
    frame = frame.f_back
