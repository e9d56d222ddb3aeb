"""From what was counted to values: which zero is a zero, what does not apply, what is missing.

* Nothing counted above (no row fulfils it) is 0 only where the feed of its table is declared complete for
  the unit and period, else MISSING.
* Nothing counted below a division is NOT_APPLICABLE where the feed below is complete, else MISSING; so are
  means and quantiles of nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from steelyard.intake.measures.counting import Counted, count, first_and_last
from steelyard.intake.measures.engine import Engine, Rows
from steelyard.intake.measures.parts import TableParts, rows_in_force
from steelyard.intake.measures.pieces import Cut, Place
from steelyard.intake.measures.spans import Cell, Feeds, Span, span, span_of
from steelyard.intake.measures.tallies import Of, Recipe, Tally, compile_tallies, recipe
from steelyard.records.measure import MeasureDefinition
from steelyard.scheme.calendar import Calendar, Period
from steelyard.scoring.outcome import Status


@dataclass(frozen=True, slots=True)
class Wanted:
    """A measure that is asked for, and with what its value is multiplied: 100 where it is read in percent."""

    measure: MeasureDefinition
    calendars: tuple[Calendar, ...]
    times: int = 1


@dataclass(frozen=True, slots=True)
class Value:
    """What a measure is for a unit in a period; `value` is None unless `status` is VALUE.

    numerator, denominator: of a share, mean or ratio, before it is multiplied. n: the records it is of.
    """

    unit_id: int
    period: Period
    measure: str
    status: Status
    value: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    n: int = 0


Days = tuple[date, date]
_NO_FEEDS = Feeds(())


def compute(
    engine: Engine,
    sources: Mapping[str, TableParts],
    wanted: Sequence[Wanted],
    feeds: Mapping[str, Feeds],
    cells: Collection[Cell] | None = None,
    also: Collection[Cell] = (),
) -> Iterator[Value]:
    """Compute measures of one pack from the tables that they read, by the name of the table in the pack.

    cells: the units and periods asked for; None: all that have rows, and those of `also`.
    """
    rows = {
        name: found for name, each in sources.items() if (found := rows_in_force(engine, each)) is not None
    }
    ends = (first_and_last(each) for each in rows.values() if cells is None)
    days = [each for each in ends if each is not None]
    recipes = [(each, recipe(each.measure)) for each in wanted]
    calendars = {calendar.code: calendar for each in wanted for calendar in each.calendars}
    cuts = cuts_of(calendars.values(), cells, also, days)
    tallies = [tally for _, made in recipes for tally in made.tallies]
    for calendar, cut, counted in zip(
        *(calendars.values(), cuts, _counted(engine, sources, rows, tallies, cuts)), strict=True
    ):
        of_calendar = [(each, made) for each, made in recipes if calendar in each.calendars]
        asked = places_of(cut.span, also if cells is None else cells)
        places = sorted(asked.union(*(each.places for each in counted.tables.values())))
        for each, made in of_calendar:
            for unit_id, at in places:
                yield _value(each, made, counted, feeds, unit_id, at, cut.span.periods[at])


@dataclass(frozen=True, slots=True)
class _Tables:
    """What was counted of all tables, and the number of each tally in its table's."""

    tables: dict[str, Counted]
    numbers: dict[str, int]

    def take(self, tally: Tally, place: Place) -> tuple[Fraction, int]:
        table = self.tables.get(tally.table)
        return (Fraction(0), 0) if table is None else table.take(self.numbers[tally.key], place)


def _counted(
    engine: Engine,
    sources: Mapping[str, TableParts],
    rows: Mapping[str, Rows],
    tallies: Sequence[Tally],
    cuts: Sequence[Cut],
) -> list[_Tables]:
    """What was counted for each of `cuts`."""
    by_table: dict[str, dict[str, Tally]] = defaultdict(dict)
    for tally in tallies:
        by_table[tally.table][tally.key] = tally
    numbers = {key: number for each in by_table.values() for number, key in enumerate(each)}
    tables = {
        name: count(engine, rows[name], compile_tallies(sources[name].table, list(each.values())), cuts)
        for name, each in by_table.items()
        if name in rows
    }
    return [_Tables({name: each[at] for name, each in tables.items()}, numbers) for at in range(len(cuts))]


def _value(
    wanted: Wanted,
    made: Recipe,
    counted: _Tables,
    feeds: Mapping[str, Feeds],
    unit_id: int,
    at: int,
    period: Period,
) -> Value:
    name, place = wanted.measure.measure, (unit_id, at)
    top, n = counted.take(made.top, place)
    top_complete = n > 0 or feeds.get(made.top.table, _NO_FEEDS).complete(unit_id, period)
    if made.bottom is None:
        if n == 0 and (not top_complete or made.top.of is Of.QUANTILE):
            status = Status.NOT_APPLICABLE if top_complete else Status.MISSING
            return Value(unit_id, period, name, status)
        return Value(unit_id, period, name, Status.VALUE, top * wanted.times, n=n)
    below, n_below = counted.take(made.bottom, place)
    if below == 0:
        complete = feeds.get(made.bottom.table, _NO_FEEDS).complete(unit_id, period)
        status = Status.NOT_APPLICABLE if complete or n_below else Status.MISSING
        return Value(unit_id, period, name, status, None, top, below, n_below)
    if not top_complete:
        return Value(unit_id, period, name, Status.MISSING)
    factor = made.times * wanted.times
    value = top / below if factor == 1 else top / below * factor
    return Value(unit_id, period, name, Status.VALUE, value, top, below, n_below)


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
