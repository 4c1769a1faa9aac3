"""The code that runs inside the container: supervisor (PID 1), leader (one per start), program (the student's).

A start costs what its processes touch: every page of memory that is written after a fork is copied, and the pages of
a function are written when it runs (reference counts, inline caches). So the code on the way of a short program is
short: few functions, os calls instead of file objects, marshal instead of JSON, and whatever can be done once is done
by PID 1 before the first fork.
"""
