"""What a group's scores look like, and how far its members are from them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from steelyard.analysis.comparison import NOBODY, distance, spread

NONE = math.nan


@pytest.mark.parametrize(
    ("scores", "best", "member", "median", "mean"),
    [
        ([70, 90, 80], 90, 1, 80, 80),
        ([70, 90], 90, 1, 80, 80),
        ([NONE, 60, NONE, 90, 90], 90, 3, 90, 80),
        ([50], 50, 0, 50, 50),
        ([10, 20, 30, 100], 100, 3, 25, 40),
    ],
)
def test_spread(scores: list[float], best: float, member: int, median: float, mean: float) -> None:
    found = spread(np.array(scores, dtype=float))
    known = len([score for score in scores if score == score])
    assert found.count == known
    expected = (best, member, median, mean)
    assert tuple(map(float, (found.best, found.best_member, found.median, found.mean))) == expected


@pytest.mark.parametrize("shape", [(0,), (2,), (0, 3), (2, 3)])
def test_nobody_has_a_score(shape: tuple[int, ...]) -> None:
    found = spread(np.full(shape, NONE))
    assert found.count.shape == shape[1:]
    assert np.isnan([found.best, found.median, found.mean]).all()
    assert (found.best_member == NOBODY).all()


def test_further_axes_are_kept() -> None:
    scores = np.array([[[70, 10], [NONE, 20]], [[90, 30], [NONE, 40]]])
    found = spread(scores)
    assert found.best.tolist()[0] == [90, 30]
    assert found.count.tolist() == [[2, 2], [0, 2]]
    assert distance(scores, found.mean)[0].tolist()[0] == [-10, -10]
