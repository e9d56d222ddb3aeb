"""Sampled measures: what they might have been, and what that makes of leaves and of rankings."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from analysis.robustness.shops import NONE, observed, rows, scheme, shops
from steelyard.analysis.robustness import SampledShare, simulate
from steelyard.analysis.robustness.panel import Panel
from steelyard.analysis.robustness.sampled import SampledLeaves
from steelyard.scoring import Evaluation, evaluate

FEW = SampledShare(np.array([3.0, 5.0]), np.array([3.0, 10.0]))


def _generator() -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(1))


def test_draws_have_the_moments_of_jeffreys_posterior() -> None:
    drawn = FEW.drawn(_generator(), 200_000)
    a, b = np.array([3.5, 5.5]), np.array([0.5, 5.5])
    spread = a * b / ((a + b) ** 2 * (a + b + 1))
    assert drawn.mean(axis=0) == pytest.approx(a / (a + b), abs=0.002)
    assert drawn.var(axis=0) == pytest.approx(spread, rel=0.02)


def test_three_of_three_is_not_certain() -> None:
    assert (FEW.drawn(_generator(), 1000)[:, 0] < 0.9).any()


def test_a_mean_is_drawn_between_its_ends() -> None:
    """4.2 on a scale of 1 to 5, of 10 answers: 80 % of the way."""
    mean = SampledShare(np.array([8.0]), np.array([10.0]), times=4.0, least=1.0)
    drawn = mean.drawn(_generator(), 10_000)
    assert (drawn.min() >= 1, drawn.max() <= 5) == (True, True)
    assert drawn.mean() == pytest.approx(1 + 4 * 8.5 / 11, abs=0.02)


@pytest.mark.parametrize(("hits", "records"), [(NONE, NONE), (0.0, 0.0), (3.0, 2.0), (-1.0, 2.0)])
def test_what_no_records_stand_behind_is_not_drawn(hits: float, records: float) -> None:
    assert np.isnan(SampledShare(np.array([hits]), np.array([records])).drawn(_generator(), 3)).all()


def _leaves(evaluation: Evaluation, *measures: str) -> SampledLeaves:
    [(sheet, _)] = Panel.of(evaluation, rows(evaluation)).sheets
    share = SampledShare(np.array([1.0]), np.array([2.0]))
    return SampledLeaves(sheet, evaluation.observations, dict.fromkeys(measures, share))


TWO: list[dict[str, Any]] = [
    {
        "code": "BOTH",
        "points": 10,
        "rubric": {
            "kind": "deduct",
            "rules": [{"measure": code, "below": 1, "points": 4} for code in ("A1", "B")],
        },
    }
]


def test_a_leaf_that_reads_several_measures_is_scored_with_the_others_as_observed() -> None:
    evaluation = evaluate(scheme(indicators=TWO), observed([[0.5, 0.5]], ("A1", "B")))
    drawn = _leaves(evaluation, "A1").laid({"A1": np.array([[0.5], [1.0]])})
    assert drawn.rates({}, 2).ravel().tolist() == pytest.approx([0.2, 0.6])


def test_a_measure_that_two_leaves_read_moves_both() -> None:
    twice = [{"code": code, "rubric": {"kind": "rate"}, "measure": "A1"} for code in ("X", "Y")]
    evaluation = evaluate(scheme(indicators=twice), observed([[0.5]], ("A1",)))
    drawn = _leaves(evaluation, "A1").laid({"A1": np.array([[0.25]])})
    assert drawn.rates({}, 1).ravel().tolist() == [0.25]


def test_a_value_that_a_rubric_cannot_use_leaves_the_score() -> None:
    drawn = _leaves(shops([[0.5, 0.5, 0.5]]), "A1").laid({"A1": np.array([[1.5], [NONE]])})
    assert drawn.rates({}, 2).ravel().tolist() == [0.5, 0.5]


def test_a_leaf_without_a_score_gets_none() -> None:
    drawn = _leaves(shops([[NONE, 0.5, 0.5]]), "A1").laid({"A1": np.array([[0.9]])})
    assert drawn.rates({}, 1).ravel().tolist() == [0.5]


TABLE = [[0.9, 0.9, 0.9], [0.85, 0.85, 0.85], [0.2, 0.2, 0.2]]


def _all(records: float) -> dict[str, SampledShare]:
    shares = np.array(TABLE).T
    return {
        code: SampledShare(each * records, np.full(3, records))
        for code, each in zip(("A1", "A2", "B"), shares, strict=True)
    }


def test_few_records_let_neighbours_change_places() -> None:
    """Whatever the weights, the first shop is ahead: what its shares are of alone makes that doubtful."""
    evaluation = shops(TABLE)
    certain = simulate(evaluation, rows(evaluation), draws=400)
    doubtful = simulate(evaluation, rows(evaluation), draws=400, sampled=_all(20))
    many = simulate(evaluation, rows(evaluation), draws=400, sampled=_all(100_000))
    assert certain.neighbours.tolist() == [1, 1]
    assert 0.5 < doubtful.neighbours[0] < 0.95
    assert (certain.groups.tolist(), doubtful.groups.tolist()) == ([1, 2, 3], [1, 1, 2])
    assert many.neighbours.tolist() == [1, 1]


def test_the_same_seed_gives_the_same_draws_whatever_the_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    evaluation = shops(TABLE)
    whole = simulate(evaluation, rows(evaluation), draws=100, seed=3, sampled=_all(20))
    monkeypatch.setattr("steelyard.analysis.robustness.panel.CELLS", 3 * 7)
    again = simulate(evaluation, rows(evaluation), draws=100, seed=3, sampled=_all(20))
    other = simulate(evaluation, rows(evaluation), draws=100, seed=4, sampled=_all(20))
    assert whole.ahead is not None
    assert again.ahead is not None
    assert np.array_equal(whole.ahead, again.ahead, equal_nan=True)
    assert whole.neighbours.tolist() != other.neighbours.tolist()


def test_nothing_sampled_is_as_without() -> None:
    evaluation = shops(TABLE)
    plain = simulate(evaluation, rows(evaluation), draws=50)
    none = simulate(evaluation, rows(evaluation), draws=50, sampled={})
    assert np.array_equal(plain.median, none.median)
