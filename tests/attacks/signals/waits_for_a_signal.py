"""Waits for a signal that nobody sends.

[limits]
wall_ms = 700

[expect]
outcome = "time_limit"
"""

import signal

signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
signal.sigwait({signal.SIGUSR1})
