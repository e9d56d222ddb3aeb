"""Made-up records: what generators of all packs share, so that each says only what its own rows are like.

Everything is drawn for a block of rows at once, from a random generator of the block's own: the same request
gives the same bytes, however many rows are asked for, block by block.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from steelyard.packs.generator import GeneratorRequest

if TYPE_CHECKING:
    from pyarrow import RecordBatch

__all__ = [
    "BLOCK",
    "Block",
    "Cells",
    "Faults",
    "amount",
    "choice",
    "code",
    "flag",
    "later",
    "made_up",
    "text",
]

BLOCK = 1 << 16
"""Rows of one batch."""

Cells = Any
"""A pyarrow array of text, one cell a row."""


@dataclass(frozen=True)
class Faults:
    """Where rows may be faulty: every kind is as likely as another, and has one cell of a row.

    empty: columns that are required. choice, moment, number: columns of which a value is made unreadable.
    unit: the unit's column, which names a unit that there is not. key: the column of a number that is unique,
    which occurs twice.
    """

    empty: tuple[str, ...]
    unit: str
    key: str
    choice: str | None = None
    moment: str | None = None
    number: str | None = None

    @cached_property
    def kinds(self) -> tuple[tuple[str, str | None], ...]:
        """Columns and the text in them: None is an empty cell."""
        bad = {self.choice: "??", self.moment: "2025-02-30", self.number: "N/A?", self.unit: "UNKNOWN"}
        return (
            *((column, None) for column in self.empty),
            *((column, word) for column, word in bad.items() if column is not None),
        )


class Block:
    """One block of rows that is being made up.

    rng: its random generator. rows: how many rows. number: the ordinal of each row among all, from 0.
    unit: the index of each row's unit. quality: how well that unit works, 0 (badly) to 1; it goes by the
    unit's code alone, so that all tables of a pack agree. day: the day of each row, ascending.
    odd: rows that are readable, but not believable (none unless faults are asked for).
    """

    def __init__(self, request: GeneratorRequest, first: int) -> None:
        """Draw units and days."""
        self.request = request
        self.rng = np.random.default_rng([request.seed, first])
        self.rows = min(BLOCK, request.rows - first)
        self.number = np.arange(first, first + self.rows)
        self.unit = _drawn(self.rng, _sizes(request.units), self.rows)
        self.quality = _qualities(request.units)[self.unit]
        start = np.datetime64(request.start, "D")
        days = np.arange(start, np.datetime64(request.end, "D"))
        self.day = start + np.sort(_drawn(self.rng, _season(days), self.rows)).astype("timedelta64[D]")
        self.odd = self.chance(request.faults / 2)

    def chance(self, share: NDArray[np.float64] | float) -> NDArray[np.bool_]:
        """True in about this share of the rows."""
        return self.rng.random(self.rows) < share

    def moment(self, opens: float, closes: float) -> NDArray[np.datetime64]:
        """A moment of each row's day between two hours, mostly around the middle."""
        hours = opens + (closes - opens) * self.rng.beta(2, 2, self.rows)
        return later(self.day, hours)

    def mark(self, mean: NDArray[np.float64] | float, best: int, spread: float = 1.0) -> NDArray[np.int64]:
        """A mark from 1 to `best` around a mean."""
        marks = np.rint(mean + spread * self.rng.standard_normal(self.rows))
        return np.clip(marks, 1, best).astype(np.int64)

    def one_of(self, weights: tuple[float, ...]) -> NDArray[np.int64]:
        """The index of one of several, drawn by weight."""
        return _drawn(self.rng, np.asarray(weights), self.rows)

    def units(self) -> Cells:
        """The unit codes."""
        return choice(self.unit, self.request.units)


def later(moment: NDArray[Any], hours: NDArray[np.float64]) -> NDArray[np.datetime64]:
    """Moments so many hours later, to the second."""
    reached: NDArray[np.datetime64] = moment.astype("datetime64[s]") + (hours * 3_600).astype(
        "timedelta64[s]"
    )
    return reached


def choice(index: NDArray[np.int64], words: tuple[str, ...], known: NDArray[np.bool_] | None = None) -> Cells:
    """Words by index; an empty cell where it is not known."""
    import pyarrow

    empty = None if known is None else ~known
    found = pyarrow.DictionaryArray.from_arrays(pyarrow.array(index, mask=empty), list(words))
    return found.cast(pyarrow.string())


def flag(values: NDArray[np.bool_], known: NDArray[np.bool_] | None = None) -> Cells:
    """`true` and `false`."""
    return choice(values.astype(np.int64), ("false", "true"), known)


def text(values: NDArray[Any], known: NDArray[np.bool_] | None = None) -> Cells:
    """Whole numbers, days and moments as text; an empty cell where it is not known."""
    import pyarrow

    cells = pyarrow.array(values, mask=None if known is None else ~known)
    return cells.cast(pyarrow.string())


def amount(values: NDArray[np.float64], known: NDArray[np.bool_] | None = None) -> Cells:
    """Amounts of money with two digits after the point."""
    import pyarrow
    from pyarrow import compute

    cents = np.rint(values * 100).astype(np.int64)
    whole, rest = text(cents // 100), compute.utf8_lpad(text(cents % 100), 2, "0")
    cells = compute.binary_join_element_wise(whole, rest, ".")
    return cells if known is None else compute.if_else(known, cells, pyarrow.scalar(None, pyarrow.string()))


def code(letters: str, number: NDArray[np.int64], width: int = 8) -> Cells:
    """Codes such as `RO00000001`."""
    from pyarrow import compute

    return compute.binary_join_element_wise(letters, compute.utf8_lpad(text(number), width, "0"), "")


def made_up(
    request: GeneratorRequest, columns: Callable[[Block], Mapping[str, Cells]], faults: Faults
) -> Iterator[RecordBatch]:
    """Batches of all rows that are asked for; ValueError without units or days."""
    if not request.units or request.start >= request.end:
        raise ValueError("made-up records need a unit and a day")
    import pyarrow

    for first in range(0, request.rows, BLOCK):
        block = Block(request, first)
        cells = dict(columns(block))
        if request.faults:
            _spoil(block, cells, faults)
        yield pyarrow.RecordBatch.from_pydict(cells)


def _spoil(block: Block, cells: dict[str, Cells], faults: Faults) -> None:
    import pyarrow
    from pyarrow import compute

    spoilt = block.chance(block.request.faults)
    kind = block.rng.integers(0, len(faults.kinds) + 1, block.rows)
    for index, (column, word) in enumerate(faults.kinds):
        bad = pyarrow.scalar(word, pyarrow.string())
        cells[column] = compute.if_else(spoilt & (kind == index), bad, cells[column])
    # The row before it lends its number, and its unit: the key of both is the same.
    twice = spoilt & (kind == len(faults.kinds)) & (np.arange(block.rows) > 0)
    before = np.maximum(np.arange(block.rows) - 1, 0)
    for column in {faults.key, faults.unit}:
        cells[column] = compute.if_else(twice, cells[column].take(before), cells[column])


def _drawn(rng: np.random.Generator, weights: NDArray[np.float64], rows: int) -> NDArray[np.int64]:
    steps = np.cumsum(weights / weights.sum())
    return np.minimum(np.searchsorted(steps, rng.random(rows)), len(steps) - 1)


def _qualities(units: tuple[str, ...]) -> NDArray[np.float64]:
    return np.array([crc32(unit.encode()) % 1_000 / 999 for unit in units])


def _sizes(units: tuple[str, ...]) -> NDArray[np.float64]:
    return np.array([0.5 + crc32(unit.encode()[::-1]) % 1_000 / 999 for unit in units])


def _season(days: NDArray[np.datetime64]) -> NDArray[np.float64]:
    """More before the spring festival and in autumn, little on Sundays; a weight for each day."""
    of_year = (days - days.astype("datetime64[Y]")).astype(np.int64)
    weekday = (days.astype(np.int64) + 3) % 7
    wave = (
        1 + 0.15 * np.cos(2 * np.pi * (of_year - 15) / 365) + 0.1 * np.cos(4 * np.pi * (of_year - 100) / 365)
    )
    return np.asarray(wave * np.where(weekday == 6, 0.6, 1.0))
