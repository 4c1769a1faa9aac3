"""Imports what programs commonly import, once, so that a start is a fork and not an interpreter's start.

Each megabyte that is loaded costs every start about 0.15 ms of CPU (two forks and two exits), and each module that is
not loaded costs those who import it 1 to 6 ms. So what is here is what one program in thirty uses, or is small.
"""
# ruff: noqa: F401 - imported for their effect on sys.modules

from __future__ import annotations


def everything() -> None:
    """Loads the common part of the standard library and warms what is made on first use."""
    import abc
    import bisect
    import collections.abc
    import contextlib
    import copy
    import datetime
    import decimal
    import enum
    import fractions
    import functools
    import heapq
    import io
    import itertools
    import json
    import math
    import operator
    import os
    import queue
    import random
    import re
    import statistics
    import string
    import struct
    import textwrap
    import threading
    import time
    import types
    import typing

    "é".encode().decode("utf-8")
    "é".encode("ascii", "backslashreplace").decode("latin-1")
    re.purge()
