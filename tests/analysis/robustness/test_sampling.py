"""Sampling errors: Wilson's interval, and what it makes of scores."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from analysis.robustness.shops import NONE, observed, rows, scheme, shops
from steelyard.analysis.robustness import SampledShare, sampling_error, wilson
from steelyard.errors import InvalidInput
from steelyard.scoring import evaluate


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilsons_interval_agrees_with_scipy(counts: tuple[int, int]) -> None:
    hits, records = counts
    expected = binomtest(hits, records).proportion_ci(0.95, method="wilson")
    low, high = wilson(np.array(float(hits)), np.array(float(records)))
    assert (float(low), float(high)) == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_no_records_have_no_interval() -> None:
    assert np.isnan(wilson(np.array([0.0, NONE]), np.array([0.0, NONE]))).all()


def _share(*counts: tuple[float, float], times: float = 1.0) -> SampledShare:
    hits, records = zip(*counts, strict=True)
    return SampledShare(np.array(hits), np.array(records), times)


def test_one_leaf_moves_the_root_by_its_weight() -> None:
    """A1 is a quarter of the root, and 0.5 of 40 records."""
    evaluation = shops([[0.5, 0.5, 0.5]])
    found = sampling_error(evaluation, rows(evaluation), {"A1": _share((20, 40))})
    low, high = wilson(np.array(20.0), np.array(40.0))
    assert found.low.tolist() == pytest.approx([50 - 25 * (0.5 - float(low))])
    assert found.high.tolist() == pytest.approx([50 + 25 * (float(high) - 0.5)])


def test_errors_of_leaves_add_up_as_squares() -> None:
    evaluation = shops([[0.5, 0.5, 0.5]])
    both = {"A1": _share((20, 40)), "B": _share((50, 100))}
    alone = [50 - sampling_error(evaluation, rows(evaluation), {k: v}).low[0] for k, v in both.items()]
    found = sampling_error(evaluation, rows(evaluation), both)
    assert 50 - found.low[0] == pytest.approx(math.hypot(*alone))


@pytest.mark.parametrize("aggregate", ["arithmetic", "geometric", "minimum"])
def test_an_interval_is_around_the_score(aggregate: str) -> None:
    evaluation = shops([[0.5, 0.7, 0.2], [NONE, 0.7, 0.2], [NONE] * 3], aggregate=aggregate)
    shares = {"A1": _share((20, 40), (NONE, NONE), (NONE, NONE)), "B": _share((2, 10), (2, 10), (NONE, NONE))}
    found = sampling_error(evaluation, rows(evaluation), shares)
    scores = evaluation.score("ROOT")
    assert (found.low[:2] < scores[:2]).all()
    assert (found.high[:2] > scores[:2]).all()
    assert np.isnan([found.low[2], found.high[2]]).all()


def test_what_was_not_sampled_is_exact() -> None:
    evaluation = shops([[0.5, 0.7, 0.2]])
    found = sampling_error(evaluation, rows(evaluation), {"elsewhere": _share((1, 2))})
    assert found.low.tolist() == found.high.tolist() == evaluation.score("ROOT").tolist()


_PERCENT: list[dict[str, Any]] = [
    {"code": "P", "rubric": {"kind": "rate", "unit": "percent"}},
    {"code": "FEWER", "rubric": {"kind": "linear", "worst": 20, "best": 0}},
]


def test_a_rubric_is_asked_at_both_ends() -> None:
    """A share in percent, and one of which less is better: its low end is the high end of the score."""
    evaluation = evaluate(scheme(indicators=_PERCENT), observed([[90.0, 10.0]], ("P", "FEWER")))
    shares = {"P": _share((90, 100), times=100), "FEWER": _share((10, 100), times=100)}
    low, high = wilson(np.array([90.0, 10.0]), np.array([100.0, 100.0]))
    percent, fewer = (
        sampling_error(evaluation, rows(evaluation), shares, node=each) for each in ("P", "FEWER")
    )
    assert (percent.low[0], percent.high[0]) == pytest.approx((100 * low[0], 100 * high[0]))
    assert (fewer.low[0], fewer.high[0]) == pytest.approx((100 * (1 - 5 * high[1]), 100 * (1 - 5 * low[1])))


def test_scores_stay_within_their_bounds() -> None:
    evaluation = shops([[1.0, 1.0, 1.0], [0.0, 0.0, 0.0]])
    shares = {code: _share((3, 3), (0, 3)) for code in ("A1", "A2", "B")}
    found = sampling_error(evaluation, rows(evaluation), shares)
    assert (found.high[0], found.low[1]) == (100.0, 0.0)


def test_confidence_has_a_range() -> None:
    evaluation = shops([[0.5, 0.7, 0.2]])
    with pytest.raises(InvalidInput, match="ROBUSTNESS_OUT_OF_RANGE"):
        sampling_error(evaluation, rows(evaluation), {}, confidence=1.0)
