"""docs/scheme-format.md: every example can be read, and every field and kind is on the page."""

import re
import textwrap
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from steelyard.errors import Problem
from steelyard.scheme import read_scheme_text
from steelyard.scheme.assessment import Assessment, RaterType
from steelyard.scheme.layout import Layout, LayoutColumn
from steelyard.scheme.model import Band, Condition, Indicator, PowerMean, Scheme, Variants
from steelyard.scheme.rollup import ByVolume, RollUp
from steelyard.scheme.rubric import Deduction, PointStep, Rubric, Step
from steelyard.scheme.rule import Consequence, Requirement, Rule, Trigger

PAGE = (Path(__file__).parents[2] / "docs" / "scheme-format.md").read_text()
EXAMPLES = re.findall(r"^```yaml (\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)

NAME = "format: steelyard/1\nscheme: docs.example\n"
TREE = "indicators:\n  - {code: A, pass: 50%, rubric: {kind: rate}}\n  - {code: B, rubric: {kind: rate}}\n"
BANDS = "pass: 60%\nbands: [{code: A, from: 90%}, {code: B, from: 75%}, {code: C, from: 0%}]\n"
# What stands before an example of each sort.
BEFORE = {
    "scheme": "",
    "head": NAME + TREE,
    "indicators": NAME,
    "rubric": NAME + "indicators:\n  - code: A\n    points: 60\n",
    "rules": NAME + BANDS + TREE,
}
EXPECTED_WARNINGS = {"SCHEME_RECOMMENDED_FIELD"}

MODELS: tuple[type[BaseModel], ...] = (
    *(Scheme, Assessment, RaterType, Band, Indicator, Condition, PowerMean, Variants, RollUp, ByVolume),
    *(Layout, LayoutColumn),
    *(Step, PointStep, Deduction, *get_args(get_args(Rubric)[0])),
    *(Consequence, Requirement, Trigger, *get_args(get_args(Rule)[0])),
)


def test_the_page_has_an_example_of_each_sort() -> None:
    assert {sort for sort, _ in EXAMPLES} == BEFORE.keys()


@pytest.mark.parametrize(("sort", "example"), EXAMPLES)
def test_every_example_can_be_read(sort: str, example: str) -> None:
    warnings: list[Problem] = []
    part = textwrap.indent(example, "    ") if sort == "rubric" else example
    read_scheme_text(BEFORE[sort] + part, warnings=warnings)
    assert {problem.code for problem in warnings} <= EXPECTED_WARNINGS


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_is_on_the_page(model: type[BaseModel]) -> None:
    names = {field.alias or name for name, field in model.model_fields.items()}
    assert {name for name in names if not re.search(rf"\b{name}\b", PAGE)} == set()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_kind_has_its_place(model: type[BaseModel]) -> None:
    kind = model.model_fields.get("kind")
    if kind is not None:
        assert f"`{get_args(kind.annotation)[0]}`" in PAGE
