"""A census: all that is to be counted of the tables of a pack, for its measures and its checks together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from steelyard.intake.measures.counting import Counted, Taken, count, first_and_last
from steelyard.intake.measures.engine import Engine, Rows
from steelyard.intake.measures.parts import TableParts, rows_in_force
from steelyard.intake.measures.pieces import Cut, Place
from steelyard.intake.measures.spans import Cell, Span, span, span_of
from steelyard.intake.measures.tallies import Tally, compile_tallies
from steelyard.scheme.calendar import Calendar

_NOTHING = Fraction(0), 0


@dataclass(frozen=True)
class Census:
    """What was counted, by table and calendar: what adds up in one pass of a table's rows.

    sources: the tables by their names in the pack. cuts: the periods of each of the calendars. asked: the
    units and periods that are told of whether they have rows or not. counted: of the tables that have rows.
    """

    sources: Mapping[str, TableParts]
    calendars: Sequence[Calendar]
    cuts: Sequence[Cut]
    asked: Collection[Cell]
    tallies: Mapping[str, Mapping[str, int]]
    counted: Mapping[str, Sequence[Counted]]

    def take(self, tally: Tally, calendar: int, place: Place) -> Taken:
        """Of a tally the exact value in the calendar of this number, and how many records it is of."""
        found = self.counted.get(tally.table)
        if found is None:
            return _NOTHING
        return found[calendar].take(self.tallies[tally.table][tally.key], place)

    def records(self, tally: Tally) -> list[dict[Place, int]]:
        """How many records a tally is of, by calendar, wherever there are rows of its table."""
        number = self.tallies[tally.table][tally.key]
        return [each.records(number) for each in self.counted[tally.table]]

    def places(self, calendar: int) -> set[Place]:
        """The units and periods of a calendar that are asked for or have rows of any table."""
        found = places_of(self.cuts[calendar].span, self.asked)
        return found.union(*(each[calendar].places for each in self.counted.values()))


def take_census(
    engine: Engine,
    sources: Mapping[str, TableParts],
    tallies: Iterable[Tally],
    calendars: Sequence[Calendar],
    cells: Collection[Cell] | None = None,
    also: Collection[Cell] = (),
) -> Census:
    """Count tallies of one pack's tables, which `sources` has by their names in the pack.

    cells: the units and periods asked for; None: all that have rows, and those of `also`.
    """
    rows, cuts = rows_and_cuts(engine, sources, calendars, cells, also)
    return census_of(engine, sources, rows, tallies, calendars, cuts, also if cells is None else cells)


def rows_and_cuts(
    engine: Engine,
    sources: Mapping[str, TableParts],
    calendars: Sequence[Calendar],
    cells: Collection[Cell] | None,
    also: Collection[Cell],
) -> tuple[Mapping[str, Rows], Sequence[Cut]]:
    """What a census is of: the rows that count, by table, and the periods; the rest as in `take_census`."""
    rows = {
        name: found for name, each in sources.items() if (found := rows_in_force(engine, each)) is not None
    }
    ends = (first_and_last(each) for each in rows.values() if cells is None)
    return rows, cuts_of(calendars, cells, also, [each for each in ends if each is not None])


def census_of(
    engine: Engine,
    sources: Mapping[str, TableParts],
    rows: Mapping[str, Rows],
    tallies: Iterable[Tally],
    calendars: Sequence[Calendar],
    cuts: Sequence[Cut],
    asked: Collection[Cell],
) -> Census:
    """Count tallies of rows that are there already, each of a table of `sources`; the rest as in `Census`."""
    of_tables: dict[str, dict[str, Tally]] = defaultdict(dict)
    for tally in tallies:
        of_tables[tally.table][tally.key] = tally
    counted = {
        name: count(engine, rows[name], compile_tallies(sources[name].table, list(each.values())), cuts)
        for name, each in of_tables.items()
        if name in rows
    }
    numbers = {name: {key: number for number, key in enumerate(each)} for name, each in of_tables.items()}
    return Census(sources, calendars, cuts, asked, numbers, counted)


Days = tuple[date, date]


def cuts_of(
    calendars: Iterable[Calendar],
    cells: Collection[Cell] | None,
    also: Collection[Cell],
    days: Sequence[Days],
) -> list[Cut]:
    """The units and periods that are asked for; with `cells` None all between the first and last of `days`.

    The periods of `also` are there too, whatever has rows.
    """
    if cells is not None:
        spans = [_span(calendar, cells, ()) for calendar in calendars]
        return [Cut(each, places_of(each, cells)) for each in spans]
    return [Cut(_span(calendar, also, days)) for calendar in calendars]


def _span(calendar: Calendar, cells: Collection[Cell], days: Sequence[Days]) -> Span:
    periods = set(span_of(calendar, (code for _, name, code in cells if name == calendar.code)).periods)
    if days:
        first, last = min(first for first, _ in days), max(last for _, last in days)
        periods |= set(span(calendar, first, last).periods)
    return Span(calendar.code, tuple(sorted(periods, key=lambda each: each.order)))


def places_of(cut: Span, cells: Collection[Cell]) -> set[Place]:
    """Where cells of the span's calendar stand in it."""
    at = {period.code: position for position, period in enumerate(cut.periods)}
    return {
        (unit_id, at[code]) for unit_id, calendar, code in cells if calendar == cut.calendar and code in at
    }
