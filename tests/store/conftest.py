"""A tenant with a few units and periods."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.store import (
    attributes,
    calendars,
    imports,
    measurements,
    parentage,
    periods,
    runs,
    schemes,
    tenants,
    units,
    weight_sets,
)
from steelyard.store.attributes import Setting
from steelyard.store.calendars import NewCalendar
from steelyard.store.engine import Database
from steelyard.store.imports import NewImport
from steelyard.store.measurements import Origin, Reading, Source
from steelyard.store.parentage import Placement
from steelyard.store.periods import NewPeriod
from steelyard.store.run_table import RunTable
from steelyard.store.runs import NewRun, RunRoot, RunState
from steelyard.store.schemes import NewScheme
from steelyard.store.units import NewUnit
from steelyard.store.weight_sets import Content, NewWeightSet

Ids = dict[str, int]
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
async def unit_ids(database: Database, scope: Scope) -> Ids:
    """A company, two regions and two shops, by code; nobody stands below anybody yet."""
    types = {"co": "company", "r1": "region", "r2": "region", "s1": "shop", "s2": "shop"}
    news = [NewUnit(code, TITLE, unit_type) for code, unit_type in types.items()]
    async with database.write(scope) as writer:
        return {code: unit.id for code, unit in (await units.ensure(writer, scope, news)).items()}


@pytest.fixture
async def period_ids(database: Database, scope: Scope) -> Ids:
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


@pytest.fixture
async def full(database: Database, scope: Scope, unit_ids: Ids, period_ids: Ids) -> Ids:
    """A tenant with a row of each sort, measurements that supersede others among them; its units by code."""
    january, shop = period_ids["2025-01"], unit_ids["s1"]
    async with database.write(scope) as writer:
        await parentage.place(writer, scope, [Placement(shop, unit_ids["r1"])])
        await attributes.assign(writer, scope, [Setting(shop, "size", "small")])
        scheme = await schemes.record(writer, scope, NewScheme("s", "1", "ab" * 32, "retail", "甲"))
        weights = NewWeightSet("s", Content({"A": Fraction("0.5")}), "try", {"method": "equal"})
        drawn = await weight_sets.add(writer, scope, weights, LOCAL_ADMINISTRATOR)
        batch, _ = await imports.record(writer, scope, NewImport("a.csv", "cd" * 32, 1), LOCAL_ADMINISTRATOR)
        origin = Origin(LOCAL_ADMINISTRATOR, Source.IMPORT, batch.id)
        for value in (Fraction("19.6"), None):
            reading = Reading(shop, january, "m", value, 1)
            await measurements.record(writer, scope, "retail", [reading], origin)
        run = NewRun(scheme.id, "s", drawn.id, january, RunState.PROVISIONAL, "in", "out", "0.1.0")
        table = RunTable((shop,), ("A",), {"rates": np.array([[0.5]])})
        root = RunRoot(shop, "SCORED", 50.0, 1.0, None, None, None)
        await runs.store(writer, scope, run, table, [root], LOCAL_ADMINISTRATOR)
    return unit_ids
