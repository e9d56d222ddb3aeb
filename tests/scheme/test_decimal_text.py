"""Numbers are written exactly, however many digits they have."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.scheme.number import decimal_text, parse_decimal


@pytest.mark.parametrize(
    "text",
    [
        "0.70000000000000000000000000001",
        "43.39999999999999999999999999999999999999",
        "12345678901234567890123456789.5",
        "-0.001",
        "100",
        "0",
    ],
)
def test_a_decimal_is_written_as_it_was_read(text: str) -> None:
    number = parse_decimal(text)
    assert number is not None
    assert decimal_text(number) == text


def test_what_does_not_end_is_written_as_a_fraction() -> None:
    assert decimal_text(Fraction(1, 3)) == "1/3"


@given(st.decimals(-(10**12), 10**12, places=20))
def test_any_decimal_comes_back(decimal: object) -> None:
    number = Fraction(str(decimal))
    assert parse_decimal(decimal_text(number)) == number
