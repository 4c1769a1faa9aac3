"""The curriculum: problems as files, read and checked once, then handed about as values."""

from coderunner_core.curriculum.loader import load
from coderunner_core.curriculum.model import AgeGroup, Comparison, Curriculum, Level, Problem, TestCase, WrongSolution
from coderunner_core.curriculum.problem_loader import load_problem

__all__ = [
    "AgeGroup",
    "Comparison",
    "Curriculum",
    "Level",
    "Problem",
    "TestCase",
    "WrongSolution",
    "load",
    "load_problem",
]
