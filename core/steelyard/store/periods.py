"""Periods: the stretches of a calendar for which units are scored."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update

from steelyard.access.scope import Scope
from steelyard.errors import Conflict, NotFound, Problem, Text
from steelyard.store import calendars, stamps
from steelyard.store.problems import CALENDAR_NOT_FOUND, PERIOD_CLOSED, PERIOD_DIFFERS
from steelyard.store.tables import CALENDAR, PERIOD
from steelyard.store.transaction import Reader, Writer


class PeriodState(StrEnum):
    """A closed period does not change any more."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class NewPeriod:
    """A period to be recorded: [start, end) in the calendar of that code."""

    calendar: str
    code: str
    title: Text
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class PeriodRecord:
    """One period: [start, end) in the calendar of that code."""

    id: int
    calendar: str
    code: str
    title: Text
    start: date
    end: date
    state: PeriodState


async def load(
    reader: Reader, scope: Scope, *, calendar: str | None = None, codes: Collection[str] | None = None
) -> list[PeriodRecord]:
    """Return the tenant's periods by calendar, start and code: all, a calendar's, or those of these codes."""
    table = PERIOD.c
    query = (
        select(PERIOD, CALENDAR.c.code.label("calendar"))
        .join(CALENDAR, CALENDAR.c.id == table.calendar_id)
        .where(table.tenant_id == scope.tenant_id, CALENDAR.c.tenant_id == scope.tenant_id)
        .order_by(CALENDAR.c.code, table.start_date, table.code)
    )
    if calendar is not None:
        query = query.where(CALENDAR.c.code == calendar)
    if codes is not None:
        query = query.where(reader.within(table.code, codes))
    return [_record(row) for row in await reader.rows(query)]


async def ensure(writer: Writer, scope: Scope, news: Sequence[NewPeriod]) -> list[PeriodRecord]:
    """Record the periods whose codes are new to their calendar; return all in the order given.

    Raises NotFound for a calendar that is not there and Conflict (PERIOD_DIFFERS) where a period of
    that code has other days.
    """
    await stamps.claim(writer, scope, stamps.STRUCTURE)
    found = await _by_code(writer, scope)
    missing = {key: new for new in news if (key := (new.calendar, new.code)) not in found}
    if missing:
        await writer.run(PERIOD.insert(), await _rows(writer, scope, list(missing.values())))
        await stamps.advance(writer, scope, stamps.STRUCTURE)
        found = await _by_code(writer, scope)
    _refuse_others([(new, found[new.calendar, new.code]) for new in news])
    return [found[new.calendar, new.code] for new in news]


async def set_state(writer: Writer, scope: Scope, period_id: int, state: PeriodState) -> None:
    """Close a period, or open it again."""
    await stamps.claim(writer, scope, stamps.STRUCTURE)
    mine = (PERIOD.c.tenant_id == scope.tenant_id) & (PERIOD.c.id == period_id)
    await writer.run(update(PERIOD).where(mine).values(state=state))
    await stamps.advance(writer, scope, stamps.STRUCTURE)


async def require_open(writer: Writer, scope: Scope, period_ids: Collection[int]) -> None:
    """Raise Conflict (PERIOD_CLOSED) for closed periods; the others stay open until the transaction ends."""
    table = PERIOD.c
    query = (
        select(table.code, table.state, CALENDAR.c.code.label("calendar"))
        .join(CALENDAR, CALENDAR.c.id == table.calendar_id)
        .where(table.tenant_id == scope.tenant_id, CALENDAR.c.tenant_id == scope.tenant_id)
        .where(writer.within(table.id, period_ids))
        .order_by(CALENDAR.c.code, table.start_date, table.code)
        .with_for_update(read=True, of=PERIOD)
    )
    closed = [row for row in await writer.rows(query) if row.state == PeriodState.CLOSED]
    if closed:
        values = ({"calendar": row.calendar, "period": row.code} for row in closed)
        raise Conflict(Problem(PERIOD_CLOSED, values=each) for each in values)


async def _by_code(reader: Reader, scope: Scope) -> dict[tuple[str, str], PeriodRecord]:
    return {(period.calendar, period.code): period for period in await load(reader, scope)}


def _refuse_others(pairs: Sequence[tuple[NewPeriod, PeriodRecord]]) -> None:
    problems = [
        Problem(
            PERIOD_DIFFERS,
            values={
                "calendar": new.calendar,
                "period": new.code,
                "found": f"[{found.start}, {found.end})",
                "expected": f"[{new.start}, {new.end})",
            },
        )
        for new, found in pairs
        if (new.start, new.end) != (found.start, found.end)
    ]
    if problems:
        raise Conflict(problems)


async def _rows(writer: Writer, scope: Scope, news: Sequence[NewPeriod]) -> list[dict[str, Any]]:
    ids = {calendar.code: calendar.id for calendar in await calendars.load(writer, scope)}
    if unknown := sorted({new.calendar for new in news} - ids.keys()):
        raise NotFound(Problem(CALENDAR_NOT_FOUND, values={"calendar": each}) for each in unknown)
    return [
        {
            "tenant_id": scope.tenant_id,
            "calendar_id": ids[new.calendar],
            "code": new.code,
            "title_zh": new.title.zh,
            "title_en": new.title.en,
            "start_date": new.start,
            "end_date": new.end,
            "state": PeriodState.OPEN,
        }
        for new in news
    ]


def _record(row: Any) -> PeriodRecord:
    title = Text(row.title_zh, row.title_en)
    state = PeriodState(row.state)
    return PeriodRecord(row.id, row.calendar, row.code, title, row.start_date, row.end_date, state)
