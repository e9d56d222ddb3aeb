"""Rubrics: one module a kind; `rubric_function` resolves a leaf's rubric to one that computes."""

from steelyard.scoring.rubrics.build import measures_of, rubric_function
from steelyard.scoring.rubrics.function import Deducted, RubricFunction
from steelyard.scoring.rubrics.named import PythonRubric

__all__ = ["Deducted", "PythonRubric", "RubricFunction", "measures_of", "rubric_function"]
