r"""Walks up the stack for anything that it was not meant to know: expected answers, secrets, other tests.

[program]
stdin = "stdin of this start\n"

[expect]
outcome = "ok"
stdout = "nothing\n"
"""

import sys

telling = ("expected", "secret", "token", "answer", "password", "hidden")
found = []
frame = sys._getframe().f_back
while frame is not None:
    for place in (frame.f_locals, frame.f_globals):
        found += [name for name in place if any(word in name.lower() for word in telling)]
    frame = frame.f_back
print(found or "nothing")
