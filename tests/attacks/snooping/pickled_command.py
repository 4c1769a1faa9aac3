"""Loads a pickle that runs a command: it is nobody but itself that runs it.

[expect]
outcome = "ok"
never = ["uid=0", "root"]
"""

import pickle

pickle.loads(b"cos\nsystem\n(S'id'\ntR.")
