"""Schemes built in code are checked as files are; places name the field."""

import pytest

from steelyard.scheme import Indicator, Scheme, check_scheme
from steelyard.scheme.rubric import LinearRubric, PointsRubric
from steelyard.scheme.rule import GateRule, Requirement

POINTS = PointsRubric(kind="points")


def scheme(*indicators: Indicator, **fields: object) -> Scheme:
    return Scheme.model_validate(
        {
            "format": "steelyard/1",
            "scheme": "test.code",
            "version": "1",
            "title": {"zh": "代码", "en": "Code"},
            "unit_type": "shop",
            "calendar": "month",
            "indicators": indicators,
            **fields,
        }
    )


def found(checked: Scheme) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.place.field) for problem in check_scheme(checked)]


def test_a_sound_scheme_has_no_problems() -> None:
    assert found(scheme(Indicator(code="A", rubric=POINTS))) == []


@pytest.mark.parametrize(
    ("checked", "expected"),
    [
        (scheme(Indicator(code="A")), ("SCHEME_LEAF_WITHOUT_RUBRIC", "indicators[0]")),
        (
            scheme(Indicator(code="G", children=(Indicator(code="TOTAL", rubric=POINTS),))),
            ("SCHEME_DUPLICATE_CODE", "indicators[0].children[0].code"),
        ),
        (
            scheme(Indicator(code="A", rubric=LinearRubric(kind="linear", worst="1", best="1"))),
            ("SCHEME_LINEAR_WITHOUT_RANGE", "indicators[0].rubric.best"),
        ),
        (
            scheme(Indicator(code="A", rubric=POINTS), bands=[{"code": "a", "from": "50%"}]),
            ("SCHEME_BAND_HOLE", "bands[0].from"),
        ),
        (
            scheme(
                Indicator(code="A", rubric=POINTS),
                pass_="50%",
                rules=(GateRule(id="g", kind="gate", require=Requirement(nodes=("B",)), verdict="failed"),),
            ),
            ("SCHEME_UNKNOWN_NODE", "rules[0].require.nodes[0]"),
        ),
    ],
)
def test_problems_name_their_field(checked: Scheme, expected: tuple[str, str]) -> None:
    assert found(checked) == [expected]


def test_the_other_place_is_named() -> None:
    twice = scheme(Indicator(code="A", rubric=POINTS), Indicator(code="A", rubric=POINTS))
    (problem,) = check_scheme(twice)
    assert problem.message("en") == "The code `A` is another indicator's already (indicators[0])."
