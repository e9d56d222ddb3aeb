"""The arithmetic of a node as data: terms that add up, accounts that explain the points."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.boards import leaf, observed, scheme
from steelyard.scoring import evaluate, explain


def test_the_terms_of_a_group_add_up_to_its_rate() -> None:
    board = scheme(leaf("A", "195"), leaf("B", "62"), leaf("C", "24"))
    result = evaluate(board, observed({"A": ["100"], "B": ["43"], "C": ["n/a"]}))
    explanation = explain(result, 0, "TOTAL")
    assert sum(term.contribution or 0 for term in explanation.terms) == pytest.approx(explanation.rate)
    assert [term.share for term in explanation.terms] == [Fraction(195, 257), Fraction(62, 257), 0]
    assert explanation.exact == "143/257"


def test_a_deduction_accounts_for_its_points() -> None:
    rules = [
        {"below": "100%", "each": "1%", "points": "3"},
        {"measure": "concessions", "per_case": True, "points": "5"},
    ]
    board = scheme(leaf("LOT", "60", rubric={"kind": "deduct", "rules": rules}))
    result = evaluate(board, observed({"LOT": ["0.97"], "concessions": ["1"]}))
    explanation = explain(result, 0, "LOT")
    assert [int(line.points) for line in explanation.account] == [60, -9, -5]
    assert explanation.exact == "23/30"
    assert explanation.sentence.en.startswith("from 60: LOT below 100%: −3 for each full 1%")


def test_a_missing_leaf_explains_itself_without_a_number() -> None:
    explanation = explain(evaluate(scheme(leaf("A")), observed({"A": [""]})), 0, "A")
    assert (explanation.rate, explanation.reason.zh) == (None, "没有数据")
