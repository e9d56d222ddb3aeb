"""Entropy and CRITIC, against pymcdm, and on data that it does not take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pymcdm.weights import critic_weights, entropy_weights

from steelyard.errors import InvalidInput
from steelyard.weighting import PastRates, Weighting, by_critic, by_entropy
from steelyard.weighting.details import Critic, Entropy

NONE = float("nan")
METHODS = pytest.mark.parametrize("method", [by_entropy, by_critic])
By = Callable[[PastRates], Weighting]

# Hundredths: min-max scaling makes much of differences in the last digits of a float.
_RATES = st.tuples(st.integers(3, 12), st.integers(2, 6)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=st.integers(1, 100)).map(lambda whole: whole / 100)
)


def _past(rates: Any) -> PastRates:
    table = np.asarray(rates, dtype=float)
    return PastRates(tuple("ABCDEF"[: table.shape[1]]), table)


def _weights(weighting: Weighting) -> list[float]:
    return [float(weight) for weight in weighting.weights.values()]


@settings(max_examples=80, deadline=None)
@given(_RATES)
def test_entropy_agrees_with_pymcdm(rates: Any) -> None:
    assume((rates != rates[0]).any())
    assert _weights(by_entropy(_past(rates))) == pytest.approx(entropy_weights(rates).tolist(), abs=1e-6)


@settings(max_examples=80, deadline=None)
@given(_RATES)
def test_critic_agrees_with_pymcdm(rates: Any) -> None:
    assume((rates != rates[0]).any(axis=0).all())
    information = (1 - np.corrcoef(rates, rowvar=False)).sum()
    assume(information > 1e-6)
    assert _weights(by_critic(_past(rates))) == pytest.approx(critic_weights(rates).tolist(), abs=1e-6)


def test_nothing_of_something_is_no_entropy() -> None:
    """0 · ln 0 is 0: of (1/2, 1/2, 0) the entropy is ln 2 / ln 3."""
    details = by_entropy(_past([[0.5, 0.2], [0.5, 0.3], [0.0, 0.4]])).details
    assert isinstance(details, Entropy)
    assert details.entropies["A"] == pytest.approx(np.log(2) / np.log(3))


@METHODS
def test_what_never_differs_weighs_nothing(method: By) -> None:
    rates = np.array([[0.1, 0.3, 0.0, 0.8], [0.2, 0.3, 0.0, 0.1], [0.9, 0.3, 0.0, 0.5]])
    found, without = method(_past(rates)), method(_past(rates[:, [0, 3]]))
    assert [found.weights["B"], found.weights["C"]] == [0, 0]
    assert [found.weights["A"], found.weights["D"]] == list(without.weights.values())
    assert [problem.code for problem in found.warnings] == ["WEIGHTING_CONSTANT"]


@METHODS
def test_rows_with_gaps_are_left_out_and_counted(method: By) -> None:
    whole = [[0.1, 0.9], [0.4, 0.8], [0.9, 0.2]]
    found = method(_past([[NONE, 0.5], *whole, [0.2, NONE]]))
    assert found.weights == method(_past(whole)).weights
    assert isinstance(found.details, Entropy | Critic)
    assert (found.details.rows, found.details.rows_left_out) == (3, 2)
    assert [problem.code for problem in found.warnings] == ["WEIGHTING_ROWS_LEFT_OUT"]


@METHODS
@pytest.mark.parametrize(
    ("rates", "code"),
    [
        ([[0.1, 0.2], [0.3, 0.1], [NONE, 0.2]], "WEIGHTING_TOO_FEW_ROWS"),
        ([[0.1, 0.2], [0.1, 0.2], [0.1, 0.2]], "WEIGHTING_NO_DIFFERENCES"),
        ([[0.1, -0.2], [0.1, 0.2], [0.1, 0.2]], "WEIGHTING_NOT_A_RATE"),
        ([[0.1, float("inf")], [0.1, 0.2], [0.1, 0.2]], "WEIGHTING_NOT_A_RATE"),
        (np.zeros((3, 0)), "WEIGHTING_NO_INDICATORS"),
    ],
)
def test_what_is_refused(method: By, rates: Any, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        method(_past(rates))
    assert refused.value.code == code


@pytest.mark.parametrize(
    "rates", [[[0.1, 0.2], [0.2, 0.4], [0.3, 0.6]], [[0.1, 0.5], [0.2, 0.5], [0.4, 0.5]]]
)
def test_critic_needs_a_conflict(rates: list[list[float]]) -> None:
    with pytest.raises(InvalidInput, match="WEIGHTING_NO_CONFLICT"):
        by_critic(_past(rates))
