"""The factor that carries a shop over its pass line: the engine passes it on one side of it alone."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.robustness.shops import NONE, rows, shops
from steelyard.analysis.robustness import crossings
from steelyard.scoring import Evaluation, Overlay, Overlays, build_tree, evaluate

LARGEST = 10.0
FIELDS: list[dict[str, Any]] = [
    {},
    {"missing": "zero"},
    {"aggregate": "geometric"},
    {"aggregate": "harmonic"},
    {"aggregate": "minimum"},
    {"not_applicable": "pooled"},
    {"min_coverage": "40%"},
    {"rules": [{"id": "bonus", "kind": "adjust", "measure": "B", "each": 5}]},
]
_CELLS = st.sampled_from([0.0, 0.3, 0.5, 0.55, 0.6, 0.62, 0.7, 0.9, 1.0, NONE])


def _passed(evaluation: Evaluation, code: str, factors: list[float]) -> list[int]:
    """Whether each shop passes with its own factor of one weight."""
    weight = build_tree(evaluation.scheme).nodes[evaluation.index[code]].weight
    each = tuple(Overlay({code: weight * Fraction(factor)}) for factor in factors)
    laid = Overlays(each, np.arange(len(factors)))
    return evaluate(evaluation.scheme, evaluation.observations, overlay=laid).passed("ROOT").tolist()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(_CELLS, min_size=3, max_size=3), min_size=1, max_size=3), st.sampled_from(FIELDS))
def test_the_engine_passes_on_one_side_alone(table: list[list[float]], fields: dict[str, Any]) -> None:
    fields = {"pass": "60%", **fields}
    evaluation = shops(table, **fields)
    found = crossings(evaluation, rows(evaluation), largest=LARGEST)
    stands = evaluation.passed("ROOT").tolist()
    for code, factors in zip(found.nodes, found.factors.tolist(), strict=True):
        carried = [factor == factor for factor in factors]
        sides = [
            _passed(evaluation, code, [factor * side if factor == factor else 1.0 for factor in factors])
            for side in (1 - 1e-6, 1 + 1e-6)
        ]
        assert [one != other for one, other in zip(*sides, strict=True)] == carried
        for far in (1 / LARGEST, 0.7, 1.4, LARGEST):
            there = _passed(evaluation, code, [far] * len(table))
            assert all(c or p in (s, -1) for c, p, s in zip(carried, there, stands, strict=True))


def test_the_factor_is_solved_for() -> None:
    """60 % of A1 1 and A2 2 at 0.9 and 0.3 is 50 %; it takes A1 at twice its weight."""
    evaluation = shops([[0.9, 0.3, NONE]], **{"pass": "60%"})
    found = crossings(evaluation, rows(evaluation))
    expected = {"A": NONE, "A1": 2.0, "A2": 0.5, "B": NONE}
    assert dict(zip(found.nodes, found.factors[:, 0].tolist(), strict=True)) == pytest.approx(
        expected, nan_ok=True
    )


def test_both_ways_of_finding_it_agree() -> None:
    """With a least coverage that everybody has, the factors are searched for; without they are solved for."""
    table = np.random.default_rng(4).random((40, 3)).round(2).tolist()
    solved, searched = (shops(table, **{"pass": "60%", **more}) for more in ({}, {"min_coverage": "1%"}))
    one, other = crossings(solved, rows(solved)), crossings(searched, rows(searched))
    assert np.isfinite(one.factors).any()
    np.testing.assert_allclose(one.factors, other.factors, rtol=1e-8)


@pytest.mark.parametrize("fields", [{}, {"pass": "0%"}])
def test_without_a_line_that_can_be_missed_there_is_none(fields: dict[str, Any]) -> None:
    evaluation = shops([[0.9, 0.3, 0.1], [0.0, 0.0, 0.0]], **fields)
    assert np.isnan(crossings(evaluation, rows(evaluation)).factors).all()


def test_a_line_of_the_node_itself_is_held_against_the_node() -> None:
    evaluation = shops([[0.9, 0.3, 0.0]], Overlay(lines={"A": Fraction(3, 5)}))
    found = crossings(evaluation, rows(evaluation), node="A")
    assert dict(zip(found.nodes, found.factors[:, 0].tolist(), strict=True)) == pytest.approx(
        {"A1": 2.0, "A2": 0.5}
    )


def test_progress_is_told_weight_by_weight() -> None:
    evaluation = shops([[0.9, 0.3, 0.1]], **{"pass": "60%"})
    told: list[tuple[int, int]] = []
    crossings(evaluation, rows(evaluation), report=lambda *done: told.append(done))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
