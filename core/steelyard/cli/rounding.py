"""Figures for people: rounded once, half-up, and saying which side of a line they are on.

A rate of 0.6996 under a pass line of 70% is shown as `70.0`; rounded figures never decide, so it is
labelled as below. Where the figures differ as shown, nothing needs to be said.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from fractions import Fraction

from steelyard.scheme.number import decimal_text

PLACES = 1
SAME = 1e-9
"""Two rates closer than this are told apart by the exact comparison that was made of them, not again."""


class Side(Enum):
    """Where an exact figure lies that is shown rounded onto a line."""

    BELOW = "below"
    REACHED = "reached"


def half_up(number: float, places: int = PLACES) -> str:
    """Round the decimal that a float stands for, half-up: 0.25 → `0.3`, 2.675 → `2.68`."""
    return _rounded(Decimal(repr(float(number))), places)


def percent(rate: float, places: int = PLACES) -> str:
    """Write a rate in percent, without the sign: 0.69955 → `70.0`."""
    return _rounded(Decimal(repr(float(rate))) * 100, places)


def line_percent(line: Fraction) -> str:
    """Write a line in percent, exactly and without the sign."""
    return decimal_text(line * 100)


def side(
    rate: float, line: Fraction, reached: bool, full: float | None = None, places: int = PLACES
) -> Side | None:
    """Tell the side where `rate` looks like `line`, in percent or in points of `full`; else None.

    `reached` is the exact comparison; it decides where the float is too near the line to tell.
    """
    near = float(line)
    alike = percent(rate, places) == percent(near, places)
    if full is not None:
        alike = alike or half_up(rate * full, places) == half_up(near * full, places)
    if not alike:
        return None
    if abs(rate - near) > SAME:
        reached = rate > near
    return Side.REACHED if reached else Side.BELOW


def _rounded(number: Decimal, places: int) -> str:
    text = format(number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP), "f")
    return text.removeprefix("-") if not text.strip("-0.") else text
