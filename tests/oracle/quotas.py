"""Quotas of the oracle: one place after the other, from the best score down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cmp_to_key

from oracle.exact import Number, compare


def places(shares: Sequence[Fraction], group: int) -> list[int]:
    """Give out the places of a group one by one: whole parts first, then the largest remainders."""
    due = [group * share / sum(shares) for share in shares]
    seats = [number.numerator // number.denominator for number in due]
    while sum(seats) < group:
        rest = [(number - seat, share) for number, seat, share in zip(due, seats, shares, strict=True)]
        seats[rest.index(max(rest))] += 1
    return seats


def expected(shares: Mapping[str, Fraction], rates: Sequence[Number], least: int) -> list[str | None]:
    """The band that each unit of a group would have; `shares` names the bands from the best on."""
    if len(rates) < least:
        return [None] * len(rates)
    seats = places(list(shares.values()), len(rates))
    seated = [band for band, count in zip(shares, seats, strict=True) for _ in range(count)]
    ranked = sorted(range(len(rates)), key=cmp_to_key(lambda i, j: compare(rates[j], rates[i])))
    result: list[str | None] = [None] * len(rates)
    for place, unit in enumerate(ranked):
        equal = next(first for first, other in enumerate(ranked) if compare(rates[other], rates[unit]) == 0)
        result[unit] = seated[min(place, equal)]
    return result
