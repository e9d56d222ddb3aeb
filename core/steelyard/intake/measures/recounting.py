"""Recounting: what measures are of several units and periods together, from their records as those of one.

Medians and numbers of different ones do not follow from those of each: their records have to be put together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import narwhals.stable.v2 as nw
import pyarrow as pa

from steelyard.errors import Text
from steelyard.intake.measures.census import Census, census_of
from steelyard.intake.measures.computing import Value, Wanted, compute, tallies_of
from steelyard.intake.measures.engine import Engine, Rows
from steelyard.intake.measures.parts import DAY, UNIT, TableParts, rows_in_force
from steelyard.intake.measures.pieces import Cut
from steelyard.intake.measures.spans import PERIOD, Feeds, Span
from steelyard.intake.measures.tallies import recipe
from steelyard.scheme.calendar import BUILT_IN, Period
from steelyard.scoring.outcome import Status

_WHOLE = "steelyard:whole"
_FIRST = date(2000, 1, 1)
_TOGETHER = Period("together", "together", Text("", ""), _FIRST, _FIRST + timedelta(days=1), _FIRST.year, 0)
"""The one period into which all are put; which day it is does not matter: nothing else is counted there."""
_CALENDAR = BUILT_IN["month"]

Member = tuple[int, Period]
"""A unit's id, and a period."""


@dataclass(frozen=True, slots=True)
class Portion:
    """The parts of a table that count for some members, by their numbers."""

    source: TableParts
    members: Collection[int]


@dataclass(frozen=True, slots=True)
class Recounted:
    """What a measure is of a whole. feeds: of a MISSING one how many members' feeds it takes to say that
    nothing is nothing; declared: how many of these are declared complete.
    """

    value: Value
    declared: int = 0
    feeds: int = 0


class _Together(Feeds):
    """Feeds of wholes: complete where those of all members are. No day may be in two of a unit's periods."""

    def __init__(self, feeds: Feeds, members: Sequence[Member], wholes: Sequence[Collection[int]]) -> None:
        super().__init__(())
        self._feeds, self._members, self._wholes = feeds, members, wholes

    def complete(self, unit_id: int, period: Period) -> bool:
        """Whether all records of a whole, by its number, are there."""
        return all(self._feeds.complete(*self._members[at]) for at in self._wholes[unit_id])

    def declared(self, whole: int) -> int:
        """Of how many of its members all records are there."""
        return sum(self._feeds.complete(*self._members[at]) for at in self._wholes[whole])


def recount(
    engine: Engine,
    portions: Mapping[str, Sequence[Portion]],
    wanted: Sequence[Wanted],
    members: Sequence[Member],
    wholes: Sequence[Collection[int]],
    feeds: Mapping[str, Feeds],
) -> Iterator[Recounted]:
    """Measure each whole, which is members by their numbers, as if it were one unit in one period.

    portions: by the name of a table in the pack, each member in one of them. feeds: what is declared complete
    of members' units. The unit of a value is the number of the whole. Each table is gone through once.
    """
    together = {name: _Together(each, members, wholes) for name, each in feeds.items()}
    census = _census(engine, portions, wanted, members, wholes)
    recipes = {each.measure.measure: recipe(each.measure) for each in wanted}
    for value in compute(census, [replace(each, calendars=(_CALENDAR,)) for each in wanted], together):
        if value.status is not Status.MISSING:
            yield Recounted(value)
            continue
        made = recipes[value.measure]
        lacking = made.top if made.bottom is None or value.denominator is None else made.bottom
        found = together.get(lacking.table)
        declared = 0 if found is None else found.declared(value.unit_id)
        yield Recounted(value, declared, len(wholes[value.unit_id]))


def _census(
    engine: Engine,
    portions: Mapping[str, Sequence[Portion]],
    wanted: Sequence[Wanted],
    members: Sequence[Member],
    wholes: Sequence[Collection[int]],
) -> Census:
    wholes_of: list[list[int]] = [[] for _ in members]
    for number, whole in enumerate(wholes):
        for at in whole:
            wholes_of[at].append(number)
    rows = {
        name: nw.concat(frames)
        for name, several in portions.items()
        if (frames := [*_frames(engine, several, members, wholes_of)])
    }
    sources = {name: several[0].source for name, several in portions.items() if several}
    asked = [(number, _TOGETHER.calendar, _TOGETHER.code) for number in range(len(wholes))]
    cut = Cut(Span(_TOGETHER.calendar, (_TOGETHER,)))
    return census_of(engine, sources, rows, tallies_of(wanted), (_CALENDAR,), [cut], asked)


def _frames(
    engine: Engine,
    portions: Sequence[Portion],
    members: Sequence[Member],
    wholes_of: Sequence[Sequence[int]],
) -> Iterator[Rows]:
    """The rows of portions that are of members, as often as these are in a whole, which is their unit."""
    for portion in portions:
        rows = rows_in_force(engine, portion.source)
        if rows is None:
            continue
        periods = list(dict.fromkeys(members[at][1] for at in portion.members))
        place = {period: position for position, period in enumerate(periods)}
        placed = [
            (members[at][0], place[members[at][1]], whole)
            for at in portion.members
            for whole in wholes_of[at]
        ]
        days = engine.table(Span(_TOGETHER.calendar, tuple(periods)).days())
        found = rows.join(days, on=DAY, how="inner")
        found = found.join(engine.table(_table(placed)), on=[UNIT, PERIOD], how="inner")
        moved = (nw.col(_WHOLE).alias(UNIT), nw.lit(_FIRST).alias(DAY))
        yield found.select(*portion.source.table.types, *moved)


def _table(placed: Sequence[tuple[int, int, int]]) -> pa.Table:
    columns = zip(*placed, strict=True) if placed else ((), (), ())
    arrays = (pa.array(each, pa.int64()) for each in columns)
    return pa.table(dict(zip((UNIT, PERIOD, _WHOLE), arrays, strict=True)))
