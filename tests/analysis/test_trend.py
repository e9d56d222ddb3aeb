"""Changes from period to period, over gaps."""

from __future__ import annotations

import math

import numpy as np
import pytest

from steelyard.analysis.trend import FEWEST, changes, control_limits, moving_average

NONE = math.nan


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([], []),
        ([60], [NONE]),
        ([60, 64.5, 64.5, 60], [NONE, 4.5, 0, -4.5]),
        ([60, NONE, 70, 71], [NONE, NONE, NONE, 1]),
    ],
)
def test_a_gap_is_not_bridged(scores: list[float], expected: list[float]) -> None:
    found = changes(np.array(scores, dtype=float))
    assert np.array_equal(found, np.array(expected), equal_nan=True)


def test_only_the_last_axis_is_time() -> None:
    assert changes(np.array([[1.0, 2.0], [5.0, 3.0]]))[:, 1].tolist() == [1, -2]


@pytest.mark.parametrize(
    ("scores", "window", "expected"),
    [
        ([], 3, []),
        ([60, 66], 3, [NONE, NONE]),
        ([60, 66, 72, 75], 3, [NONE, NONE, 66, 71]),
        ([60, NONE, 72, 75, 78], 2, [NONE, NONE, NONE, 73.5, 76.5]),
    ],
)
def test_an_average_is_of_whole_windows(scores: list[float], window: int, expected: list[float]) -> None:
    found = moving_average(np.array(scores, dtype=float), window)
    assert np.array_equal(found, np.array(expected), equal_nan=True)


def test_limits_are_three_deviations_by_moving_ranges() -> None:
    # The mean moving range of 2 stands for a deviation of 2 / 1.128.
    limits = control_limits(np.array([70.0, 72.0] * 5))
    assert limits is not None
    assert limits.centre == 71
    assert limits.upper == pytest.approx(71 + 3 * 2 / 1.128)
    assert limits.lower == pytest.approx(71 - 3 * 2 / 1.128)


def test_limits_stay_on_the_scale() -> None:
    limits = control_limits(np.array([0.0, 100.0] * 5))
    assert limits is not None
    assert (limits.lower, limits.upper) == (0, 100)


@pytest.mark.parametrize("scores", [[70.0] * (FEWEST - 1), [70.0, NONE] * FEWEST])
def test_few_scores_have_no_limits(scores: list[float]) -> None:
    assert control_limits(np.array(scores)) is None
