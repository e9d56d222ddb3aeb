"""Calendars: how time is cut into periods."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.store import stamps
from steelyard.store.tables import CALENDAR
from steelyard.store.transaction import Reader, Writer


@dataclass(frozen=True, slots=True)
class NewCalendar:
    """A calendar to be recorded; its definition is JSON."""

    code: str
    title: Text
    definition: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CalendarRecord:
    """One calendar."""

    id: int
    code: str
    title: Text
    definition: Mapping[str, Any]


async def load(reader: Reader, scope: Scope, *, codes: Collection[str] | None = None) -> list[CalendarRecord]:
    """Return the tenant's calendars by code, all or those of these codes."""
    table = CALENDAR.c
    query = select(CALENDAR).where(table.tenant_id == scope.tenant_id).order_by(table.code)
    if codes is not None:
        query = query.where(reader.within(table.code, codes))
    return [
        CalendarRecord(row.id, row.code, Text(row.title_zh, row.title_en), row.definition)
        for row in await reader.rows(query)
    ]


async def ensure(writer: Writer, scope: Scope, news: Sequence[NewCalendar]) -> dict[str, CalendarRecord]:
    """Record the calendars whose codes are new; return all of the tenant's by code.

    A calendar that is there already is left as it is.
    """
    await stamps.claim(writer, scope, stamps.STRUCTURE)
    found = {calendar.code: calendar for calendar in await load(writer, scope)}
    missing = {new.code: new for new in news if new.code not in found}
    if not missing:
        return found
    rows = [
        {
            "tenant_id": scope.tenant_id,
            "code": new.code,
            "title_zh": new.title.zh,
            "title_en": new.title.en,
            "definition": dict(new.definition),
        }
        for new in missing.values()
    ]
    await writer.run(CALENDAR.insert(), rows)
    await stamps.advance(writer, scope, stamps.STRUCTURE)
    return {calendar.code: calendar for calendar in await load(writer, scope)}
