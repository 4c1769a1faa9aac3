"""A press and its end: accepted, allowed, run by a worker, shown."""
