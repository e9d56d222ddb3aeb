"""The number of SQL statements does not depend on the amount of data."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from fractions import Fraction

import pytest

from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.store import current_values, measurements, stamps, units
from steelyard.store.engine import Database
from steelyard.store.measurements import Origin, Reading, Recorded, Source
from steelyard.store.units import NewUnit

Ids = dict[str, int]
Counter = Callable[[Database], AbstractContextManager[list[str]]]
ORIGIN = Origin(LOCAL_ADMINISTRATOR, Source.SAMPLE)


@pytest.fixture
async def readings(database: Database, scope: Scope, period_ids: Ids) -> list[Reading]:
    """25,000 readings: 2,500 units, 2 periods, 5 measures."""
    news = [NewUnit(f"u{number}", Text("甲", "A"), "shop") for number in range(2_500)]
    async with database.write(scope) as writer:
        made = (await units.ensure(writer, scope, news)).values()
    months = [period_ids["2025-01"], period_ids["2025-02"]]
    return [
        Reading(unit.id, period, f"m{number}", Fraction(unit.id, 4) + number)
        for unit in made
        for period in months
        for number in range(5)
    ]


async def test_recording_and_loading_take_few_statements(
    database: Database, scope: Scope, readings: list[Reading], count_statements: Counter
) -> None:
    with count_statements(database) as seen:
        async with database.write(scope) as writer:
            done = await measurements.record(writer, scope, "retail", readings, ORIGIN)
    assert done == Recorded(25_000, 0)
    # Of these two for the temporary table through which PostgreSQL copies.
    assert len(seen) <= 9
    with count_statements(database) as seen:
        async with database.read(scope) as reader:
            found = await current_values.load(reader, scope, "retail", unit_type="shop")
    assert len(seen) == 1
    expected = {(each.unit_id, each.period_id, each.measure): each.value for each in readings}
    measures = [found.measures[at] for at in found.measure_index]
    keys = zip(found.unit_ids.tolist(), found.period_ids.tolist(), measures, strict=True)
    assert dict(zip(keys, found.values.tolist(), strict=True)) == expected


async def test_all_stamps_are_one_statement(
    database: Database, scope: Scope, unit_ids: Ids, count_statements: Counter
) -> None:
    with count_statements(database) as seen:
        async with database.read(scope) as reader:
            assert await stamps.read(reader, scope) == {stamps.STRUCTURE: 1}
    assert len(seen) == 1
