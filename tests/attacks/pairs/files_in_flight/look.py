"""Looks whether all of /tmp is free, to the last block and inode, but for its own directory and source."""

import os

room = os.statvfs("/tmp")
used = room.f_blocks - room.f_bfree, room.f_files - room.f_ffree
print("nothing" if used[0] <= 2 and used[1] <= 3 else f"blocks and inodes used: {used}")
