"""Calendars and periods as subjects of acts."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from steelyard.access.scope import Scope
from steelyard.errors import NotFound, Problem
from steelyard.scheme.calendar import BUILT_IN, Calendar
from steelyard.services.administration.canonical import State
from steelyard.services.administration.governed import Governed
from steelyard.services.administration.texts import shown
from steelyard.services.calendars import calendar_of
from steelyard.services.problems import not_found
from steelyard.store import calendars, periods
from steelyard.store.periods import PeriodRecord
from steelyard.store.problems import CALENDAR_NOT_FOUND, PERIOD_NOT_FOUND
from steelyard.store.transaction import Reader


async def _calendars(reader: Reader, scope: Scope, keys: Collection[str] | None) -> Mapping[str, State]:
    return {
        each.code: {"title": {"zh": each.title.zh, "en": each.title.en}, "definition": each.definition}
        for each in await calendars.load(reader, scope, codes=keys)
    }


async def _periods(reader: Reader, scope: Scope, keys: Collection[str] | None) -> Mapping[str, State]:
    codes = None if keys is None else {key.partition("/")[2] for key in keys}
    return {
        period_key(each): {
            "title": {"zh": each.title.zh, "en": each.title.en},
            "start": each.start.isoformat(),
            "end": each.end.isoformat(),
            "state": each.state.value,
        }
        for each in await periods.load(reader, scope, codes=codes)
        if keys is None or period_key(each) in keys
    }


CALENDAR = Governed("calendar", _calendars)
PERIOD = Governed("period", _periods, "{}/{}".format)


def period_key(period: PeriodRecord) -> str:
    """How acts call a period: `calendar/code`."""
    return f"{period.calendar}/{period.code}"


async def find_period(reader: Reader, scope: Scope, calendar: str, code: str) -> PeriodRecord:
    """The period on record; NotFound (PERIOD_NOT_FOUND)."""
    known = await periods.load(reader, scope, calendar=calendar)
    found = next((period for period in known if period.code == code), None)
    if found is None:
        names = map(period_key, known)
        raise not_found(PERIOD_NOT_FOUND, "period", f"{calendar}/{code}", names, calendars="")
    return found


async def find_calendar(reader: Reader, scope: Scope, code: str) -> Calendar:
    """A calendar on record, else a built-in one; NotFound (CALENDAR_NOT_FOUND)."""
    for each in await calendars.load(reader, scope):
        if each.code == code and each.definition.get("parts"):
            return calendar_of(each)
    if code not in BUILT_IN:
        raise NotFound(Problem(CALENDAR_NOT_FOUND, values={"calendar": shown(code)}))
    return BUILT_IN[code]
