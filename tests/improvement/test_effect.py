"""An action's effect: what changed, against the promise, and against units that did not act."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from steelyard.errors import Text
from steelyard.improvement.effect import Fulfilment, Suggestion, effect, measured
from steelyard.scoring.observations import Floats

ALONE = np.zeros((0, 2))
STEADY = np.array([[0.5, 0.5], [0.6, 0.61], [0.7, 0.69], [0.4, 0.41], [0.3, 0.29], [0.8, 0.8]])
RISING = STEADY + np.array([0.0, 0.3])

FULFILMENTS = [
    (0.6, 0.85, Fraction(1, 4), Fulfilment.REACHED),
    (0.6, 0.84, Fraction(1, 4), Fulfilment.PARTLY),
    (0.6, 0.6, Fraction(1, 4), Fulfilment.NONE),
    (0.6, 0.5, Fraction(1, 4), Fulfilment.NONE),
    (0.6, 0.9, None, Fulfilment.UNPROMISED),
    (None, 0.9, Fraction(1, 4), Fulfilment.UNKNOWN),
    (0.6, None, Fraction(1, 4), Fulfilment.UNKNOWN),
]
SUGGESTIONS = [
    (0.6, 0.85, ALONE, Suggestion.VERIFIED),
    (0.6, 0.85, STEADY, Suggestion.VERIFIED),
    (0.6, 0.85, RISING, Suggestion.NOT_EFFECTIVE),
    (0.6, 0.7, ALONE, Suggestion.OPEN),
    (0.6, 0.7, STEADY, Suggestion.OPEN),
    (0.6, 0.7, RISING, Suggestion.NOT_EFFECTIVE),
    (0.6, 0.6, STEADY, Suggestion.NOT_EFFECTIVE),
    (0.6, 0.6, STEADY - np.array([0.0, 0.3]), Suggestion.OPEN),
    (None, 0.6, STEADY, Suggestion.OPEN),
]


@pytest.mark.parametrize(("before", "after", "promised", "expected"), FULFILMENTS)
def test_a_promise_is_kept_exactly(
    before: float | None, after: float | None, promised: Fraction | None, expected: Fulfilment
) -> None:
    assert effect(before, after, promised, ALONE).fulfilment is expected


@pytest.mark.parametrize(("before", "after", "others", "expected"), SUGGESTIONS)
def test_what_others_came_by_anyway_is_no_effect(
    before: float | None, after: float, others: Floats, expected: Suggestion
) -> None:
    assert effect(before, after, Fraction(1, 4), others).suggestion is expected


@pytest.mark.parametrize("count", [0, 1, 4])
def test_too_few_others_say_nothing(count: int) -> None:
    found = effect(0.6, 0.85, Fraction(1, 4), STEADY[:count])
    assert found.comparison is None


def test_others_without_a_score_do_not_count() -> None:
    others = np.vstack([STEADY, [[np.nan, 0.5], [0.5, np.nan]]])
    found = effect(0.6, 0.85, None, others).comparison
    assert found is not None
    assert found.n == len(STEADY)


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=5, max_size=40),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_the_interval_is_the_prediction_interval_of_one_more_change(
    pairs: list[tuple[float, float]], before: float, after: float
) -> None:
    found = effect(before, after, None, np.array(pairs)).comparison
    assert found is not None
    changes = [last - first for first, last in pairs]
    n, mean, spread = len(changes), np.mean(changes), np.std(changes, ddof=1)
    reach = scipy.stats.t.ppf(0.975, n - 1) * spread * np.sqrt(1 + 1 / n)
    assert found.n == n
    assert found.mean == pytest.approx(mean, abs=1e-12)
    assert found.difference == pytest.approx(after - before - mean, abs=1e-12)
    assert found.high - found.difference == pytest.approx(reach, abs=1e-9)
    assert found.difference - found.low == pytest.approx(reach, abs=1e-9)


def test_sentences_tell_the_figures() -> None:
    found = effect(0.6, 0.85, Fraction(1, 4), STEADY)
    assert found.sentence == Text(
        "得分率由 60% 到 85%（+25 个百分点），预期 +25 已兑现。",
        "The rate went from 60% to 85% (+25 percentage points); the promise of +25 is kept.",
    )
    assert found.comparison is not None
    assert found.comparison.sentence == Text(
        "6 个未采取该措施的可比对象平均变化 0，相差 +25 个百分点"
        "（95% 区间 +22.52 至 +27.48），不能以偶然解释。",
        "6 comparable units without the action changed by 0 on average: a difference of +25 (95 % interval "
        "+22.52 to +27.48), which chance does not explain.",
    )


@pytest.mark.parametrize(
    ("after", "expected"), [(0.4, Suggestion.VERIFIED), (None, Suggestion.NOT_EFFECTIVE)]
)
def test_measuring_is_verified_by_a_score(after: float | None, expected: Suggestion) -> None:
    assert measured(after).suggestion is expected
