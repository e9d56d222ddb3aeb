"""Needs: what of pooled units does not follow from what members have, so that records are counted again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from steelyard.analysis.pooling import Pooled, Sort
from steelyard.analysis.rollup import Cause
from steelyard.intake.measures.computing import Value, Wanted
from steelyard.scoring import Status
from steelyard.scoring.observations import Codes, Floats, Rows
from steelyard.services.rollups.cells import Cells
from steelyard.services.rollups.quotients import Way

Bools = NDArray[np.bool_]
Key = tuple[str, bytes]
"""A measure, and the numbers of cells."""


@dataclass(frozen=True)
class Need:
    """A measure that is to be counted of some cells together, and what it is shown to be of each, (n,)."""

    wanted: Wanted
    cells: Cells
    at: Rows
    status: Codes
    values: Floats

    @property
    def key(self) -> Key:
        """What tells it from others of the same cells."""
        return self.wanted.measure.measure, self.at.tobytes()


@dataclass(frozen=True, slots=True)
class Found:
    """What counting again came to: `value` is None where it cannot stand beside what members are shown with.

    by_hand: because some was not computed from records; else because they are not what they were. feeds,
    declared: as in `Recounted`.
    """

    value: Value | None = None
    by_hand: bool = False
    declared: int = 0
    feeds: int = 0


@dataclass(frozen=True)
class Told:
    """One measure of pooled units, (rows,) each: what it is, Cause.POOLED or what stands against it, and of
    how many feeds that are needed how many are declared complete.
    """

    pooled: Pooled
    causes: Codes
    feeds: Rows
    declared: Rows


@dataclass
class Ledger:
    """Of one pool the needs that it met, and what was found since, by what they are of."""

    needs: dict[Key, Need] = field(default_factory=dict)
    found: dict[Key, Found] = field(default_factory=dict)

    def tell(self, pooled: Pooled, needs: Iterable[tuple[int, Need]]) -> Told:
        """Put what was found in the place of what follows from members; note what is still to be found."""
        rows = len(pooled.status)
        causes = np.where(pooled.poolable, Cause.POOLED, Cause.NOT_POOLABLE).astype(np.uint8)
        feeds, declared = np.zeros((2, rows), dtype=np.intp)
        values, status = dict(pooled.values), pooled.status.copy()
        for row, need in needs:
            found = self.found.get(need.key)
            if found is None:
                self.needs[need.key] = need
            if found is None or found.by_hand:
                continue
            values.pop(row, None)
            status[row] = Status.MISSING if found.value is None else found.value.status
            causes[row] = Cause.RECORDS_CHANGED if found.value is None else Cause.POOLED
            if found.value is not None and found.value.value is not None:
                values[row] = found.value.value
            elif found.feeds:
                causes[row] = Cause.FEEDS_INCOMPLETE
                feeds[row], declared[row] = found.feeds, found.declared
        refused = (causes == Cause.NOT_POOLABLE) | (causes == Cause.RECORDS_CHANGED)
        return Told(Pooled(status, values, ~refused), causes, feeds, declared)


def rows_wanting(way: Way, pooled: Pooled, status: Codes, row: Rows) -> Bools:
    """Which pooled units have to be counted again: what members have does not say what all have together.

    status, row: of each member that counts its Status and pooled unit.

    A member that is MISSING may have records all the same, of which nothing fulfils what is counted: these
    belong below the line of a share. And of all together nothing is 0 only where every feed is complete.
    """
    rows = len(pooled.status)
    known, none, missing = (
        np.bincount(row[status == each], minlength=rows)
        for each in (Status.VALUE, Status.NOT_APPLICABLE, Status.MISSING)
    )
    zero, told = np.zeros((2, rows), dtype=bool)
    told[list(pooled.values)] = True
    zero[[at for at, value in pooled.values.items() if value == 0]] = True
    # The two sides of a ratio may be of different members, neither of which has one.
    split = way.wanted is not None and way.wanted.measure.ratio is not None
    some = (known + none > 0) | split
    nothing = zero & (missing + none > 0)
    if way.sort is Sort.QUOTIENT:
        wanting = ((missing > 0) & some) | ((known > 0) & ~told) | nothing
    elif way.sort is Sort.SUM:
        wanting = nothing
    elif split:
        wanting = known + none + missing > 0
    else:
        wanting = (known > 1) | nothing | ((none > 0) & (missing > 0))
    several = known + none + missing > 1
    return np.asarray(wanting & several, dtype=bool)
