"""Days cut into periods, and the units and periods that are asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pyarrow as pa

from steelyard.scheme.calendar import Calendar, Period

Cell = tuple[int, str, str]
"""A unit's id, a calendar's code and a period's code."""

PERIOD = "steelyard:period"


@dataclass(frozen=True, slots=True)
class Span:
    """The periods of one calendar between two days."""

    calendar: str
    periods: tuple[Period, ...]

    def days(self) -> pa.Table:
        """One row a day and period: `day`, and the period's position. Periods may overlap and leave gaps."""
        days: list[date] = []
        at: list[int] = []
        for position, period in enumerate(self.periods):
            length = (period.end - period.start).days
            days += [period.start + timedelta(days=each) for each in range(length)]
            at += [position] * length
        return pa.table({"day": pa.array(days, pa.date32()), PERIOD: pa.array(at, pa.int64())})


def span(calendar: Calendar, first: date, last: date) -> Span:
    """The periods of a calendar that have a day between these, both included."""
    years = range(first.year - 1, last.year + 1)
    of_years = (calendar.at(year, part) for year in years for part in range(len(calendar.parts)))
    periods = (each for each in of_years if each.start <= last and first < each.end)
    return Span(calendar.code, tuple(sorted(periods, key=lambda each: each.order)))


def span_of(calendar: Calendar, codes: Iterable[str]) -> Span:
    """The periods of a calendar with these codes; InvalidInput for others."""
    periods = (calendar.period(code) for code in set(codes))
    return Span(calendar.code, tuple(sorted(periods, key=lambda each: each.order)))


class Feeds:
    """What of a table was declared complete; a period is complete where complete periods cover its days."""

    def __init__(self, complete: Iterable[tuple[int, Period]]) -> None:
        self._of_unit: dict[int, list[tuple[date, date]]] = {}
        for unit_id, period in complete:
            self._of_unit.setdefault(unit_id, []).append((period.start, period.end))
        for spans in self._of_unit.values():
            spans.sort()
        self._known: dict[tuple[int, date, date], bool] = {}

    def complete(self, unit_id: int, period: Period) -> bool:
        """Whether all records of a unit in a period are there."""
        key = (unit_id, period.start, period.end)
        if key not in self._known:
            self._known[key] = covers(self._of_unit.get(unit_id, ()), period.start, period.end)
        return self._known[key]


def covers(spans: Sequence[tuple[date, date]], start: date, end: date) -> bool:
    """Whether half-open spans, ascending, leave no day of [start, end) out."""
    for first, last in spans:
        if first > start:
            return False
        start = max(start, last)
        if start >= end:
            return True
    return False


def units_of(cells: Collection[Cell]) -> frozenset[int]:
    """The units of some cells."""
    return frozenset(unit_id for unit_id, _, _ in cells)
