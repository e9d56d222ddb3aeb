"""Calendars and their periods."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.access.scope import Scope
from steelyard.errors import Conflict, NotFound, Text
from steelyard.store import calendars, periods
from steelyard.store.calendars import NewCalendar
from steelyard.store.engine import Database
from steelyard.store.periods import NewPeriod, PeriodRecord, PeriodState

TITLE = Text("甲", "Alpha")
Ids = dict[str, int]


def january(calendar: str = "month", end: date = date(2025, 2, 1)) -> NewPeriod:
    return NewPeriod(calendar, "2025-01", TITLE, date(2025, 1, 1), end)


async def ensure(database: Database, scope: Scope, new: NewPeriod) -> PeriodRecord:
    async with database.write(scope) as writer:
        return (await periods.ensure(writer, scope, [new]))[0]


async def test_a_calendar_keeps_its_definition(database: Database, scope: Scope) -> None:
    definition = {"periods": [{"name": "spring", "start": "02-16"}]}
    async with database.write(scope) as writer:
        made = await calendars.ensure(writer, scope, [NewCalendar("term", TITLE, definition)])
        again = await calendars.ensure(writer, scope, [NewCalendar("term", TITLE, {})])
    assert made == again
    assert made["term"].definition == definition


async def test_periods_come_by_calendar_and_start(database: Database, scope: Scope, period_ids: Ids) -> None:
    async with database.read(scope) as reader:
        loaded = await periods.load(reader, scope)
        months = await periods.load(reader, scope, calendar="month")
    assert [period.code for period in loaded] == ["2025-01", "2025-02", "2025"]
    assert months == loaded[:2]
    assert loaded[0].state is PeriodState.OPEN
    assert (loaded[0].start, loaded[0].end) == (date(2025, 1, 1), date(2025, 2, 1))


async def test_a_period_is_made_once(database: Database, scope: Scope, period_ids: Ids) -> None:
    assert (await ensure(database, scope, january())).id == period_ids["2025-01"]


async def test_a_period_with_other_days_is_a_conflict(
    database: Database, scope: Scope, period_ids: Ids
) -> None:
    with pytest.raises(Conflict) as caught:
        await ensure(database, scope, january(end=date(2025, 1, 31)))
    assert caught.value.code == "PERIOD_DIFFERS"


async def test_a_period_needs_its_calendar(database: Database, scope: Scope) -> None:
    with pytest.raises(NotFound) as caught:
        await ensure(database, scope, january("week"))
    assert caught.value.code == "CALENDAR_NOT_FOUND"


async def test_another_tenant_sees_none_of_them(
    database: Database, other_scope: Scope, period_ids: Ids
) -> None:
    async with database.read(other_scope) as reader:
        assert await periods.load(reader, other_scope) == []
        assert await calendars.load(reader, other_scope) == []


async def test_a_period_is_closed_and_opened_again(database: Database, scope: Scope, period_ids: Ids) -> None:
    for state in (PeriodState.CLOSED, PeriodState.OPEN):
        async with database.write(scope) as writer:
            await periods.set_state(writer, scope, period_ids["2025-01"], state)
        async with database.read(scope) as reader:
            found = {each.code: each.state for each in await periods.load(reader, scope)}
        assert found == {"2025-01": state, "2025-02": PeriodState.OPEN, "2025": PeriodState.OPEN}
