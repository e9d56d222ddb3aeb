"""Decimals: how computed weights become the exact decimals that a weight set holds.

A share that was computed, as a float or as a fraction that does not end, is written with `PLACES` decimals
so that the weights of a group add up to their total exactly: each is cut, and the units of the last place
that are then missing go to the largest remainders, ties to the one that stands first (the method of
Hamilton, or of largest remainder).  No weight is off by as much as one unit of the last place.  Weights
that are decimals of that length already stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

PLACES = 8
"""Decimals of a computed weight."""


def settle(weights: Mapping[str, Fraction], total: Fraction) -> dict[str, Fraction]:
    """Turn weights ≥ 0 into decimals that add up to `total` exactly.

    weights: relative, some positive. total: a decimal > 0; where it has more than `PLACES` decimals, so have
    they.

    >>> [str(each) for each in settle(dict.fromkeys("abc", Fraction(1)), Fraction(1)).values()]
    ['16666667/50000000', '33333333/100000000', '33333333/100000000']
    """
    grid = _grid(total)
    whole = sum(weights.values(), Fraction(0))
    exact = {code: weight / whole * total / grid for code, weight in weights.items()}
    units = {code: int(number) for code, number in exact.items()}
    missing = int(total / grid) - sum(units.values())
    by_remainder = sorted(exact, key=lambda code: units[code] - exact[code])
    for code in by_remainder[:missing]:
        units[code] += 1
    return {code: units[code] * grid for code in weights}


def settle_floats(codes: Iterable[str], shares: Iterable[float]) -> dict[str, Fraction]:
    """Turn computed shares ≥ 0 into decimals that add up to 1 exactly."""
    exact = {code: Fraction(share) for code, share in zip(codes, shares, strict=True)}
    return settle(exact, Fraction(1))


def _grid(total: Fraction) -> Fraction:
    """The last place: the `PLACES`th, or that of a total which is finer."""
    grid = Fraction(1, 10**PLACES)
    while (total / grid).denominator != 1:
        grid /= 10
    return grid
