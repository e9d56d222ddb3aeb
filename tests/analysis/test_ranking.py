"""Competition ranks, percentiles, quartiles and neighbours."""

from __future__ import annotations

import math

import numpy as np
import pytest

from steelyard.analysis.ranking import Ranking, rank

NONE = math.nan


def ranked(*scores: float) -> Ranking:
    return rank(np.array(scores, dtype=float))


@pytest.mark.parametrize(
    ("scores", "ranks"),
    [
        ((), []),
        ((70,), [1]),
        ((70, 90, 80), [3, 1, 2]),
        ((70, 90, 70, 60), [2, 1, 2, 4]),
        ((80, 80, 80), [1, 1, 1]),
        ((NONE, 70, NONE), [0, 1, 0]),
        ((NONE, NONE), [0, 0]),
        ((0.0, -0.0), [1, 1]),
        ((0.1 + 0.2, 0.3), [1, 1]),
    ],
)
def test_ties_share_the_smallest_rank(scores: tuple[float, ...], ranks: list[int]) -> None:
    assert ranked(*scores).rank.tolist() == ranks


def test_equal_scores_and_those_without_keep_their_order() -> None:
    assert ranked(70, NONE, 90, 70, NONE).order.tolist() == [2, 0, 3, 1, 4]


def test_it_counts_who_shares_a_rank() -> None:
    assert ranked(70, 90, 70, NONE).tied.tolist() == [2, 1, 2, 0]


@pytest.mark.parametrize(
    ("scores", "percentiles"),
    [
        ((90, 80, 70, 60, 50), [1, 0.75, 0.5, 0.25, 0]),
        ((90, 70, 70), [1, 0.25, 0.25]),
        ((80, 80), [0.5, 0.5]),
    ],
)
def test_percentiles_count_ties_half(scores: tuple[float, ...], percentiles: list[float]) -> None:
    assert ranked(*scores).percentile.tolist() == percentiles


def test_who_is_alone_or_has_no_score_has_no_percentile() -> None:
    assert np.isnan(ranked(90, NONE).percentile).all()


@pytest.mark.parametrize(
    ("scores", "quartiles"),
    [
        ((8, 7, 6, 5, 4, 3, 2, 1), [1, 1, 2, 2, 3, 3, 4, 4]),
        ((90, NONE), [1, 0]),
        ((3, 3, 3, 1), [1, 1, 1, 4]),
    ],
)
def test_quartiles_follow_the_ranks(scores: tuple[float, ...], quartiles: list[int]) -> None:
    assert ranked(*scores).quartile.tolist() == quartiles


@pytest.mark.parametrize(
    ("member", "reach", "neighbours"),
    [(0, 1, [0, 1]), (2, 1, [1, 2, 3]), (4, 2, [2, 3, 4]), (2, 0, [2]), (2, 9, [0, 1, 2, 3, 4])],
)
def test_neighbours_end_where_the_list_ends(member: int, reach: int, neighbours: list[int]) -> None:
    assert ranked(9, 8, 7, 6, 5).neighbours(member, reach).tolist() == neighbours
