"""Rows with the key of an earlier row: found exactly, in memory that does not grow with the file.

While rows stream past whose keys do not rise, a Bloom filter over hashes of their keys tells those that may
have been there before; these wait in a file of their own. At the end the few are compared exactly with all.
The filter of a small file is small: to get memory takes longer than to use it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from steelyard.intake.validation.hashing import Hashes, hashed
from steelyard.intake.validation.part import PartWriter
from steelyard.intake.validation.plain import quoted
from steelyard.intake.validation.rising import RisingKeys

_PLACE_BITS = (17, 20, 22)
"""A filter has two to the power of this many places, one for each key that it is meant for.

Once it is full, a larger one takes its place; only the largest is filled further.
"""
_PATTERN_BITS = 12
_MARKS = 4
"""Bits that are set in a pattern. A key has two patterns: in each of the two words at its place one."""
_AT_ONCE = 16_384
"""Rows of which all that is made fits into a processor's cache."""
_MIX = np.uint64(0x9E3779B97F4A7C15)
Marks = tuple[Hashes, Hashes]
"""Of each key what is set in the two words at its place."""
TEXT = "text:"
"""What the names of the original cells' columns begin with in the file of those that wait."""


class SeenKeys:
    """Which keys may have been seen: never a wrong no, seldom a wrong yes."""

    def __init__(self, key: tuple[str, ...]) -> None:
        self._key = key
        self._rising = RisingKeys(key)
        self._filter = _Filter(_PLACE_BITS[0])
        self._larger = list(_PLACE_BITS[1:])
        self._told: list[Hashes] = []

    def add(self, rows: pa.Table) -> NDArray[np.bool_]:
        """Mark the rows (n,) whose keys may have been there before, in earlier rows or among these."""
        if self._rising.go_on(rows):
            return np.zeros(rows.num_rows, dtype=np.bool_)
        for earlier in self._rising.forget():
            self._look(earlier)
        return self._look(rows)

    def _look(self, rows: pa.Table) -> NDArray[np.bool_]:
        pieces = [rows.slice(at, _AT_ONCE) for at in range(0, max(rows.num_rows, 1), _AT_ONCE)]
        return np.concatenate([self._add(hashed(piece, self._key)) for piece in pieces])

    def _add(self, hashes: Hashes) -> NDArray[np.bool_]:
        ordered = np.sort(hashes)  # so that memory is visited in order, which is several times as fast
        marks = _marks(ordered)
        before = self._filter.has(ordered, marks)
        self._keep(ordered, marks)
        if not before.any() and not np.any(ordered[1:] == ordered[:-1]):
            return np.zeros(len(hashes), dtype=np.bool_)
        again = np.ones(len(hashes), dtype=np.bool_)
        again[np.unique(hashes, return_index=True)[1]] = False
        return again | np.isin(hashes, ordered[before])

    def _keep(self, ordered: Hashes, marks: Marks) -> None:
        self._filter.add(ordered, marks)
        if not self._larger:
            return
        self._told.append(ordered)
        if self._filter.is_full:
            self._filter = _Filter(self._larger.pop(0))
            for each in self._told:
                self._filter.add(each, _marks(each))
            self._told = self._told if self._larger else []


class _Filter:
    """A Bloom filter: all marks of a key are at one place, which the first bits of its hash choose."""

    def __init__(self, place_bits: int) -> None:
        self._words = [np.zeros(2**place_bits, dtype=np.uint64) for _ in range(2)]
        self._shift = np.uint64(64 - place_bits)
        self._keys = 0

    @property
    def is_full(self) -> bool:
        """Whether it has a key for each of its places."""
        return self._keys >= len(self._words[0])

    def has(self, hashes: Hashes, marks: Marks) -> NDArray[np.bool_]:
        """Whether all marks are set (n,)."""
        place = self._places(hashes)
        first, second = (
            (words.take(place) & mark) == mark for words, mark in zip(self._words, marks, strict=True)
        )
        both: NDArray[np.bool_] = first & second
        return both

    def add(self, hashes: Hashes, marks: Marks) -> None:
        """Set the marks of hashes in ascending order; those of one place are put together first."""
        if not len(hashes):
            return
        every = self._places(hashes)
        firsts = np.flatnonzero(np.concatenate(([True], every[1:] != every[:-1])))
        place = every.take(firsts)
        for words, mark in zip(self._words, marks, strict=True):
            words[place] = words.take(place) | np.bitwise_or.reduceat(mark, firsts)
        self._keys += len(hashes)

    def _places(self, hashes: Hashes) -> NDArray[np.int64]:
        # By numbers with a sign several times as many are found in the same time.
        return (hashes >> self._shift).view(np.int64)


def _marks(hashes: Hashes) -> Marks:
    """The two patterns of each hash; mixed anew, because its first bits choose the place."""
    mixed = ((hashes * _MIX) >> np.uint64(64 - 2 * _PATTERN_BITS)).view(np.int64)
    return _PATTERNS.take(mixed >> _PATTERN_BITS), _PATTERNS.take(mixed & (len(_PATTERNS) - 1))


def _patterns() -> Hashes:
    """Patterns of a few bits each, as random as the bits of a product are."""
    mixed = np.arange(1, 2**_PATTERN_BITS + 1, dtype=np.uint64) * _MIX
    found = np.zeros_like(mixed)
    for turn in range(_MARKS):
        found |= np.uint64(1) << ((mixed >> np.uint64(6 * turn + 16)) & np.uint64(63))
    return found


_PATTERNS = _patterns()


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


def _literal(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
