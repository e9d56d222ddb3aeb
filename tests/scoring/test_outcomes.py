"""Three ways to have no number, coverage, and what N/A does to weights and full marks."""

from __future__ import annotations

import numpy as np
import pytest

from scoring.boards import leaf, observed, scheme
from steelyard.scoring import Outcome, Overlay, Reason, evaluate

TWO = (leaf("A", "30"), leaf("B", "70"))


def root(cells: tuple[str, str], **fields: object) -> tuple[Outcome, Reason]:
    result = evaluate(scheme(*TWO, **fields), observed({"A": [cells[0]], "B": [cells[1]]}))
    return Outcome(result.outcome("TOTAL")[0]), Reason(result.reason("TOTAL")[0])


@pytest.mark.parametrize(
    ("cells", "fields", "outcome", "reason"),
    [
        (("15", "35"), {}, Outcome.SCORED, Reason.AGGREGATED),
        (("n/a", "n/a"), {}, Outcome.NOT_APPLICABLE, Reason.NOTHING_APPLIES),
        (("n/a", "n/a"), {"missing": "zero"}, Outcome.NOT_APPLICABLE, Reason.NOTHING_APPLIES),
        (("", "n/a"), {}, Outcome.MISSING, Reason.NOTHING_SCORED),
        (("", ""), {"missing": "zero"}, Outcome.SCORED, Reason.AGGREGATED),
        (("", ""), {"missing": "block"}, Outcome.INCOMPLETE, Reason.BLOCKED),
        (("15", ""), {"missing": "block"}, Outcome.INCOMPLETE, Reason.BLOCKED),
        (("15", "n/a"), {"missing": "block"}, Outcome.SCORED, Reason.AGGREGATED),
        (("15", ""), {"min_coverage": "30%"}, Outcome.SCORED, Reason.AGGREGATED),
        (("15", ""), {"min_coverage": "30.0001%"}, Outcome.INCOMPLETE, Reason.COVERAGE_TOO_LOW),
        (("15", ""), {"min_coverage": "50%", "missing": "zero"}, Outcome.INCOMPLETE, Reason.COVERAGE_TOO_LOW),
        (("", ""), {"min_coverage": "50%"}, Outcome.MISSING, Reason.NOTHING_SCORED),
        (("bad", "35"), {}, Outcome.SCORED, Reason.AGGREGATED),
    ],
)
def test_a_group_comes_out(
    cells: tuple[str, str], fields: dict[str, object], outcome: Outcome, reason: Reason
) -> None:
    assert root(cells, **fields) == (outcome, reason)


def test_a_scored_zero_is_none_of_them() -> None:
    result = evaluate(scheme(*TWO), observed({"A": ["0"], "B": ["0"]}))
    assert (result.outcome("TOTAL")[0], result.rate("TOTAL")[0]) == (Outcome.SCORED, 0.0)


NESTED = (
    {"code": "G", "points": "40", "children": [leaf("A", "10"), leaf("B", "30")]},
    leaf("C", "60"),
)
CELLS = {"A": ["10"], "B": ["n/a"], "C": ["30"]}


@pytest.mark.parametrize(("policy", "rate"), [("within", 0.7), ("pooled", 40 / 70)])
def test_not_applicable_is_spread_within_the_group_or_pooled(policy: str, rate: float) -> None:
    result = evaluate(scheme(*NESTED, not_applicable=policy), observed(CELLS))
    assert result.rate("TOTAL")[0] == pytest.approx(rate)


def test_full_marks_count_what_applies_and_points_what_was_really_scored() -> None:
    result = evaluate(scheme(*NESTED), observed({"A": ["10"], "B": [""], "C": ["n/a"]}))
    figures = [round(float(part(code)[0]), 6) for code in ("G", "TOTAL") for part in (
        result.full, result.points, result.obtained, result.assessed, result.coverage)]  # fmt: skip
    assert figures == [40, 40, 10, 10, 0.25] * 2
    assert np.isnan(result.full("C")[0])


def test_where_no_points_are_given_full_marks_are_shares_of_100() -> None:
    weights = (
        {"code": "G", "weight": "3", "children": [leaf("A", None), leaf("B", None)]},
        leaf("C", None, weight="1"),
    )
    result = evaluate(scheme(*weights), observed({"A": ["30"], "B": ["15"], "C": ["25"]}))
    assert [result.full(code)[0] for code in ("TOTAL", "G", "A", "C")] == [100, 75, 37.5, 25]
    assert result.score("TOTAL")[0] == pytest.approx(70)


def test_a_condition_decides_before_the_value() -> None:
    conditional = leaf("A", applies_if={"measure": "deliveries", "above": "0"})
    table = {"A": ["10"] * 4, "deliveries": ["3", "0", "", "n/a"]}
    result = evaluate(scheme(conditional), observed(table))
    assert result.outcome("A").tolist() == [0, 1, 2, 1]
    assert [Reason(r).name for r in result.reason("A")] == [
        "MEASURED", "CONDITION_NOT_MET", "CONDITION_UNKNOWN", "CONDITION_NOT_MET",
    ]  # fmt: skip


def test_weights_laid_over_change_shares_and_no_full_mark() -> None:
    from fractions import Fraction

    table = observed({"A": ["30"], "B": ["0"]})
    result = evaluate(scheme(*TWO), table, overlay=Overlay({"A": Fraction(70), "B": Fraction(30)}))
    assert (result.score("TOTAL")[0], result.full("A")[0]) == (pytest.approx(70), 30)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_value_that_is_no_number_is_missing_whatever_the_rubric(value: float) -> None:
    steps = leaf("A", rubric={"kind": "steps", "at": [{"from": "1", "rate": "1"}], "otherwise": "50%"})
    table = observed({"A": ["0"]})
    table.values[0, 0] = value
    assert evaluate(scheme(steps), table).outcome("A")[0] == Outcome.MISSING


def test_a_child_without_weight_does_not_decide_the_minimum() -> None:
    board = scheme(leaf("A", "10"), leaf("B", "0", rubric={"kind": "rate"}), aggregate="minimum")
    result = evaluate(board, observed({"A": ["5"], "B": ["0.1"]}))
    assert result.rate("TOTAL")[0] == 0.5


LINE = {"kind": "linear"}


def test_a_group_that_cancels_to_zero_is_zero_under_a_geometric_mean() -> None:
    inner = {
        "code": "G",
        "weight": "1",
        "children": [
            leaf("A", None, weight="0.1", rubric={**LINE, "worst": "0.1", "best": "0.4"}),
            leaf("B", None, weight="0.2", rubric={**LINE, "worst": "0.3", "best": "0.9", "clip": False}),
        ],
    }
    board = scheme(inner, leaf("C", None, weight="1", rubric={"kind": "rate"}), aggregate="geometric")
    result = evaluate(board, observed({"A": ["0.2"], "B": ["0.2"], "C": ["1"]}))
    assert (result.rate("G")[0], result.rate("TOTAL")[0]) == (0.0, 0.0)


def test_a_deduction_that_takes_everything_leaves_nothing() -> None:
    rule = {"below": "100%", "each": "1%", "points": "3", "count": "proportional"}
    board = scheme(leaf("L", "60", rubric={"kind": "deduct", "rules": [rule]}))
    assert evaluate(board, observed({"L": ["0.8", "0.800001"]})).score("L").tolist() == [0.0, 0.0005]
