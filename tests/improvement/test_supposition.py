"""Suppositions are evaluations: what is supposed to be as it is comes out as it is."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from improvement.dealers import front_desk, leaf, scheme, scored
from oracle.strategies import Case, cases
from oracle.yaml_text import scheme_text, table_text
from steelyard.improvement.supposition import exact_rates, suppose
from steelyard.intake.table import read_table_text
from steelyard.scheme import read_scheme_text
from steelyard.scheme.rule import QuotaRule, StreakRule
from steelyard.scoring import Evaluation, Outcome, evaluate

HALF, FULL = Fraction(1, 2), Fraction(1)


def evaluated(case: Case) -> Evaluation:
    drawn = read_scheme_text(scheme_text(case.scheme))
    return evaluate(drawn, read_table_text(table_text(case.table), "table.csv", drawn).observations)


@given(cases())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_supposing_nothing_gives_the_row_as_it_is(case: Case) -> None:
    whole = evaluated(case)
    left_out = any(isinstance(rule, StreakRule | QuotaRule) for rule in whole.scheme.rules)
    for row in range(whole.rows):
        same = suppose(whole, row, [{}])
        assert np.array_equal(same.outcomes[:, 0], whole.outcomes[:, row])
        assert np.allclose(same.rates[:, 0], whole.rates[:, row], rtol=1e-9, atol=1e-9, equal_nan=True)
        assert np.array_equal(same.passes[:, 0], whole.passes[:, row])
        assert np.array_equal(same.band_marks[:, 0], whole.band_marks[:, row])
        if not left_out:
            assert same.verdict[0] == whole.verdict[row]


@given(cases())
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_supposition_has_its_own_row(case: Case) -> None:
    whole = evaluated(case)
    leaves = [node.code for node in whole.trees[0].nodes if not node.children]
    rates = [{}, *({code: HALF} for code in leaves)]
    together = suppose(whole, 0, rates)
    for at, alone in enumerate(rates):
        single = suppose(whole, 0, [alone])
        assert np.array_equal(single.rates[:, 0], together.rates[:, at], equal_nan=True)


def test_lines_are_met_exactly() -> None:
    core = Fraction(167, 195)
    supposed = suppose(front_desk(), 0, [{"CORE": core}, {"CORE": core - Fraction(1, 10**12)}])
    assert supposed.passed("ROOT").tolist() == [1, 0]


def test_an_unmeasured_leaf_is_supposed_to_be_measured() -> None:
    supposed = suppose(front_desk(DMS=None), 0, [{}, {"DMS": HALF}])
    assert supposed.outcome("ROOT").tolist() == [Outcome.INCOMPLETE, Outcome.SCORED]
    assert supposed.points("ROOT")[1] == pytest.approx(164)


@pytest.mark.parametrize(
    ("aggregate", "rates", "root"),
    [
        ("arithmetic", {"B": FULL}, 0.7),
        ("geometric", {"B": FULL}, 0.4**0.5),
        ("harmonic", {"B": FULL}, 2 / (1 / 0.4 + 1)),
        ("minimum", {"B": FULL}, 0.4),
        ("minimum", {"A": FULL}, 0.2),
        ({"power": 2}, {"B": FULL}, ((0.4**2 + 1) / 2) ** 0.5),
    ],
)
def test_means_are_asked_not_guessed(aggregate: Any, rates: dict[str, Fraction], root: float) -> None:
    found = suppose(scored(scheme(leaf("A"), leaf("B"), aggregate=aggregate), A=0.4, B=0.2), 0, [rates])
    assert found.rate("ROOT")[0] == pytest.approx(root, abs=1e-12)


def test_rules_answer() -> None:
    rules = [
        {"id": "bonus", "kind": "adjust", "measure": "bonus", "each": 1, "at_most": 3},
        {
            "id": "zero",
            "kind": "veto",
            "when": {"any_of": ["A"], "rate_at_most": "0%"},
            "verdict": "failed",
            "cap": 10,
        },
    ]
    row = scored(scheme(leaf("A"), leaf("B"), rules=rules), A=0, B=0.5, bonus=7)
    found = suppose(row, 0, [{}, {"A": HALF}, {"B": FULL}])
    assert found.score("ROOT").tolist() == pytest.approx([10, 53, 10])


def test_missing_may_count_as_zero() -> None:
    found = suppose(front_desk(DMS=None), 0, [{}], missing_as_zero=True)
    assert found.points("ROOT")[0] == pytest.approx(159)


def test_a_group_is_no_leaf() -> None:
    with pytest.raises(KeyError):
        suppose(front_desk(), 0, [{"ROOT": FULL}])


def test_exact_rates_are_those_of_the_scored_leaves() -> None:
    assert exact_rates(front_desk(DMS=None, HR="n/a"), 0) == {
        "CORE": Fraction(100, 195),
        "5S": Fraction(43, 62),
        "DOC": Fraction(7, 11),
        "KANBAN": 0,
    }
