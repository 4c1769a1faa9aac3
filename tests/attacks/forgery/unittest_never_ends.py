r"""Never returns from the function under test.

[limits]
cpu_ms = 300
wall_ms = 900

[program]
test_source = "import unittest\n\nimport main\n\n\nclass TestAnswer(unittest.TestCase):\n    def test_answer(self):\n        self.assertEqual(42, main.answer())\n"
test_name = "TestAnswer"

[expect]
outcome = "time_limit"
no_passed_tests = true
"""


def answer() -> int:
    while True:
        pass
