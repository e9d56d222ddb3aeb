"""Rows with the key of an earlier row: found exactly, in memory that does not grow with the file.

While rows stream past, a Bloom filter over hashes of their keys tells those that may have been there before;
these wait in a file of their own. At the end the few are compared exactly with all.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from steelyard.intake.validation.hashing import Hashes, hashed
from steelyard.intake.validation.part import PartWriter
from steelyard.intake.validation.plain import quoted

_PLACE_BITS = 23
_MARKS = 4
_AT_ONCE = 16_384
"""Rows of which all that is made fits into a processor's cache."""
_MIX = np.uint64(0x9E3779B97F4A7C15)
TEXT = "text:"
"""What the names of the original cells' columns begin with in the file of those that wait."""


class SeenKeys:
    """Which keys may have been seen: never a wrong no, seldom a wrong yes."""

    def __init__(self, key: tuple[str, ...]) -> None:
        self._key = key
        self._words = np.zeros(2**_PLACE_BITS, dtype=np.uint64)

    def add(self, rows: pa.Table) -> NDArray[np.bool_]:
        """Mark the rows (n,) whose keys may have been there before, in earlier rows or among these."""
        pieces = [rows.slice(at, _AT_ONCE) for at in range(0, max(rows.num_rows, 1), _AT_ONCE)]
        return np.concatenate([self._add(hashed(piece, self._key)) for piece in pieces])

    def _add(self, hashes: Hashes) -> NDArray[np.bool_]:
        ordered = np.sort(hashes)  # so that memory is visited in order, which is several times as fast
        place, marks = ordered >> np.uint64(64 - _PLACE_BITS), _marks(ordered)
        before = (self._words[place] & marks) == marks
        self._set(place, marks)
        if not before.any() and not np.any(ordered[1:] == ordered[:-1]):
            return np.zeros(len(hashes), dtype=np.bool_)
        again = np.ones(len(hashes), dtype=np.bool_)
        again[np.unique(hashes, return_index=True)[1]] = False
        return again | np.isin(hashes, ordered[before])

    def _set(self, place: NDArray[np.uint64], marks: NDArray[np.uint64]) -> None:
        """Set the marks at places in ascending order; those of one place are put together first."""
        if len(place):
            firsts = np.flatnonzero(np.concatenate(([True], place[1:] != place[:-1])))
            self._words[place[firsts]] |= np.bitwise_or.reduceat(marks, firsts)


def _marks(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A few of the 64 bits of a word for each hash; mixed anew, because its first bits choose the word."""
    mixed = hashes * _MIX
    marks = np.zeros_like(hashes)
    for turn in range(_MARKS):
        marks |= np.uint64(1) << ((mixed >> np.uint64(6 * turn + 16)) & np.uint64(63))
    return marks


class Waiting:
    """Rows that may be duplicates: with their original cells in a file until all rows are known."""

    def __init__(self, folder: Path, schema: pa.Schema, cells: int) -> None:
        self.path = folder / "waiting.parquet"
        self.schema = schema
        self._cells = [f"{TEXT}{at}" for at in range(cells)]
        self._writer: PartWriter | None = None

    def add(self, rows: pa.Table, texts: pa.Table) -> None:
        """Keep rows of the part's schema; texts: their original cells c0, c1, …"""
        if self._writer is None:
            fields = [*self.schema, *(pa.field(name, pa.string()) for name in self._cells)]
            self._writer = PartWriter(self.path, pa.schema(fields))
        for at, name in enumerate(self._cells):
            rows = rows.append_column(name, texts.column(f"c{at}"))
        self._writer.write(rows)

    def close(self) -> bool:
        """Close the file; tells whether there is any."""
        if self._writer is not None:
            self._writer.close()
        return self._writer is not None


def duplicates_query(waiting: Path, part: Path, key: tuple[str, ...]) -> str:
    """The waiting rows, each with `first_row`: the first row of its key, maybe itself."""
    keys = ", ".join(map(quoted, key))
    waiting_, part_ = (f"read_parquet({_literal(path)})" for path in (waiting, part))
    every = ["SELECT", keys, ", row FROM", part_, "UNION ALL SELECT", keys, ", row FROM", waiting_]
    asked = ["(SELECT DISTINCT", keys, "FROM", waiting_, ")"]
    first = [
        "SELECT",
        keys,
        ", min(row) AS first_row FROM (",
        *every,
        ") SEMI JOIN",
        *asked,
        "USING (",
        keys,
        ")",
    ]
    together = ["SELECT * FROM", waiting_, "JOIN (", *first, "GROUP BY", keys, ") USING (", keys, ")"]
    return " ".join([*together, "ORDER BY row"])


def extents_query(part: Path) -> str:
    """unit_id, first day, last day and rows of each unit."""
    counted = "SELECT unit_id, min(day), max(day), count(*) FROM"
    return " ".join([counted, f"read_parquet({_literal(part)})", "GROUP BY unit_id ORDER BY unit_id"])


def _literal(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
