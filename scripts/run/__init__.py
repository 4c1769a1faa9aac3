"""The process manager behind ``make run``: Redis, web and workers on one machine, until Ctrl-C.

It starts them in the order in which they need each other, streams what they log, and stops them in the opposite order:
first the web, so that nothing new comes in, then the workers, which finish what they have, then Redis, and last the
Docker engine if set-up had to start it. What ran before is left running. A child that dies is not restarted behind
anyone's back: that is said, and the others are stopped.
"""
