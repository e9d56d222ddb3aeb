"""From what was counted to values: which zero is a zero, what does not apply, what is missing.

* Nothing counted above (no row fulfils it) is 0 only where the feed of its table is declared complete for
  the unit and period, else MISSING.
* Nothing counted below a division is NOT_APPLICABLE where the feed below is complete, else MISSING; so are
  means and quantiles of nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from steelyard.intake.measures.census import Census
from steelyard.intake.measures.counting import Taken
from steelyard.intake.measures.spans import Feeds
from steelyard.intake.measures.tallies import Of, Recipe, Tally, recipe
from steelyard.records.measure import MeasureDefinition
from steelyard.scheme.calendar import Calendar, Period
from steelyard.scoring.outcome import Status


@dataclass(frozen=True, slots=True)
class Wanted:
    """A measure that is asked for, and with what its value is multiplied: 100 where it is read in percent."""

    measure: MeasureDefinition
    calendars: tuple[Calendar, ...]
    times: int = 1


class Value(NamedTuple):
    """What a measure is for a unit in a period; `value` is None unless `status` is VALUE.

    numerator, denominator: of a share, mean or ratio, before it is multiplied. n: the records it is of.
    squares: of a mean, the sum of the squares of what it is of; None where a value is too large for that.
    """

    unit_id: int
    period: Period
    measure: str
    status: Status
    value: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    n: int = 0
    squares: Fraction | None = None


_NO_FEEDS = Feeds(())


def calendars_of(wanted: Iterable[Wanted]) -> tuple[Calendar, ...]:
    """The calendars in which measures are asked for."""
    found = {calendar.code: calendar for each in wanted for calendar in each.calendars}
    return tuple(found.values())


def tallies_of(wanted: Iterable[Wanted]) -> list[Tally]:
    """What is to be counted for measures."""
    return [tally for each in wanted for tally in recipe(each.measure).tallies]


def compute(census: Census, wanted: Sequence[Wanted], feeds: Mapping[str, Feeds]) -> Iterator[Value]:
    """Compute measures from what was counted: their tallies, in their calendars.

    feeds: what was declared complete, by the name of the table in the pack.
    """
    recipes = [(each, recipe(each.measure)) for each in wanted]
    for number, (calendar, cut) in enumerate(zip(census.calendars, census.cuts, strict=True)):
        of_calendar = [(each, made) for each, made in recipes if calendar in each.calendars]
        places = sorted(census.places(number))
        for each, made in of_calendar:
            for unit_id, at in places:
                place = unit_id, at
                counted = _Counted(
                    census.take(made.top, number, place),
                    None if made.bottom is None else census.take(made.bottom, number, place),
                    None if made.squares is None else census.take(made.squares, number, place),
                )
                yield _value(each, made, counted, feeds, unit_id, cut.span.periods[at])


class _Counted(NamedTuple):
    """What was counted of the tallies of a recipe."""

    top: Taken
    bottom: Taken | None
    squares: Taken | None


def _value(
    wanted: Wanted,
    made: Recipe,
    counted: _Counted,
    feeds: Mapping[str, Feeds],
    unit_id: int,
    period: Period,
) -> Value:
    name = wanted.measure.measure
    top, n = counted.top
    top_complete = n > 0 or feeds.get(made.top.table, _NO_FEEDS).complete(unit_id, period)
    if made.bottom is None or counted.bottom is None:
        if n == 0 and (not top_complete or made.top.of is Of.QUANTILE):
            status = Status.NOT_APPLICABLE if top_complete else Status.MISSING
            return Value(unit_id, period, name, status)
        value = top if wanted.times == 1 else top * wanted.times
        return Value(unit_id, period, name, Status.VALUE, value, n=n)
    bottom, n_below = counted.bottom
    if bottom == 0:
        complete = feeds.get(made.bottom.table, _NO_FEEDS).complete(unit_id, period)
        status = Status.NOT_APPLICABLE if complete or n_below else Status.MISSING
        return Value(unit_id, period, name, status, None, top, bottom, n_below)
    if not top_complete:
        return Value(unit_id, period, name, Status.MISSING)
    times = made.times.numerator * wanted.times, made.times.denominator
    # Put together before it is reduced, which takes far longer than all else.
    above, under = top.numerator * bottom.denominator, top.denominator * bottom.numerator
    value = Fraction(above * times[0], under * times[1])
    squares = None if counted.squares is None or counted.squares[1] < n_below else counted.squares[0]
    return Value(unit_id, period, name, Status.VALUE, value, top, bottom, n_below, squares)
