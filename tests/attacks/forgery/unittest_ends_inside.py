r"""Ends the process with success from inside the function under test.

[program]
test_source = "import unittest\n\nimport main\n\n\nclass TestAnswer(unittest.TestCase):\n    def test_answer(self):\n        self.assertEqual(42, main.answer())\n"
test_name = "TestAnswer"

[expect]
outcome = ["ok", "runtime_error"]
no_passed_tests = true
"""

import os


def answer() -> int:
    os._exit(0)
