"""Pooling: what a measure is of all members' data together, exactly, from what was measured of each.

Sums add up, and what was divided is added up above and below the line. What is neither cannot be told from
the members' values, unless one member alone has any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from steelyard.scoring.observations import Codes, Floats, Rows
from steelyard.scoring.outcome import Status

Bools = NDArray[np.bool_]
Quotient = tuple[Fraction | int, Fraction | int]
"""A numerator and a denominator."""
_EXACTLY = 2.0**53
"""Floats below are whole numbers exactly, and so are their sums."""


class Sort(Enum):
    """How a measure of several comes from those of each."""

    SUM = "sum"
    QUOTIENT = "quotient"
    NEITHER = "neither"


@dataclass(frozen=True)
class Figures:
    """One measure of c members: status and values, (c,) each, and by member what is exact or was divided.

    quotients: also where the denominator is 0, so that there is no value.
    """

    status: Codes
    values: Floats
    exact: Mapping[int, Fraction] = field(default_factory=dict)
    quotients: Mapping[int, Quotient] = field(default_factory=dict)


@dataclass(frozen=True)
class Pooled:
    """One measure of g groups: its status, (g,), its exact value by group where there is one.

    poolable: (g,), False where members have values of which nobody can tell the whole's.
    """

    status: Codes
    values: Mapping[int, Fraction]
    poolable: Bools


def pool(
    sort: Sort, figures: Figures, member: Rows, group: Rows, groups: int, times: Fraction = Fraction(1)
) -> Pooled:
    """Pool a measure over pairs of member and group; a quotient is multiplied by `times`.

    Who has no figure at all does not count.
    """
    of_pair = figures.status[member]
    known = np.bincount(group[of_pair == Status.VALUE], minlength=groups)
    applies = np.bincount(group[of_pair != Status.NOT_APPLICABLE], minlength=groups) > 0
    anybody = np.bincount(group, minlength=groups) > 0
    values = dict[int, Fraction]()
    poolable = known <= 1
    if sort is Sort.QUOTIENT:
        values, poolable = _quotients(figures, member, group, known, times)
        # Where nothing was divided, one value alone is that of all.
        alone = (known == 1) & ~poolable
        values |= _sums(figures, member, group, alone)
        poolable |= known <= 1
    else:
        poolable |= sort is Sort.SUM
        values = _sums(figures, member, group, poolable & (known > 0))
    status = np.where(anybody & ~applies, Status.NOT_APPLICABLE, Status.MISSING).astype(np.uint8)
    status[list(values)] = Status.VALUE
    return Pooled(status, values, poolable)


def _sums(figures: Figures, member: Rows, group: Rows, wanted: Bools) -> dict[int, Fraction]:
    """The sums of the values of some groups' members."""
    taken = wanted[group] & (figures.status[member] == Status.VALUE)
    of, where = member[taken], group[taken]
    values = figures.values[of]
    whole = not figures.exact and bool((np.floor(values) == values).all()) and np.abs(values).sum() < _EXACTLY
    if whole:
        totals = np.bincount(where, values, len(wanted))
        return {at: Fraction(int(totals[at])) for at in np.unique(where).tolist()}
    sums: defaultdict[int, Fraction] = defaultdict(Fraction)
    for at, place, value in zip(of.tolist(), where.tolist(), values.tolist(), strict=True):
        sums[place] += figures.exact.get(at) or Fraction(repr(value))
    return dict(sums)


def _quotients(
    figures: Figures, member: Rows, group: Rows, known: Rows, times: Fraction
) -> tuple[dict[int, Fraction], Bools]:
    """The quotients of groups all of whose members' values were divided, and which groups these are."""
    above: defaultdict[int, Fraction | int] = defaultdict(int)
    below: defaultdict[int, Fraction | int] = defaultdict(int)
    divided = np.zeros(len(known), dtype=np.intp)
    of_value = (figures.status == Status.VALUE).tolist()
    for at, place in zip(member.tolist(), group.tolist(), strict=True):
        found = figures.quotients.get(at)
        if found is not None:
            above[place] += found[0]
            below[place] += found[1]
            divided[place] += of_value[at]
    poolable = divided == known
    values = {
        place: Fraction(above[place]) / total * times
        for place, total in below.items()
        if total and poolable[place]
    }
    return values, poolable
