"""Weights set by hand: what is read, what is refused, and what keeps its proportion."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.errors import InvalidInput
from steelyard.weighting import by_percent, by_points, by_ratio, equal, keep_in_proportion
from steelyard.weighting.decimals import settle


def _of(**weights: str) -> dict[str, Fraction]:
    return {code: Fraction(text) for code, text in weights.items()}


def test_points_stay_as_written() -> None:
    assert by_points({"A": "30", "B": "12.5"}).weights == _of(A="30", B="12.5")


def test_equal_weights_are_one() -> None:
    assert equal(["A", "B", "C"]).weights == _of(A="1", B="1", C="1")


@pytest.mark.parametrize("ratio", ["3:2:1", "3 : 2 : 1", "3：2：1"])
def test_a_ratio_has_one_part_an_indicator(ratio: str) -> None:
    assert by_ratio(["A", "B", "C"], ratio).weights == _of(A="3", B="2", C="1")


def test_percentages_become_shares() -> None:
    assert by_percent({"A": "30%", "B": "70"}).weights == _of(A="0.3", B="0.7")


@pytest.mark.parametrize(
    ("call", "codes"),
    [
        (lambda: by_points({"A": "x", "B": "-1", "C": "３"}), ["WEIGHTING_NOT_A_WEIGHT"] * 3),
        (lambda: by_points({}), ["WEIGHTING_NO_INDICATORS"]),
        (lambda: by_points({"A": "0", "B": "0"}), ["WEIGHTING_ALL_ZERO"]),
        (lambda: by_ratio(["A", "B"], "3:2:1"), ["WEIGHTING_RATIO_COUNT"]),
        (lambda: by_ratio(["A", "B"], "3:"), ["WEIGHTING_NOT_A_WEIGHT"]),
        (lambda: by_percent({"A": "30%", "B": "60%"}), ["WEIGHTING_PERCENT_SUM"]),
        (lambda: equal([]), ["WEIGHTING_NO_INDICATORS"]),
    ],
)
def test_what_is_refused(call: object, codes: list[str]) -> None:
    assert callable(call)
    with pytest.raises(InvalidInput) as refused:
        call()
    assert [problem.code for problem in refused.value.problems] == codes


@pytest.mark.parametrize(
    ("before", "chosen", "after"),
    [
        ({"A": "30", "B": "30", "C": "40"}, {"A": "50"}, {"A": "50", "B": "21.42857143", "C": "28.57142857"}),
        ({"A": "0.5", "B": "0.3", "C": "0.2"}, {"A": "0.6"}, {"A": "0.6", "B": "0.24", "C": "0.16"}),
        ({"A": "1", "B": "1", "C": "1"}, {"A": "1", "B": "0.5"}, {"A": "1", "B": "0.5", "C": "1.5"}),
        ({"A": "1", "B": "1"}, {"A": "2"}, {"A": "2", "B": "0"}),
        ({"A": "1", "B": "0"}, {"A": "1"}, {"A": "1", "B": "0"}),
    ],
)
def test_the_rest_keeps_its_proportion(
    before: dict[str, str], chosen: dict[str, str], after: dict[str, str]
) -> None:
    assert keep_in_proportion(_of(**before), chosen).weights == _of(**after)


@pytest.mark.parametrize(
    ("before", "chosen", "code"),
    [
        ({"A": "1", "B": "1"}, {"A": "3"}, "WEIGHTING_MORE_THAN_THE_WHOLE"),
        ({"A": "1", "B": "0"}, {"A": "0.5"}, "WEIGHTING_NOTHING_TAKES_THE_REST"),
        ({"A": "1", "B": "1"}, {"A": "0.5", "B": "0.5"}, "WEIGHTING_NOTHING_TAKES_THE_REST"),
        ({"A": "1", "B": "1"}, {"C": "1"}, "WEIGHTING_NOT_OF_THE_GROUP"),
        ({"A": "1", "B": "1"}, {"A": "½"}, "WEIGHTING_NOT_A_WEIGHT"),
        ({"A": "0", "B": "0"}, {"A": "1"}, "WEIGHTING_ALL_ZERO"),
    ],
)
def test_what_leaves_no_proportion_is_refused(
    before: dict[str, str], chosen: dict[str, str], code: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        keep_in_proportion(_of(**before), chosen)
    assert [problem.code for problem in refused.value.problems] == [code]


_SHARES = st.lists(st.fractions(min_value=0, max_value=1000), min_size=1, max_size=9).filter(any)


@given(_SHARES, st.decimals(min_value="0.001", max_value=1000, places=3).map(Fraction))
def test_settled_weights_are_near_decimals_that_keep_the_sum(shares: list[Fraction], total: Fraction) -> None:
    weights = {str(at): share for at, share in enumerate(shares)}
    settled = settle(weights, total)
    assert sum(settled.values()) == total
    for code, weight in weights.items():
        assert (settled[code] * 10**8).denominator == 1
        assert abs(settled[code] - weight * total / sum(shares)) < Fraction(1, 10**8)
