"""Running the group-bys: what adds up in one pass for all calendars, the rest in one pass for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

import narwhals.stable.v2 as nw
import pyarrow as pa

from steelyard.intake.measures.engine import Engine, Rows
from steelyard.intake.measures.parts import DAY, UNIT
from steelyard.intake.measures.pieces import PIECE, Cut, Pieces, Place
from steelyard.intake.measures.spans import PERIOD, Span
from steelyard.intake.measures.tallies import ROWS, Compiled, Of, Tallied

Numbers = dict[Place, Sequence[Any]]
"""What was counted, by unit and period (or piece), each thing in its column."""


_FEW_UNITS = 1_000
"""So many can be listed in a statement."""
Taken = tuple[Fraction, int]
"""A value, and how many records it is of."""


@dataclass(frozen=True)
class Counted:
    """What was counted, by unit and period; a unit and period without rows counts nothing."""

    compiled: Compiled
    added: Numbers
    others: Numbers

    @property
    def places(self) -> Collection[Place]:
        """Where there are rows."""
        return self.added.keys()

    def records(self, number: int) -> dict[Place, int]:
        """How many records tally `number` is of, where there are rows."""
        tallied, found = self._where[number]
        column = tallied.numbers[number]
        return {place: int(row[column]) for place, row in found.items()}

    def take(self, number: int, place: Place) -> Taken:
        """Of tally `number` the exact value, in the unit of its column, and how many records it is of."""
        tallied, found = self._where[number]
        row = found.get(place)
        if row is None:
            return Fraction(0), 0
        of, n = self.compiled.tallies[number].of, int(row[tallied.numbers[number]])
        if of is Of.COUNT:
            return Fraction(n), n
        value = row[tallied.values[number]]
        if of is Of.DISTINCT:
            # Empty cells count as one more value.
            return Fraction(int(value) - (n < row[tallied.rows])), n
        return (self._exact(number, value) if n else Fraction(0)), n

    @cached_property
    def _where(self) -> list[tuple[Tallied, Numbers]]:
        """By tally with which others it was counted, and what came out."""
        added, others = (self.compiled.added, self.added), (self.compiled.others, self.others)
        return [added if tally.of.adds_up else others for tally in self.compiled.tallies]

    def _exact(self, number: int, value: int | float | Decimal) -> Fraction:
        step = self.compiled.steps[number]
        if self.compiled.tallies[number].of is Of.QUANTILE:
            # What lies between two values of a grid lies on a finer one; the float is off by far less.
            grid = self.compiled.grids[number]
            return Fraction(round(Fraction(value) * grid), grid) * step
        return Fraction(value) if step == 1 else Fraction(value) * step


def count(engine: Engine, rows: Rows, compiled: Compiled, cuts: Sequence[Cut]) -> list[Counted]:
    """Count the tallies of a table's rows, for each of `cuts`."""
    pieces = Pieces(cuts)
    by_piece = _by_piece(engine, rows, compiled.added, pieces)
    return [
        Counted(compiled, _summed(by_piece, pieces, cut), _by_period(engine, rows, compiled.others, cut))
        for cut in cuts
    ]


def _by_piece(engine: Engine, rows: Rows, tallied: Tallied, pieces: Pieces) -> Numbers:
    frame = rows.join(engine.table(pieces.days()), on=DAY, how="inner")
    places = pieces.places()
    if places is not None:
        frame = _asked(engine, frame, PIECE, places, len(pieces.used))
    return _grouped(frame, PIECE, tallied)


def _by_period(engine: Engine, rows: Rows, tallied: Tallied, cut: Cut) -> Numbers:
    if not tallied.values:
        return {}
    return _grouped(in_periods(engine, rows.filter(tallied.any), cut.span, cut.places), PERIOD, tallied)


def _grouped(rows: Rows, by: str, tallied: Tallied) -> Numbers:
    made = rows.select(UNIT, by, *tallied.columns)
    counted = made.group_by(UNIT, by).agg(nw.len().alias(ROWS), *tallied.aggregates)
    columns = counted.collect(backend="pyarrow").to_dict(as_series=False)
    names = [name for name in columns if name not in (UNIT, by)]
    values = zip(*(columns[name] for name in names), strict=True)
    return dict(zip(zip(columns[UNIT], columns[by], strict=True), values, strict=True))


def _summed(by_piece: Numbers, pieces: Pieces, cut: Cut) -> Numbers:
    """What was counted by pieces, by period."""
    periods_of = defaultdict[int, list[int]](list)
    for at, period in enumerate(cut.span.periods):
        for piece in pieces.of(period):
            periods_of[piece].append(at)
    together = defaultdict[Place, list[Sequence[Any]]](list)
    for (unit_id, piece), numbers in by_piece.items():
        for at in periods_of[piece]:
            together[unit_id, at].append(numbers)
    asked = together if cut.places is None else together.keys() & set(cut.places)
    return {place: _sum(together[place]) for place in asked}


def _sum(rows: Sequence[Sequence[Any]]) -> Sequence[Any]:
    """The sums of columns; of no values there is none."""
    if len(rows) == 1:
        return rows[0]
    return [sum(each for each in column if each is not None) for column in zip(*rows, strict=True)]


def in_periods(engine: Engine, rows: Rows, span: Span, places: Collection[Place] | None = None) -> Rows:
    """The rows with their period's position as `PERIOD`; a row of several periods is there several times."""
    frame = rows.join(engine.table(span.days()), on=DAY, how="inner")
    return frame if places is None else _asked(engine, frame, PERIOD, places, len(span.periods))


def _asked(engine: Engine, rows: Rows, by: str, places: Collection[Place], every: int) -> Rows:
    """The rows at some places; every: in how many periods, or pieces, there are rows at all."""
    units = {unit_id for unit_id, _ in places}
    if 0 < len(units) <= _FEW_UNITS and len(set(places)) == len(units) * every:
        # Each of the units in all of them: then to look at units is enough, and far less work.
        return rows.filter(nw.col(UNIT).is_in(sorted(units)))
    ids, at = zip(*sorted(places), strict=True) if places else ((), ())
    asked = pa.table({UNIT: pa.array(ids, pa.int64()), by: pa.array(at, pa.int64())})
    return rows.join(engine.table(asked), on=[UNIT, by], how="semi")


def first_and_last(rows: Rows) -> tuple[date, date] | None:
    """The first and the last day of rows; None where there are none."""
    days = rows.select(nw.col(DAY).min().alias("first"), nw.col(DAY).max().alias("last"))
    [(first, last)] = days.collect(backend="pyarrow").rows()
    return None if first is None else (first, last)
