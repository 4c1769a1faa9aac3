"""Imports what programs commonly import, once, so that a start is a fork and not an interpreter's start."""
# ruff: noqa: F401 - imported for their effect on sys.modules

from __future__ import annotations


def everything() -> None:
    """Loads the common part of the standard library and warms what is made on first use."""
    import abc
    import bisect
    import collections.abc
    import contextlib
    import copy
    import dataclasses
    import datetime
    import decimal
    import enum
    import fractions
    import functools
    import heapq
    import inspect
    import io
    import itertools
    import json
    import linecache
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
    import traceback
    import types
    import typing

    "é".encode().decode("utf-8")
    "é".encode("ascii", "backslashreplace").decode("latin-1")
    re.purge()
    linecache.clearcache()
