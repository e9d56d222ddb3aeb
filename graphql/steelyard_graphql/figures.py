"""Figures: decimals that became floats, shown as the decimals that they are.

0.58 × 100 is 58, not 57.99999999999999.
"""

from __future__ import annotations

from fractions import Fraction


def percent(rate: float) -> float:
    """Return a rate 0…1 as a score 0…100: the decimal that the float stands for, times 100."""
    return float(Fraction(repr(float(rate))) * 100)


def percent_points(difference: float) -> float:
    """Return a difference of rates in points of 100, without what floats add beyond the 12th decimal."""
    return round(difference * 100, 12) + 0.0
