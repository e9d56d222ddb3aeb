from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.cli.rounding import Side, half_up, line_percent, percent, side

LINE = Fraction(7, 10)


@pytest.mark.parametrize(
    ("number", "places", "expected"),
    [
        (0.25, 1, "0.3"),
        (2.675, 2, "2.68"),
        (0.05, 1, "0.1"),
        (-0.04, 1, "0.0"),
        (164.0, 1, "164.0"),
        (1e-9, 1, "0.0"),
    ],
)
def test_halves_are_rounded_up_in_decimal(number: float, places: int, expected: str) -> None:
    assert half_up(number, places) == expected


@pytest.mark.parametrize(
    ("rate", "expected"),
    [(0.6935483870967742, "69.4"), (0.6996, "70.0"), (0.69949999, "69.9"), (0.6995, "70.0"), (1.0, "100.0")],
)
def test_rates_are_shown_in_percent(rate: float, expected: str) -> None:
    assert percent(rate) == expected


@pytest.mark.parametrize(
    ("rate", "reached", "full", "expected"),
    [
        (0.6996, False, None, Side.BELOW),
        (0.7, True, None, Side.REACHED),
        (0.7, False, None, Side.BELOW),
        (0.7004, True, None, Side.REACHED),
        (0.6996, True, None, Side.BELOW),
        (0.69, False, None, None),
        (0.71, True, None, None),
        (0.696, False, None, None),
        (0.696, False, 10.0, Side.BELOW),
    ],
)
def test_a_figure_that_looks_like_its_line_says_its_side(
    rate: float, reached: bool, full: float | None, expected: Side | None
) -> None:
    assert side(rate, LINE, reached, full) is expected


def test_lines_are_shown_exactly() -> None:
    assert (line_percent(LINE), line_percent(Fraction("0.6955"))) == ("70", "69.55")


@given(st.fractions(0, 1, max_denominator=10**6))
def test_no_figure_looks_like_a_line_without_saying_its_side(rate: Fraction) -> None:
    shown = percent(float(rate))
    told = side(float(rate), LINE, rate >= LINE)
    assert (told is None) == (shown != "70.0")
    assert told in (None, Side.REACHED if rate >= LINE else Side.BELOW)
