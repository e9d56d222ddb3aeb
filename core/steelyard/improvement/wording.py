"""Wording: figures as sentences show them, rounded once, half-up."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

STEP = Decimal("0.01")


def figure(number: float) -> str:
    """Write a figure with at most two decimals; what is not zero is not shown as zero.

    >>> figure(66.99999999999997), figure(0.395), figure(0.001)
    ('67', '0.4', '<0.01')
    """
    rounded = Decimal(repr(float(number))).quantize(STEP, rounding=ROUND_HALF_UP)
    if not rounded:
        return "<0.01" if number > 1e-9 else "0"
    text = format(rounded, "f")
    return text.rstrip("0").rstrip(".")
