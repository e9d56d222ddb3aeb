"""Calendars and periods: month, quarter, year, and calendars that packs declare (terms, seasons).

A calendar divides every year into the same named parts.  The parts of a declared calendar may leave
gaps, overlap, and run into the next year; a period is half-open, `[start, end)`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from types import MappingProxyType

from steelyard.errors import InvalidInput, Kind, Problem, Text
from steelyard.scheme import calendar_problems as problems

FIRST_YEAR, LAST_YEAR = 1900, 2999
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_]*", re.ASCII)
_PERIOD = re.compile(r"([0-9]{4})(?:-([A-Za-z0-9_]+))?", re.ASCII)
_ORDINARY_YEAR = 2001
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

MonthDay = tuple[int, int]
"""A day of every year as (month, day); 29 February is not one."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a calendar's year, from `start` up to, but not including, `end`.

    An `end` that does not lie after `start` is in the next year.  The part of an undivided year has the
    empty code.
    """

    code: str
    title: Text
    start: MonthDay
    end: MonthDay


@dataclass(frozen=True, slots=True)
class Period:
    """One period of a calendar: `start` is its first day, `end` the first day after it."""

    calendar: str
    code: str
    title: Text
    start: date
    end: date
    year: int
    part: int

    @property
    def order(self) -> tuple[date, date, str]:
        """The sorting key: by start, the shorter first."""
        return (self.start, self.end, self.code)


@dataclass(frozen=True, slots=True)
class Calendar:
    """A division of every year into parts, in the order of their starts.

    Raises InvalidInput where the parts do not make a calendar.  `assumed` and `note` say that the source
    does not give the dates.

    >>> term = Calendar(
    ...     code="term",
    ...     title=Text("学期", "Term"),
    ...     parts=(
    ...         Part("spring", Text("春季学期", "Spring term"), (3, 1), (7, 1)),
    ...         Part("autumn", Text("秋季学期", "Autumn term"), (9, 1), (1, 16)),
    ...     ),
    ... )
    >>> term.period("2025-autumn").end
    datetime.date(2026, 1, 16)
    >>> term.previous(term.period("2025-spring")).code
    '2024-autumn'
    """

    code: str
    title: Text
    parts: tuple[Part, ...]
    assumed: bool = False
    note: Text | None = None

    def __post_init__(self) -> None:
        found = tuple(
            Problem(kind, values={"calendar": self.code, **values})
            for kind, values in _faults(self.code, self.parts)
        )
        if found:
            raise InvalidInput(found)

    def find(self, code: str) -> Period | None:
        """Return the period with this code, or None where the code is none of this calendar's."""
        match = _PERIOD.fullmatch(code)
        if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
            return None
        name = match[2] or ""
        for index, part in enumerate(self.parts):
            if part.code == name:
                return self.at(int(match[1]), index)
        return None

    def period(self, code: str) -> Period:
        """Return the period with this code; InvalidInput where the code is none of this calendar's."""
        found = self.find(code)
        if found is None:
            example = self.at(2025, 0).code
            values = {"period": code, "calendar": self.code, "example": example}
            raise InvalidInput(Problem(problems.PERIOD_INVALID, values=values))
        return found

    def at(self, year: int, part: int) -> Period:
        """Return the period of part number `part` (from 0) of a year."""
        chosen = self.parts[part]
        ends = year if chosen.end > chosen.start else year + 1
        return Period(
            calendar=self.code,
            code=f"{year:04d}-{chosen.code}" if chosen.code else f"{year:04d}",
            title=Text(f"{year}年{chosen.title.zh}", f"{chosen.title.en} {year}".strip()),
            start=date(year, *chosen.start),
            end=date(ends, *chosen.end),
            year=year,
            part=part,
        )

    def previous(self, period: Period) -> Period:
        """Return the period before this one in the calendar's order."""
        if period.part == 0:
            return self.at(period.year - 1, len(self.parts) - 1)
        return self.at(period.year, period.part - 1)

    def same_period_last_year(self, period: Period) -> Period:
        """Return the same part of the year before."""
        return self.at(period.year - 1, period.part)


def _faults(code: str, parts: tuple[Part, ...]) -> Iterable[tuple[Kind, Mapping[str, object]]]:
    if not _CODE.fullmatch(code):
        yield problems.CALENDAR_BAD_CODE, {"code": code}
    if not parts:
        yield problems.CALENDAR_EMPTY, {}
    for name, count in Counter(part.code for part in parts).items():
        if not _CODE.fullmatch(name) and not (name == "" and len(parts) == 1):
            yield problems.CALENDAR_BAD_CODE, {"code": name}
        if count > 1:
            yield problems.CALENDAR_DUPLICATE_PART, {"part": name}
    for part in parts:
        for month, day in (part.start, part.end):
            if not _is_day(month, day):
                yield problems.CALENDAR_BAD_DATE, {"part": part.code, "date": f"{month}-{day}"}
    for before, after in pairwise(parts):
        if after.start < before.start:
            yield problems.CALENDAR_UNORDERED, {"part": after.code, "before": before.code}


def _is_day(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(_ORDINARY_YEAR, month)[1]


def _month(number: int) -> Part:
    title = Text(f"{number}月", _MONTHS[number - 1])
    return Part(f"{number:02d}", title, (number, 1), (number % 12 + 1, 1))


def _quarter(number: int) -> Part:
    title = Text(f"第{number}季度", f"Q{number}")
    return Part(f"Q{number}", title, (3 * number - 2, 1), (3 * number % 12 + 1, 1))


MONTH = Calendar("month", Text("月", "Month"), tuple(_month(number) for number in range(1, 13)))
QUARTER = Calendar("quarter", Text("季度", "Quarter"), tuple(_quarter(n) for n in range(1, 5)))
YEAR = Calendar("year", Text("年", "Year"), (Part("", Text("", ""), (1, 1), (1, 1)),))

BUILT_IN: Mapping[str, Calendar] = MappingProxyType(
    {calendar.code: calendar for calendar in (MONTH, QUARTER, YEAR)}
)
"""The calendars that every scheme can name, by code."""


def find_period(code: str, calendars: Iterable[Calendar]) -> Period | None:
    """Return the period of the first calendar that knows the code, or None."""
    found = (calendar.find(code) for calendar in calendars)
    return next((period for period in found if period is not None), None)
