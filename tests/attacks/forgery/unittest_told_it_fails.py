r"""Makes the failure of its test the expected one, from inside the function under test.

[program]
test_source = "import unittest\n\nimport main\n\n\nclass TestAnswer(unittest.TestCase):\n    def test_answer(self):\n        self.assertEqual(42, main.answer())\n"
test_name = "TestAnswer"

[expect]
outcome = ["ok", "runtime_error"]
no_passed_tests = true
"""

import sys


def answer() -> int:
    test = sys._getframe(1).f_locals["self"]
    test.__unittest_expecting_failure__ = True
    type(test).__unittest_expecting_failure__ = True
    return 41
