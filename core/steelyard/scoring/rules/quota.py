"""`quota`: the bands that a group's units would have if bands were shared out as the rule says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache, cmp_to_key, partial
from itertools import accumulate, pairwise

import numpy as np

from steelyard.scheme.model import Scheme
from steelyard.scheme.rule import QuotaRule
from steelyard.scoring.exact import Exact, order
from steelyard.scoring.groups import NEAR
from steelyard.scoring.lines import Marks
from steelyard.scoring.observations import Floats, Rows
from steelyard.scoring.rubrics.function import Bools

ExactRates = Callable[[Rows], list[Exact]]
NOT_IN_A_GROUP = -1


def band_shares(rule: QuotaRule, scheme: Scheme) -> tuple[Fraction, ...]:
    """The share of each band of the scheme, the best first; 0 for a band that the rule does not name.

    A group has one quota, so parameters are the scheme's: those of a unit or a variant do not count.
    """
    parameters = dict(scheme.parameters)
    named = {band: share.resolved(parameters) for band, share in rule.shares.items()}
    return tuple(named.get(band.code, Fraction(0)) for band in scheme.bands)


def places(shares: Sequence[Fraction], group: int) -> tuple[int, ...]:
    """Share out the places of a group of units: largest remainder.

    Ties go to the bigger share, then to the better band. Places add up to the group.
    """
    total = sum(shares, Fraction(0))
    due = [share * group / total for share in shares]
    result = [int(number) for number in due]
    waiting = sorted(range(len(due)), key=lambda i: (result[i] - due[i], -shares[i], i))
    for i in waiting[: group - sum(result)]:
        result[i] += 1
    return tuple(result)


def expected_bands(
    rates: Floats, group: Rows, shares: Sequence[Fraction], least: int, exactly: ExactRates
) -> Marks:
    """Return the band that each row would have, (n,), as an index into `shares`.

    rates: (n,), NaN for what has no score and so is in no group. group: (n,) numbers. least: the smallest
    group that is shared out. −1 where there is no group. Equal scores get the same, better band.
    """
    result = np.full(len(rates), NOT_IN_A_GROUP, dtype=np.int8)
    rows = np.flatnonzero(~np.isnan(rates))
    if not len(rows):
        return result
    rows = rows[np.lexsort((-rates[rows], group[rows]))]
    begins = np.flatnonzero(np.append(True, np.diff(group[rows]) != 0)).tolist()
    seats = cache(partial(places, shares))
    for begin, end in pairwise([*begins, len(rows)]):
        if end - begin >= least:
            members = rows[begin:end]
            result[members] = _shared_out(rates[members], members, seats(end - begin), exactly)
    return result


def _shared_out(rates: Floats, members: Rows, seats: Sequence[int], exactly: ExactRates) -> Marks:
    """The bands of one group, (k,); `rates` descend. The worse band is filled in first."""
    result = np.full(len(rates), NOT_IN_A_GROUP, dtype=np.int8)
    for band, last in reversed(list(enumerate(accumulate(seats)))):
        if seats[band]:
            result[_reaching(rates, members, last, exactly)] = band
    return result


def _reaching(rates: Floats, members: Rows, last: int, exactly: ExactRates) -> Bools:
    """Which of a group score at least as much as its member number `last`, counted from 1.

    Exact numbers are asked only where floats cannot tell whether equal scores lie on both sides.
    """
    line = float(rates[last - 1])
    reach = 2 * NEAR * max(1.0, abs(line))
    first, end = np.searchsorted(-rates, [-(line + reach), -(line - reach)]).tolist()
    result = np.zeros(len(rates), dtype=bool)
    result[:end] = True
    if end > last:
        near = exactly(members[first:end])
        lowest = sorted(near, key=cmp_to_key(order), reverse=True)[last - first - 1]
        result[first:end] = [order(number, lowest) >= 0 for number in near]
    return result
