"""How many rows there are of each unit on each day, counted while the rows stream past."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from steelyard.intake.validation.result import Extent

_KEYS = ["unit_id", "day"]
_SCHEMA = pa.schema([("unit_id", pa.int64()), ("day", pa.date32()), ("rows", pa.int64())])
_SPARSE = 16
"""Units × days that are so many times as many as rows are sorted instead of given a place each."""
_PIECES = 64
"""So many counted pieces are put together, that what is kept does not grow with the file."""


class UnitDays:
    """Counts rows by `unit_id` and `day`."""

    def __init__(self) -> None:
        self._pieces: list[pa.Table] = []

    def add(self, rows: pa.Table) -> None:
        """Count rows of a part's schema."""
        if rows.num_rows:
            self._pieces.append(_counted(rows.select(_KEYS).combine_chunks()))
        if len(self._pieces) >= _PIECES:
            self._pieces = [self.table()]

    def table(self) -> pa.Table:
        """`unit_id`, `day` and how many `rows`, each unit and day once, in their order."""
        if not self._pieces:
            return _SCHEMA.empty_table()
        together = pa.concat_tables(self._pieces).combine_chunks()
        found = _counted(together, together.column("rows").to_numpy())
        return found.take(np.argsort(found.column("unit_id").to_numpy(), kind="stable"))


def extents(days: pa.Table) -> Iterator[Extent]:
    """From which day to which there are rows of each unit, by unit_id; days: as `UnitDays.table` has them."""
    if not days.num_rows:
        return
    units, rows = (days.column(name).to_numpy() for name in ("unit_id", "rows"))
    firsts = np.flatnonzero(np.diff(units, prepend=-1))
    lasts = np.append(firsts[1:], len(units)) - 1
    ends = (days.column("day").take(pa.array(at)).to_pylist() for at in (firsts, lasts))
    counts = np.add.reduceat(rows, firsts)
    for unit_id, first, last, count in zip(units[firsts].tolist(), *ends, counts.tolist(), strict=True):
        yield Extent(unit_id, first, last, count)


def _counted(rows: pa.Table, times: NDArray[np.int64] | None = None) -> pa.Table:
    """In any order of the units; times: for how many rows each stands; None: for one."""
    units = rows.column("unit_id").chunk(0).dictionary_encode()
    days = rows.column("day").chunk(0).cast(pa.int32()).to_numpy()
    first, last = int(days.min()), int(days.max())
    length = last - first + 1
    # In place, since to get memory takes longer than to count.
    at = units.indices.to_numpy().astype(np.int64)
    at *= length
    at += days
    at -= first
    if len(units.dictionary) * length > _SPARSE * len(at):
        places, at = np.unique(at, return_inverse=True)
        counts = np.bincount(at, times)
    else:
        counts = np.bincount(at, times)
        places = np.flatnonzero(counts)
        counts = counts[places]
    day = pa.array((first + places % length).astype(np.int32)).cast(pa.date32())
    unit = units.dictionary.take(pa.array(places // length))
    return pa.table([unit, day, pa.array(counts.astype(np.int64))], schema=_SCHEMA)
