from __future__ import annotations

from typing import Any

import pytest

from intake.table_schemes import EVERY_NOTATION, PERCENT, RATE, leaf, scheme
from steelyard.errors import InvalidInput, Text
from steelyard.intake.measure import measure_uses
from steelyard.intake.notation import Notation
from steelyard.scoring.rubrics import PythonRubric

NOTATIONS = {
    "points": Notation.PLAIN,
    "rate": Notation.RATE,
    "percent": Notation.PERCENT,
    "hours": Notation.PLAIN,
    "share": Notation.SHARE,
    "open": Notation.OPEN,
    "choice:open": Notation.COUNT,
    "choice:closed": Notation.COUNT,
    "count": Notation.COUNT,
    "defects": Notation.PLAIN,
}

DEDUCTION = {
    "kind": "deduct",
    "rules": [
        {"below": "100%", "each": "1%", "points": 3},
        {"measure": "concessions", "per_case": True, "points": 5},
        {"measure": "late", "steps": [{"from": "1%", "points": 15}]},
        {"measure": "defect_rate", "above": "$limit", "each": 0.5, "points": 5},
    ],
}

RUBRICS: list[tuple[dict[str, Any], Notation]] = [
    ({"kind": "scale", "min": 1, "max": 5}, Notation.PLAIN),
    ({"kind": "curve", "through": [["80%", "0%"], [1, "100%"]]}, Notation.SHARE),
    ({"kind": "curve", "through": [[0, 0], [0.5, 1]]}, Notation.OPEN),
    ({"kind": "steps", "at": [{"from": 10, "rate": "50%"}]}, Notation.PLAIN),
    ({"kind": "steps", "at": [{"from": "10%", "rate": "50%"}]}, Notation.SHARE),
]


def test_every_measure_of_a_scheme_has_the_notation_of_its_use() -> None:
    uses = measure_uses(EVERY_NOTATION, {})
    assert {name: use.notation for name, use in uses.items()} == NOTATIONS


@pytest.mark.parametrize(("rubric", "notation"), RUBRICS)
def test_lines_decide_the_notation(rubric: dict[str, Any], notation: Notation) -> None:
    assert measure_uses(scheme(leaf("A", rubric)), {})["A"].notation is notation


def test_each_rule_of_a_deduction_has_its_own_notation() -> None:
    uses = measure_uses(scheme(leaf("A", DEDUCTION, points=60), parameters={"limit": "2%"}), {})
    assert {name: use.notation for name, use in uses.items()} == {
        "A": Notation.SHARE,
        "concessions": Notation.COUNT,
        "late": Notation.SHARE,
        "defect_rate": Notation.SHARE,
    }


def test_the_stricter_of_two_uses_holds() -> None:
    uses = measure_uses(scheme(leaf("A", RATE, measure="m"), leaf("B", PERCENT, measure="m")), {})
    assert uses["m"].notation is Notation.PERCENT


def test_leaves_and_rules_are_told_apart() -> None:
    rule = {"id": "r", "kind": "adjust", "measure": "count", "each": 1}
    tested = scheme(leaf("A", RATE, applies_if={"measure": "count", "above": 0}), rules=[rule])
    uses = measure_uses(tested, {})
    assert (uses["A"].by_leaf, uses["A"].by_rule) == (True, False)
    assert (uses["count"].by_leaf, uses["count"].by_rule) == (True, True)


def test_a_python_rubric_says_what_it_reads() -> None:
    rubric = PythonRubric(
        name="test.ratio",
        title=Text("比", "ratio"),
        measures=lambda args, own: (own, str(args["over"])),
        rates=lambda args, values: values[0] / values[1],
        sentence=lambda args: Text("比", "ratio"),
    )
    python = leaf("A", {"kind": "python", "name": "test.ratio", "args": {"over": "n"}})
    assert list(measure_uses(scheme(python), {"test.ratio": rubric})) == ["A", "n"]


def test_an_unknown_python_rubric_is_refused() -> None:
    python = leaf("A", {"kind": "python", "name": "test.ratio"})
    with pytest.raises(InvalidInput):
        measure_uses(scheme(python), {})
