"""A tenant with a few units and periods."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.store import calendars, periods, tenants, units
from steelyard.store.calendars import NewCalendar
from steelyard.store.engine import Database
from steelyard.store.periods import NewPeriod
from steelyard.store.units import NewUnit

TITLE = Text("甲", "Alpha")


@pytest.fixture
async def scope(database: Database) -> Scope:
    async with database.write_all() as writer:
        return Scope((await tenants.ensure(writer, "acme", TITLE)).id)


@pytest.fixture
async def other_scope(database: Database) -> Scope:
    """Another tenant: nothing of the first may be seen there."""
    async with database.write_all() as writer:
        return Scope((await tenants.ensure(writer, "other", TITLE)).id)


@pytest.fixture
async def unit_ids(database: Database, scope: Scope) -> dict[str, int]:
    """A company, two regions and two shops, by code; nobody stands below anybody yet."""
    types = {"co": "company", "r1": "region", "r2": "region", "s1": "shop", "s2": "shop"}
    news = [NewUnit(code, TITLE, unit_type) for code, unit_type in types.items()]
    async with database.write(scope) as writer:
        return {code: unit.id for code, unit in (await units.ensure(writer, scope, news)).items()}


@pytest.fixture
async def period_ids(database: Database, scope: Scope) -> dict[str, int]:
    """Two months and a year, by code."""
    news = [
        NewPeriod("month", "2025-01", TITLE, date(2025, 1, 1), date(2025, 2, 1)),
        NewPeriod("month", "2025-02", TITLE, date(2025, 2, 1), date(2025, 3, 1)),
        NewPeriod("year", "2025", TITLE, date(2025, 1, 1), date(2026, 1, 1)),
    ]
    async with database.write(scope) as writer:
        made = [NewCalendar(code, TITLE, {"kind": code}) for code in ("month", "year")]
        await calendars.ensure(writer, scope, made)
        return {period.code: period.id for period in await periods.ensure(writer, scope, news)}
