"""Hides objects in the interpreter: in type dictionaries, caches, hooks, frozen generations, weak references.

[expect]
container = "same"
"""

import ast
import codecs
import copyreg
import gc
import re
import sys
import weakref


class LeftBehind:
    """An object to be found."""


left = LeftBehind()
left.me = left
gc.freeze()
gc.callbacks.append(lambda phase, info, keep=left: None)
sys.meta_path.append(left)
sys.path_hooks.append(lambda path, keep=left: None)
codecs.register(lambda name, keep=left: None)
copyreg.dispatch_table[LeftBehind] = lambda thing, keep=left: None
re.compile("left behind")
weakref.finalize(ast.AST, lambda keep: None, left)
