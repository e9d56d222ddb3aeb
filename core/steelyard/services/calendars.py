"""Calendars: putting those of a scheme, and their periods, on record when the first thing refers to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.errors import NotFound, Text
from steelyard.scheme.calendar import Calendar, Part, Period
from steelyard.services import structure
from steelyard.services.context import View
from steelyard.services.problems import not_found
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.store import calendars, periods
from steelyard.store.calendars import CalendarRecord, NewCalendar
from steelyard.store.periods import NewPeriod, PeriodRecord
from steelyard.store.problems import PERIOD_NOT_FOUND
from steelyard.store.transaction import Writer

KNOWN = Text("；{scheme} 的日历及写法：{known}", "; {scheme} has, as written: {known}")
"""Which calendars a scheme has, with a period of each as it is written."""


async def ensure_periods(
    writer: Writer, scope: Scope, entry: SchemeEntry, codes: Iterable[str]
) -> Mapping[str, PeriodRecord]:
    """Put periods of the scheme's calendars on record; return them by code.

    Raises NotFound (PERIOD_NOT_FOUND) for a code of none of them.
    """
    wanted = {code: require_period(entry, code) for code in codes}
    used = {period.calendar for period in wanted.values()}
    await calendars.ensure(
        writer, scope, [new_calendar(each) for each in entry.calendars if each.code in used]
    )
    found = await periods.ensure(writer, scope, [new_period(period) for period in wanted.values()])
    return dict(zip(wanted, found, strict=True))


async def known(view: View, actor: Actor, scope: Scope) -> Mapping[str, Calendar]:
    """All calendars by code: the built-in ones, those of the packs, and those that the tenant declared."""
    declared = {
        each.code: calendar_of(each)
        for each in (await structure.load(view, actor, scope)).calendars
        if each.definition.get("parts")
    }
    return {**declared, **view.context.packs.calendars}


def calendar_of(record: CalendarRecord) -> Calendar:
    """The calendar that a record describes."""
    return Calendar(record.code, record.title, tuple(map(_part, record.definition["parts"])))


def _part(part: Mapping[str, Any]) -> Part:
    title = Text(part["title"]["zh"], part["title"]["en"])
    (start, first), (end, last) = part["start"], part["end"]
    return Part(part["code"], title, (start, first), (end, last))


def require_period(entry: SchemeEntry, code: str) -> Period:
    """The period of the scheme's calendars with this code; NotFound (PERIOD_NOT_FOUND)."""
    found = entry.period(code)
    if found is None:
        raise _unknown(entry, code)
    return found


def _unknown(entry: SchemeEntry, code: str) -> NotFound:
    examples = [
        calendar.at(2025, part).code for calendar in entry.calendars for part in range(len(calendar.parts))
    ]
    known = ", ".join(f"{each.code} ({each.at(2025, 0).code})" for each in entry.calendars)
    written = KNOWN.format({"scheme": entry.code, "known": known})
    return not_found(PERIOD_NOT_FOUND, "period", code, examples, calendars=written)


def new_period(period: Period) -> NewPeriod:
    """A period as it is put on record."""
    return NewPeriod(period.calendar, period.code, period.title, period.start, period.end)


def new_calendar(calendar: Calendar) -> NewCalendar:
    """A calendar as it is put on record."""
    parts: list[dict[str, Any]] = [
        {"code": part.code, "title": _words(part.title), "start": list(part.start), "end": list(part.end)}
        for part in calendar.parts
    ]
    definition = {
        "parts": parts,
        "assumed": calendar.assumed,
        "note": None if calendar.note is None else _words(calendar.note),
    }
    return NewCalendar(calendar.code, calendar.title, definition)


def _words(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
