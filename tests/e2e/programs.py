"""The programs that the tests type in, for the problem "countdown"."""

RIGHT = 'n = int(input())\nfor i in range(n, 0, -1):\n    print(i)\nprint("Lift off!")\n'
WRONG = 'n = int(input())\nfor i in range(n, 1, -1):\n    print(i)\nprint("Lift off!")\n'
WAITS = 'import time\nprint("first", flush=True)\ntime.sleep({seconds})\nprint("second")\n'
GREETS = 'print("Hello,", input())\n'
BREAKS = 'import sys\nprint("before")\nprint("careful", file=sys.stderr)\nnumbers = [1]\nprint(numbers[3])\n'
