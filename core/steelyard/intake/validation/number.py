"""Numbers in records: exact, never rounded; what only resembles a number is refused by name."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from steelyard.intake.cell import Fault
from steelyard.intake.validation.problems import (
    CURRENCY,
    FULL_WIDTH,
    NOT_A_NUMBER,
    NOT_WHOLE,
    PERCENT,
    TOO_LARGE,
    TOO_PRECISE,
)
from steelyard.scheme.misprint import Misprint, half_width, misprint
from steelyard.scheme.number import parse_decimal

DIGITS = 18
"""So many digits fit: before the point of an integer, in all of a decimal."""
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_CURRENCY = re.compile(r"[¥￥$€£元]|RMB|CNY|USD")


def read_integer(text: str) -> int | Fault:
    """Read a whole number of at most 18 digits; `12.0` and `1,234` are whole numbers."""
    number = _number(text)
    if isinstance(number, Fault):
        return number
    if number.denominator != 1:
        return Fault(NOT_WHOLE)
    return int(number) if abs(number) < 10**DIGITS else Fault(TOO_LARGE, {"digits": DIGITS})


def read_decimal(text: str, places: int) -> Decimal | Fault:
    """Read a number with at most `places` digits after the point that are not zero."""
    number = _number(text)
    if isinstance(number, Fault):
        return number
    scaled = number * 10**places
    if scaled.denominator != 1:
        return Fault(TOO_PRECISE, {"places": places})
    if abs(scaled) >= 10**DIGITS:
        return Fault(TOO_LARGE, {"digits": DIGITS - places})
    return Decimal(int(scaled)).scaleb(-places)


def _number(text: str) -> Fraction | Fault:
    number = parse_decimal(text)
    if number is None and _GROUPED.fullmatch(text):
        number = parse_decimal(text.replace(",", ""))
    return _not_a_number(text) if number is None else number


def _not_a_number(text: str) -> Fault:
    if misprint(text) is Misprint.FULL_WIDTH and not half_width(text).startswith("$"):
        return Fault(FULL_WIDTH)
    if text.endswith(("%", "％")):
        return Fault(PERCENT)
    return Fault(CURRENCY if _CURRENCY.search(text) else NOT_A_NUMBER)
