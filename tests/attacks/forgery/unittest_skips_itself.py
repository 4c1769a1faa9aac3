r"""Raises SkipTest from inside the function under test: a test that was skipped has shown nothing.

[program]
test_source = "import unittest\n\nimport main\n\n\nclass TestAnswer(unittest.TestCase):\n    def test_answer(self):\n        self.assertEqual(42, main.answer())\n"
test_name = "TestAnswer"

[expect]
outcome = ["ok", "runtime_error"]
no_passed_tests = true
"""

import unittest


def answer() -> int:
    raise unittest.SkipTest("not today")
