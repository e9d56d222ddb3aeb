"""Which members are meant, by what is written of them and by what lies near one of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.analysis.choice import Condition, alike, around, figures, within_factor
from steelyard.analysis.ranking import Ranking, rank

NONE = float("nan")
SIZES = ("large", "small", None, "large")
STAFF = ("9", "10", "50.0", "fifty", None, "５０", "1e2")
SCORES = st.lists(st.sampled_from([NONE, 10.0, 20.0, 20.0, 30.0, 40.0]), max_size=12)


def ranked(*scores: float) -> Ranking:
    return rank(np.array(scores, dtype=float))


@pytest.mark.parametrize(
    ("condition", "texts", "holds"),
    [
        (Condition("size", ("large",)), SIZES, [True, False, False, True]),
        (Condition("size", ("small", "none")), SIZES, [False, True, False, False]),
        (Condition("size"), SIZES, [True, True, False, True]),
        (Condition("staff", (), 10, 50), STAFF, [False, True, True, False, False, False, False]),
        (Condition("staff", (), 50), STAFF, [False, False, True, False, False, False, True]),
        (Condition("staff", ("9", "10"), None, 9), STAFF, [True, *[False] * 6]),
        (Condition("staff", (), 1), (), []),
    ],
)
def test_conditions(condition: Condition, texts: tuple[str | None, ...], holds: list[bool]) -> None:
    assert condition.holds(texts).tolist() == holds


def test_what_is_no_plain_decimal_is_no_figure() -> None:
    assert np.isnan(figures(("1_000", "nan", "inf", "", None, "５"))).all()


def test_nobody_is_like_one_of_whom_nothing_is_written() -> None:
    assert alike(SIZES, 0).tolist() == [True, False, False, True]
    assert not alike(SIZES, 2).any()


@pytest.mark.parametrize("own", [0.0, NONE, -1.0])
def test_nothing_lies_near_no_size(own: float) -> None:
    assert not within_factor(np.array([own, 0.0, 1.0]), 0, 2).any()


def test_near_is_up_and_down() -> None:
    assert within_factor(np.array([10, 5, 4.9, 20, 20.1]), 0, 2).tolist() == [True, True, False, True, False]


@pytest.mark.parametrize(
    ("count", "best", "worst"),
    [
        (0, [], []),
        (1, [2], [3]),
        (2, [2, 0, 5], [0, 5, 3]),
        (3, [2, 0, 5], [0, 5, 3]),
        (9, [2, 0, 5, 3], [2, 0, 5, 3]),
    ],
)
def test_ties_at_the_cut_are_shown_whole(count: int, best: list[int], worst: list[int]) -> None:
    ranking = ranked(70, NONE, 90, 60, NONE, 70)
    assert ranking.best(count).tolist() == best
    assert ranking.worst(count).tolist() == worst


@given(SCORES, st.integers(0, 12))
def test_the_ends_are_who_no_more_than_so_many_outdo(scores: list[float], count: int) -> None:
    ranking = ranked(*scores)
    known = {at: score for at, score in enumerate(scores) if score == score}
    best = {at for at, score in known.items() if sum(other > score for other in known.values()) < count}
    worst = {at for at, score in known.items() if sum(other < score for other in known.values()) < count}
    assert set(ranking.best(count).tolist()) == best
    assert set(ranking.worst(count).tolist()) == worst


def test_the_top_the_bottom_and_who_is_near_are_each_there_once() -> None:
    ranking = ranked(10, 20, 30, 40, 50, NONE)
    assert around(ranking, top=1, bottom=1, member=3, reach=1).tolist() == [4, 3, 2, 0]
    assert around(ranking, top=0, bottom=0, member=5, reach=1).tolist() == [0, 5]
    assert around(ranking, top=0, bottom=0, member=None, reach=2).tolist() == []
