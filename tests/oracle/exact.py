"""Exact numbers of the oracle: fractions where the way is rational, 60-digit decimals elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Context, Decimal, localcontext
from fractions import Fraction

Number = Fraction | Decimal

DIGITS = Context(prec=60)
SAME = Decimal("1e-40")


def read_number(written: object, parameters: Mapping[str, Fraction]) -> Fraction:
    """Read a number as a scheme file writes it: `3`, `0.5`, `70%` or `$name`."""
    text = str(written)
    if text.startswith("$"):
        return parameters[text[1:]]
    if text.endswith("%"):
        return Fraction(text[:-1]) / 100
    return Fraction(text)


def decimal(value: Number) -> Decimal:
    """Write any number with 60 digits."""
    if isinstance(value, Decimal):
        return value
    return DIGITS.divide(Decimal(value.numerator), Decimal(value.denominator))


def compare(value: Number, line: Number) -> int:
    """Return -1, 0 or 1; inexact numbers closer than 1e-40 are taken as equal."""
    if isinstance(value, Fraction) and isinstance(line, Fraction):
        return (value > line) - (value < line)
    gap = DIGITS.subtract(decimal(value), decimal(line))
    return 0 if abs(gap) < SAME else (1 if gap > 0 else -1)


def multiply(value: Number, factor: Fraction) -> Number:
    """Multiply, staying exact where `value` is."""
    if isinstance(value, Fraction):
        return value * factor
    return DIGITS.multiply(value, decimal(factor))


def add(value: Number, other: Fraction) -> Number:
    """Add, staying exact where `value` is."""
    if isinstance(value, Fraction):
        return value + other
    return DIGITS.add(value, decimal(other))


def total(values: Sequence[Number]) -> Number:
    """Add up, staying exact where all values are."""
    exact = sum((v for v in values if isinstance(v, Fraction)), Fraction(0))
    rest = [v for v in values if isinstance(v, Decimal)]
    if not rest:
        return exact
    with localcontext(DIGITS):
        return decimal(exact) + sum(rest)


def arithmetic(rates: Sequence[Number], weights: Sequence[Fraction]) -> Number:
    """Σwr ÷ Σw."""
    weighted = [multiply(rate, weight) for rate, weight in zip(rates, weights, strict=True)]
    return multiply(total(weighted), 1 / sum(weights, Fraction(0)))


def geometric(rates: Sequence[Number], weights: Sequence[Fraction]) -> Decimal:
    """exp(Σw ln r ÷ Σw), for positive rates."""
    with localcontext(DIGITS):
        logs = [decimal(rate).ln() for rate in rates]
        return decimal(arithmetic(logs, weights)).exp()


def power(rates: Sequence[Number], weights: Sequence[Fraction], exponent: Fraction) -> Decimal:
    """(Σwrᵖ ÷ Σw)^(1/p), for rates above 0, or at 0 where p > 0."""
    with localcontext(DIGITS):
        raised = [decimal(rate) ** decimal(exponent) for rate in rates]
        mean = decimal(arithmetic(raised, weights))
        return mean ** decimal(1 / exponent) if mean else Decimal(0)
