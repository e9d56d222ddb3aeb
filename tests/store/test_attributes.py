"""Attributes of units hold from a day on."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.access.scope import Scope
from steelyard.errors import NotFound
from steelyard.store import attributes
from steelyard.store.attributes import AttributeRecord, Setting
from steelyard.store.engine import Database
from steelyard.store.spans import BEGINNING

Ids = dict[str, int]
MAY = date(2025, 5, 1)


async def assign(database: Database, scope: Scope, *settings: Setting) -> None:
    async with database.write(scope) as writer:
        await attributes.assign(writer, scope, settings)


async def load(database: Database, scope: Scope, on: date | None = None) -> list[AttributeRecord]:
    async with database.read(scope) as reader:
        return await attributes.load(reader, scope, on=on)


async def test_an_attribute_changes_on_a_day(database: Database, scope: Scope, unit_ids: Ids) -> None:
    unit = unit_ids["s1"]
    await assign(database, scope, Setting(unit, "class", "IC"), Setting(unit, "size", "10"))
    await assign(database, scope, Setting(unit, "class", "PCB", MAY))
    assert await load(database, scope) == [
        AttributeRecord(unit, "class", "IC", BEGINNING, MAY),
        AttributeRecord(unit, "class", "PCB", MAY, None),
        AttributeRecord(unit, "size", "10", BEGINNING, None),
    ]
    on_day = [each.value for each in await load(database, scope, MAY)]
    assert on_day == ["PCB", "10"]


async def test_one_call_may_set_several_days(database: Database, scope: Scope, unit_ids: Ids) -> None:
    unit = unit_ids["s1"]
    await assign(database, scope, Setting(unit, "class", "A", MAY), Setting(unit, "class", "B"))
    assert [(each.value, each.valid_to) for each in await load(database, scope)] == [
        ("B", MAY),
        ("A", None),
    ]


async def test_attributes_out_of_scope_are_neither_seen_nor_set(
    database: Database, scope: Scope, unit_ids: Ids
) -> None:
    await assign(database, scope, *(Setting(id, "class", "IC") for id in unit_ids.values()))
    own = Scope(scope.tenant_id, frozenset({unit_ids["s1"]}))
    assert [each.unit_id for each in await load(database, own)] == [unit_ids["s1"]]
    with pytest.raises(NotFound):
        await assign(database, own, Setting(unit_ids["s2"], "class", "PCB"))
