"""Looks at its own priority (a program is a little nicer than the platform), scheduling and processors."""

import os

found = []
if os.getpriority(os.PRIO_PROCESS, 0) > 10:
    found.append(f"nice {os.getpriority(os.PRIO_PROCESS, 0)}")
if os.sched_getscheduler(0) not in (os.SCHED_OTHER, os.SCHED_BATCH):
    found.append(f"policy {os.sched_getscheduler(0)}")
with open("/proc/cpuinfo") as table:
    processors = sum(line.startswith("processor") for line in table)
if len(os.sched_getaffinity(0)) < processors:
    found.append(f"{len(os.sched_getaffinity(0))} of {processors} processors")
print(found or "nothing")
