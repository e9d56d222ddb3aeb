"""Every rubric kind: a value in, a rate out; the first figures are the supplier table's own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scoring.boards import leaf, observed, scheme
from steelyard.scoring import evaluate

LOT = {"kind": "deduct", "rules": [{"below": "100%", "each": "1%", "points": "3"}]}
COMPLAINTS = {
    "kind": "choice",
    "base": "10",
    "none": "10",
    "clamp": ["0", "10"],
    "table": {"unhandled": "-5", "dissatisfied": "-3", "satisfied": "0", "delighted": "2"},
}


def deduct(**rule: Any) -> dict[str, Any]:
    return {"kind": "deduct", "rules": [rule]}


CASES = [
    ({"kind": "points"}, "60", "43", 43 / 60),
    ({"kind": "points"}, "60", "70", 1.0),
    ({"kind": "points", "clip": False}, "60", "90", 1.5),
    ({"kind": "rate"}, "1", "0.98", 0.98),
    ({"kind": "rate", "unit": "percent"}, "1", "98", 0.98),
    ({"kind": "linear", "worst": "0", "best": "50"}, "1", "20", 0.4),
    ({"kind": "linear", "worst": "48", "best": "4"}, "1", "15", 0.75),
    ({"kind": "linear", "worst": "48", "best": "4"}, "1", "60", 0.0),
    ({"kind": "curve", "through": [["0", "0"], ["10", "60%"], ["20", "1"]]}, "1", "5", 0.3),
    ({"kind": "curve", "through": [["0", "0"], ["10", "60%"], ["20", "1"]]}, "1", "99", 1.0),
    ({"kind": "curve", "through": [["0", "20%"], ["10", "60%"]]}, "1", "-4", 0.2),
    ({"kind": "steps", "at": [{"from": "1", "rate": "50%"}, {"from": "2", "rate": "80%"}]}, "1", "2", 0.8),
    ({"kind": "steps", "at": [{"from": "1", "rate": "50%"}], "otherwise": "10%"}, "1", "0.9", 0.1),
    ({"kind": "scale", "min": "1", "max": "5"}, "1", "4", 0.75),
    ({"kind": "scale", "min": "1", "max": "10"}, "1", "1", 0.0),
    (LOT, "60", "0.97", 51 / 60),
    (LOT, "60", "0.995", 1.0),
    (deduct(below="100%", each="1%", points="3", count="started"), "60", "0.995", 57 / 60),
    (deduct(below="100%", each="1%", points="3", count="proportional"), "60", "0.995", 58.5 / 60),
    (LOT, "60", "0.8", 0.0),
    (LOT, "60", "0.5", 0.0),
    ({**LOT, "floor": "10"}, "60", "0.5", 10 / 60),
    (deduct(above="0.5", each="0.5", points="5"), "20", "1.5", 0.5),
    (deduct(above="0.5", points="5"), "20", "0.5", 1.0),
    (deduct(above="0.5", points="5"), "20", "0.51", 0.75),
    (deduct(per_case=True, points="25"), "100", "4", 0.0),
    (deduct(steps=[{"from": "1%", "points": "15"}, {"from": "3%", "points": "30"}]), "100", "0.025", 0.85),
    (deduct(steps=[{"from": "1%", "points": "15"}, {"from": "3%", "points": "30"}]), "100", "0.03", 0.7),
]


@pytest.mark.parametrize(("rubric", "points", "value", "rate"), CASES)
def test_a_value_earns_its_rate(rubric: dict[str, Any], points: str, value: str, rate: float) -> None:
    result = evaluate(scheme(leaf("L", points, rubric=rubric)), observed({"L": [value]}))
    assert result.rate("L")[0] == pytest.approx(rate, abs=1e-15)


@pytest.mark.parametrize(
    ("counts", "points"),
    [
        (("0", "0", "0", "0"), 10),
        (("0", "1", "0", "0"), 7),
        (("0", "0", "1", "0"), 10),
        (("0", "0", "0", "1"), 10),
        (("3", "0", "0", "0"), 0),
        (("1", "0", "0", "1"), 7),
    ],
)
def test_the_complaint_table_of_the_tutoring_centre(counts: tuple[str, ...], points: float) -> None:
    columns = {f"L:{case}": [count] for case, count in zip(COMPLAINTS["table"], counts, strict=True)}
    result = evaluate(scheme(leaf("L", "10", rubric=COMPLAINTS)), observed(columns))
    assert result.points("L")[0] == pytest.approx(points)


def test_counting_full_steps_is_exact_where_floats_are_not() -> None:
    values = [f"0.{hundredths:02d}" for hundredths in range(100)]
    rubric = deduct(below="1", each="0.01", points="1")
    result = evaluate(scheme(leaf("L", "100", rubric=rubric)), observed({"L": values}))
    assert result.points("L").tolist() == pytest.approx(list(range(100)))


def test_a_decimal_too_long_for_a_float_is_still_compared_exactly() -> None:
    rubric = {"kind": "steps", "at": [{"from": "0.3", "rate": "1"}]}
    values = ["0.3", "0.29999999999999999999999"]
    result = evaluate(scheme(leaf("L", rubric=rubric)), observed({"L": values}))
    assert result.rate("L").tolist() == [1.0, 0.0]


def test_a_line_far_from_zero_keeps_its_digits() -> None:
    rubric = {"kind": "linear", "worst": "1000000000", "best": "1000000000.001"}
    result = evaluate(scheme(leaf("L", rubric=rubric)), observed({"L": ["1000000000.0007"]}))
    assert result.rate("L")[0] == 0.7


def test_a_value_that_cannot_be_used_is_missing_and_says_so() -> None:
    result = evaluate(scheme(leaf("L", "1", rubric={"kind": "rate"})), observed({"L": ["1.2"]}))
    assert (result.outcome("L")[0], result.reason("L")[0]) == (2, 3)
    assert np.isnan(result.rate("L")[0])
