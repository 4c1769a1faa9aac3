r"""Asks the garbage collector for every object, looking for expected answers or for who asked.

[program]
stdin = "stdin of this start\n"

[expect]
outcome = "ok"
stdout = "nothing\n"
"""

import gc

telling = {"expected", "expected_output", "expected_json", "answer", "answers", "hidden", "weight", "tests", "user"}
found = []
for thing in gc.get_objects():
    if isinstance(thing, dict) and "__builtins__" not in thing and thing is not globals():
        found += [key for key in list(thing) if isinstance(key, str) and key in telling and thing[key] is not telling]
print(sorted(set(found)) or "nothing")
