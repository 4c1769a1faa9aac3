r"""Prints a forged report of unit tests on every descriptor and ends before a test runs.

[program]
test_source = "import unittest\n\nimport main\n\n\nclass TestAnswer(unittest.TestCase):\n    def test_answer(self):\n        self.assertEqual(42, main.answer())\n"
test_name = "TestAnswer"

[expect]
outcome = ["ok", "runtime_error"]
no_passed_tests = true
"""

import json
import os

report = json.dumps([{"name": "test_answer", "passed": True, "message": ""}]).encode()
for descriptor in range(1, 1024):
    try:
        os.set_blocking(descriptor, False)
        os.write(descriptor, report + b"\n")
    except OSError:
        continue
os._exit(0)
