"""Spans: of which periods of which of the scheme's calendars a period is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from steelyard.errors import NotFound, Problem
from steelyard.intake.measures.spans import span
from steelyard.scheme.calendar import BUILT_IN, Calendar, Period, find_period
from steelyard.services.cube import Cube
from steelyard.services.rollups.problems import ROLL_UP_OF_NOTHING
from steelyard.services.trends import calendar_of
from steelyard.store.periods import PeriodRecord


@dataclass(frozen=True, slots=True)
class Span:
    """A period, and the periods of `calendar` that lie within it, the oldest first.

    They are the period itself where it is one of that calendar. crossing: those that lie within it in part
    only, which do not count. record: of the period, where it is on record.
    """

    target: Period
    calendar: Calendar
    periods: tuple[Period, ...]
    crossing: tuple[Period, ...] = ()
    record: PeriodRecord | None = None

    @property
    def is_rolled(self) -> bool:
        """Whether the period is made of others."""
        return self.calendar.code != self.target.calendar

    @property
    def overlaps(self) -> bool:
        """Whether a day is in two of the periods."""
        return any(after.start < before.end for before, after in pairwise(self.periods))


def find_span(known: Cube, period: str, calendar: str | None = None) -> Span:
    """What a period is made of: itself if it is one of the scheme's, unless another calendar is named.

    Without `calendar` the first of the scheme's calendars that has periods within it. Raises NotFound for a
    period that there is not or of which nothing is on record (as `Cube.period` does), CALENDAR_NOT_NAMED, and
    ROLL_UP_OF_NOTHING where no period lies within it.
    """
    named = None if calendar is None else calendar_of(known, calendar)
    target = find_period(period, known.calendars) or find_period(period, BUILT_IN.values())
    if target is None or (named is None and _is_own(known, target)) or _is_of(named, target):
        record = known.period(period)
        own = calendar_of(known, record.calendar)
        found = own.period(record.code)
        return Span(found, own, (found,), record=record)
    return _made_of(known, target, known.calendars if named is None else (named,))


def before(known: Cube, last: Span, length: int) -> tuple[Span, ...]:
    """As many spans made alike as asked for, up to `last` without a break, the oldest first."""
    calendars = {**BUILT_IN, **{each.code: each for each in known.calendars}}
    of_target, spans = calendars[last.target.calendar], [last]
    while len(spans) < length:
        earlier = of_target.previous(spans[-1].target)
        made = _within(last.calendar, earlier) if last.is_rolled else ((earlier,), ())
        spans.append(Span(earlier, last.calendar, *made))
    return tuple(reversed(spans))


def _within(calendar: Calendar, target: Period) -> tuple[tuple[Period, ...], tuple[Period, ...]]:
    """The periods of a calendar within another's, and those that are in it in part only."""
    near = span(calendar, target.start, target.end - timedelta(days=1)).periods
    within = tuple(each for each in near if target.start <= each.start and each.end <= target.end)
    return within, tuple(each for each in near if each not in within)


def _made_of(known: Cube, target: Period, calendars: tuple[Calendar, ...]) -> Span:
    for each in calendars:
        within, crossing = _within(each, target)
        if within and each.code != target.calendar:
            record = known.structure.find_period(target.code, [target.calendar])
            return Span(target, each, within, crossing, record)
    names = ", ".join(each.code for each in calendars)
    values = {"period": target.code, "scheme": known.entry.code, "calendars": names}
    raise NotFound(Problem(ROLL_UP_OF_NOTHING, values=values))


def _is_own(known: Cube, target: Period) -> bool:
    return any(each.code == target.calendar for each in known.calendars)


def _is_of(calendar: Calendar | None, target: Period) -> bool:
    return calendar is not None and calendar.code == target.calendar
