"""``make bench``: every measurement in turn, on a machine that does nothing else meanwhile."""

from __future__ import annotations

import subprocess
import sys

MEASUREMENTS = (
    ("sandbox",),
    ("click",),
    ("load", "--students", "100"),
    ("load", "--students", "500", "--idle"),
)


def main() -> int:
    """Run them all; the exit code of the first that fails, or 0."""
    for name, *options in MEASUREMENTS:
        print(f"\n== {' '.join([name, *options])}", flush=True)
        done = subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *options], check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
