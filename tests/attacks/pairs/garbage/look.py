"""Looks for the objects and the hooks."""

import codecs
import copyreg
import gc
import sys

found = [type(thing).__name__ for thing in gc.get_objects() if "LeftBehind" in repr(type(thing))]
found += [kind.__name__ for kind in object.__subclasses__() if kind.__name__ == "LeftBehind"]
found += [hook for hook in (*sys.meta_path, *gc.callbacks) if "Left" in repr(hook) or "lambda" in repr(hook)]
found += [kind for kind in copyreg.dispatch_table if kind.__name__ == "LeftBehind"]
try:
    codecs.lookup("left-behind")
except LookupError:
    pass
print(found or "nothing")
