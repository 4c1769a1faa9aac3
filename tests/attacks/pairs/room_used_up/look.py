"""Writes as much as a program may: five hundred files and two megabytes."""

import os

try:
    for number in range(500):
        with open(f"mine-{number}", "wb") as file:
            file.write(b"x" * 4096)
    room = os.statvfs(".")
    print("nothing" if room.f_favail > 0 else "no room")
except OSError as error:
    print(error)
