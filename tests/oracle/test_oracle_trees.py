"""The oracle on small nested trees worked by hand: full marks, pooled weights, coverage, obtained."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from oracle.evaluator import NodeResult, evaluate
from oracle.table import Table

RATE = {"kind": "rate"}
POINTS = {"kind": "points"}

NESTED = [
    {
        "code": "A",
        "points": 30,
        "children": [
            {"code": "A.1", "points": 10, "rubric": POINTS},
            {"code": "A.2", "points": 10, "rubric": POINTS},
        ],
    },
    {"code": "B", "points": 10, "rubric": POINTS},
]
MIXED = [
    {
        "code": "A",
        "children": [
            {"code": "A.1", "points": 10, "rubric": POINTS},
            {"code": "A.2", "points": 20, "rubric": POINTS},
        ],
    },
    {"code": "B", "rubric": RATE},
]


def run(
    scheme: Mapping[str, Any], columns: str, cells: str, extra: Mapping[str, str] | None = None
) -> dict[str, NodeResult]:
    """Evaluate one row; `cells` are separated by spaces, `-` is an empty one."""
    row = dict(zip(columns.split(), cells.split(), strict=True))
    row = {name: "" if cell == "-" else cell for name, cell in row.items()} | dict(extra or {})
    return evaluate(scheme, Table(("unit", *row), ({"unit": "u", **row},)))["u", ""].nodes


@pytest.mark.parametrize(
    ("indicators", "cells", "full"),
    [
        pytest.param(NESTED, "5 5 5", {"A": 30, "A.1": 10, "B": 10, "TOTAL": 40}, id="own points"),
        pytest.param(NESTED, "n/a 5 5", {"A": 15, "A.1": None, "TOTAL": 25}, id="half applies"),
        pytest.param(NESTED, "n/a n/a 5", {"A": None, "TOTAL": 10}, id="one group left"),
        pytest.param(NESTED, "- 5 5", {"A": 30, "A.1": 10, "TOTAL": 40}, id="missing still counts"),
        pytest.param(MIXED, "5 5 1", {"A": 30, "B": 50, "TOTAL": 100}, id="share of the parent's"),
        pytest.param(MIXED, "n/a 5 1", {"A": 20, "B": 50, "TOTAL": Fraction(700, 8)}, id="scaled"),
        pytest.param(MIXED, "n/a n/a n/a", {"A": None, "TOTAL": None}, id="nothing applies"),
    ],
)
def test_full_marks(indicators: list[dict[str, Any]], cells: str, full: dict[str, Fraction | None]) -> None:
    nodes = run({"indicators": indicators}, "A.1 A.2 B", cells)
    assert {code: nodes[code].full for code in full} == full


@pytest.mark.parametrize(
    ("how", "cells", "rate"),
    [
        ("within", "5 10 5", (30 * Fraction(3, 4) + 10 * Fraction(1, 2)) / 40),
        ("pooled", "5 10 5", (30 * Fraction(3, 4) + 10 * Fraction(1, 2)) / 40),
        ("within", "n/a 10 5", (30 + 10 * Fraction(1, 2)) / 40),
        ("pooled", "n/a 10 5", (15 + 10 * Fraction(1, 2)) / 25),
        ("pooled", "n/a n/a 5", Fraction(1, 2)),
    ],
)
def test_weights_of_what_applies(how: str, cells: str, rate: Fraction) -> None:
    scheme = {"not_applicable": how, "indicators": NESTED}
    assert run(scheme, "A.1 A.2 B", cells)["TOTAL"].rate == rate


@pytest.mark.parametrize(
    ("how", "cells", "coverage"),
    [
        ("within", "5 - 5", Fraction(25, 40)),
        ("within", "n/a - 5", Fraction(10, 40)),
        ("pooled", "n/a - 5", Fraction(10, 25)),
        ("within", "- - -", Fraction(0)),
    ],
)
def test_coverage_goes_by_weight(how: str, cells: str, coverage: Fraction) -> None:
    scheme = {"not_applicable": how, "indicators": NESTED}
    assert run(scheme, "A.1 A.2 B", cells)["TOTAL"].coverage == coverage


def test_what_was_really_obtained() -> None:
    root = run({"indicators": NESTED}, "A.1 A.2 B", "5 - 8")["TOTAL"]
    assert root.points == Fraction(30 * 1, 2) + 8
    assert [root.obtained, root.assessed] == [Fraction(15, 2) + 8, 15 + 10]


ZERO_WEIGHT = [
    {"code": "A", "weight": 0, "rubric": RATE},
    {"code": "B", "weight": 2, "rubric": RATE},
]


@pytest.mark.parametrize(
    ("fields", "cells", "outcome", "rate"),
    [
        ({}, "0.2 0.8", "SCORED", "0.8"),
        ({}, "0.2 -", "MISSING", None),
        ({}, "0.2 n/a", "NOT_APPLICABLE", None),
        ({}, "- 0.8", "SCORED", "0.8"),
        ({"missing": "block"}, "- 0.8", "INCOMPLETE", None),
        ({"aggregate": "minimum"}, "0.2 0.8", "SCORED", "0.8"),
        ({"aggregate": "minimum", "missing": "zero"}, "- 0.8", "SCORED", "0.8"),
        ({"aggregate": "geometric"}, "0 0.8", "SCORED", "0.8"),
        ({"aggregate": "geometric", "missing": "zero"}, "0.2 -", "SCORED", "0"),
    ],
)
def test_a_child_of_no_weight(fields: dict[str, str], cells: str, outcome: str, rate: str | None) -> None:
    node = run(fields | {"indicators": ZERO_WEIGHT}, "A B", cells)["TOTAL"]
    assert node.outcome == outcome
    got = None if node.rate is None else round(float(node.rate), 12)
    assert got == (None if rate is None else float(rate))


@pytest.mark.parametrize(
    ("deliveries", "value", "outcome"),
    [
        ("1", "0.5", "SCORED"),
        ("0", "0.5", "NOT_APPLICABLE"),
        ("n/a", "", "NOT_APPLICABLE"),
        ("", "0.5", "MISSING"),
        ("1", "", "MISSING"),
    ],
)
def test_no_activity_earns_no_score(deliveries: str, value: str, outcome: str) -> None:
    leaf = {"code": "A", "rubric": RATE, "applies_if": {"measure": "deliveries", "above": 0}}
    nodes = run({"indicators": [leaf]}, "", "", {"A": value, "deliveries": deliveries})
    assert nodes["A"].outcome == outcome


LINEAR = {"kind": "linear", "worst": 0, "best": 10}


@pytest.mark.parametrize(
    ("rubric", "cell", "rate"),
    [
        (LINEAR, "12", "1"),
        (LINEAR, "-1", "0"),
        (LINEAR | {"clip": False}, "12", "1.2"),
        (LINEAR | {"clip": False}, "-1", "-0.1"),
        ({"kind": "linear", "worst": "5%", "best": "0%"}, "1%", "0.8"),
        ({"kind": "linear", "worst": "$most", "best": "0%"}, "1%", "0.6"),
        ({"kind": "scale", "min": 1, "max": 5}, "4", "0.75"),
        ({"kind": "curve", "through": [[0, 0], [10, "50%"], [20, 1]]}, "15", "0.75"),
        ({"kind": "curve", "through": [[0, "0.2"], [10, "50%"]]}, "-3", "0.2"),
        ({"kind": "curve", "through": [[0, "0.2"], [10, "50%"]]}, "30", "0.5"),
        ({"kind": "steps", "at": [{"from": 1, "rate": "0.5"}, {"from": 3, "rate": 1}]}, "3", "1"),
        ({"kind": "steps", "at": [{"from": 1, "rate": "0.5"}]}, "0.9", "0"),
        ({"kind": "steps", "at": [{"from": 1, "rate": 0}], "otherwise": "70%"}, "0.9", "0.7"),
        ({"kind": "deduct", "rules": [{"above": 2, "points": 30}]}, "2", "1"),
        ({"kind": "deduct", "rules": [{"above": 2, "points": 30}]}, "2.01", "0.7"),
        ({"kind": "deduct", "rules": [{"above": 2, "points": 30}], "floor": 80}, "3", "0.8"),
    ],
)
def test_rubrics(rubric: dict[str, Any], cell: str, rate: str) -> None:
    scheme = {"parameters": {"most": "2.5%"}, "indicators": [{"code": "A", "rubric": rubric}]}
    assert run(scheme, "A", cell)["A"].rate == Fraction(rate)


@pytest.mark.parametrize(
    ("aggregate", "rate"),
    [
        ("arithmetic", "0.25"),
        ("minimum", "-0.5"),
        ("geometric", "0"),
        ("harmonic", "0"),
        ({"power": 1}, "0.25"),
        ({"power": 2}, "0.707106781187"),
        ({"power": -1}, "0"),
    ],
)
def test_a_rate_below_zero_counts_as_zero_in_other_means(aggregate: object, rate: str) -> None:
    leaves = [{"code": code, "rubric": LINEAR | {"clip": False}} for code in "AB"]
    inner = {"code": "G", "aggregate": aggregate, "children": leaves}
    got = run({"indicators": [inner]}, "A B", "-5 10")["G"].rate
    assert got is not None
    assert round(float(got), 12) == float(rate)
