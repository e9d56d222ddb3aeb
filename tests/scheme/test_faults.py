"""What the models refuse becomes a problem with its place, for any model and any complaint."""

import pytest
from pydantic import BaseModel, Field, ValidationError

from steelyard.errors import InvalidInput
from steelyard.scheme import read_scheme_text
from steelyard.scheme.faults import faults_of
from steelyard.scheme.model import Scheme
from steelyard.scheme.yaml import read_document


class Part(BaseModel, extra="forbid"):
    size: int = Field(alias="how-large")


class Other(BaseModel, extra="forbid"):
    parts: tuple[Part, ...] = ()
    named: dict[str, Part] = {}


def faults(text: str) -> list[tuple[str, int | None, int | None]]:
    document, _ = read_document(text)
    with pytest.raises(ValidationError) as raised:
        Other.model_validate(document.root.plain())
    problems = [fault.problem for fault in faults_of(document, Other, raised.value)]
    return [(problem.code, problem.place.line, problem.place.column) for problem in problems]


def test_a_complaint_without_a_code_of_its_own_is_an_invalid_value() -> None:
    assert faults("parts:\n  - {how-large: small}\n") == [("SCHEME_INVALID_VALUE", 2, 17)]


@pytest.mark.parametrize("text", ["parts: [{how-lrge: 3}]", "named: {a: {how-lrge: 3}}"])
def test_fields_of_any_model_are_suggested(text: str) -> None:
    document, _ = read_document(text)
    with pytest.raises(ValidationError) as raised:
        Other.model_validate(document.root.plain())
    messages = [fault.problem.message("en") for fault in faults_of(document, Other, raised.value)]
    assert "There is no field `how-lrge` here (did you mean `how-large`?)." in messages


def test_the_models_can_be_written_as_json_schema() -> None:
    schema = Scheme.model_json_schema()
    assert schema["properties"]["indicators"]["minItems"] == 1


HEAD = """format: steelyard/1
scheme: test.case
version: 1.0.0
title: {zh: 用例, en: Case}
unit_type: shop
calendar: month
indicators: [{code: A, points: 60, rubric: {kind: points}}]
"""


def told(part: str) -> list[str]:
    """What is said in English of a scheme with this part."""
    with pytest.raises(InvalidInput) as raised:
        read_scheme_text(HEAD + part, "case.yaml")
    return [problem.text("en") for problem in raised.value.problems]


@pytest.mark.parametrize("rule", ["sum", "[mean]", "volume"])
def test_every_form_of_a_roll_up_is_known(rule: str) -> None:
    [said] = told(f"rollup: {{units: {rule}}}\n")
    assert "Known: mean, pooled, {volume: …}." in said


@pytest.mark.parametrize(
    ("part", "field"),
    [
        ("layout: {columns: [{show: item, head: {zh: 项目, en: Item}}], whole: -1}\n", "whole"),
        ("assessment: {raters: [{type: guest, weight: -1}]}\n", "weight"),
    ],
)
def test_who_takes_no_points_away_is_not_told_how(part: str, field: str) -> None:
    [said] = told(part)
    assert f"[SCHEME_NEGATIVE_NUMBER] `{field}` cannot be negative: -1. Write a number above 0." in said


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (
            "layout: {columns: item}",
            "`columns` has to be a list, not the value `item`. Write a list, such as `[…, …]`.",
        ),
        (
            "layout: {columns: {show: item}}",
            "`columns` has to be a list, not a mapping of fields. Write a list, such as `[…, …]`.",
        ),
        (
            "layout: {columns: [item]}",
            "`columns[0]` has to be a mapping of fields, not the value `item`. "
            "Write a mapping of fields, such as `{name: …}`.",
        ),
    ],
)
def test_what_stands_there_is_told_and_what_is_to_stand_there(part: str, said: str) -> None:
    [found] = told(f"{part}\n")
    assert found.endswith(f"[SCHEME_WRONG_SHAPE] {said}")
