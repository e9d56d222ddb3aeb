"""Changes from period to period, over gaps."""

from __future__ import annotations

import math

import numpy as np
import pytest

from steelyard.analysis.trend import changes

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
