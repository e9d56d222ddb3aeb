"""The oracle's quotas, against figures worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from oracle.quotas import expected, places

SHARES = {"A": Fraction(2), "B": Fraction(7), "C": Fraction(1)}


@pytest.mark.parametrize(
    ("group", "seats"),
    [
        (1, [0, 1, 0]),
        (2, [0, 2, 0]),
        (3, [1, 2, 0]),
        (4, [1, 3, 0]),
        (5, [1, 4, 0]),
        (6, [1, 4, 1]),
        (7, [1, 5, 1]),
        (8, [1, 6, 1]),
        (9, [2, 6, 1]),
        (10, [2, 7, 1]),
        (12, [2, 9, 1]),
        (15, [3, 11, 1]),
        (20, [4, 14, 2]),
        (37, [7, 26, 4]),
    ],
)
def test_places_of_2_7_1(group: int, seats: list[int]) -> None:
    assert places(list(SHARES.values()), group) == seats


@pytest.mark.parametrize(
    ("rates", "least", "bands"),
    [
        ("1 2 3", 1, "BBA"),
        ("3 3 1", 1, "AAB"),
        ("1 1 1 1 1 1 1 1 1 1", 1, "A" * 10),
        ("9 8 8 7 6 5 4 3 2 2", 1, "AAABBBBBBB"),
        ("1 2 3", 4, "---"),
    ],
)
def test_expected_bands(rates: str, least: int, bands: str) -> None:
    found = expected(SHARES, [Fraction(rate) for rate in rates.split()], least)
    assert "".join(band or "-" for band in found) == bands
