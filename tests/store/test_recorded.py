"""What was recorded of places and attributes of units can be told as of any moment."""

from __future__ import annotations

from datetime import date, datetime

from steelyard.access.scope import Scope
from steelyard.store import attributes, parentage, recorded
from steelyard.store.attributes import AttributeRecord, Setting
from steelyard.store.engine import Database
from steelyard.store.parentage import ParentRecord, Placement
from steelyard.store.spans import BEGINNING

Ids = dict[str, int]
MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)


async def test_attributes_are_known_as_they_were(database: Database, scope: Scope, unit_ids: Ids) -> None:
    unit = unit_ids["s1"]
    moments: list[datetime] = []
    for step in (
        Setting(unit, "class", "A"),
        Setting(unit, "class", "B", MAY),
        Setting(unit, "class", "C", MAY),
        None,
        Setting(unit, "class", "D", JUNE),
    ):
        async with database.write(scope) as writer:
            if step is None:
                await attributes.clear(writer, scope, unit, "class", MAY)
            else:
                await attributes.assign(writer, scope, [step])
            moments.append(writer.now)
    async with database.read(scope) as reader:
        ever = await attributes.ever(reader, scope)
        stands = await attributes.load(reader, scope)
    told = [recorded.known_by(ever, moment) for moment in moments]
    always = AttributeRecord(unit, "class", "A", BEGINNING, None)
    until_may = AttributeRecord(unit, "class", "A", BEGINNING, MAY)
    assert [sorted(each, key=lambda one: one.valid_from) for each in told] == [
        [always],
        [until_may, AttributeRecord(unit, "class", "B", MAY, None)],
        [until_may, AttributeRecord(unit, "class", "C", MAY, None)],
        [until_may],
        [until_may, AttributeRecord(unit, "class", "D", JUNE, None)],
    ]
    assert told[-1] == stands


async def test_places_are_known_as_they_were(database: Database, scope: Scope, unit_ids: Ids) -> None:
    unit, first, second = unit_ids["s1"], unit_ids["co"], unit_ids["s2"]
    moments: list[datetime] = []
    for step in (Placement(unit, first, MAY), Placement(unit, second, MAY), None):
        async with database.write(scope) as writer:
            if step is None:
                await parentage.detach(writer, scope, unit, JUNE)
            else:
                await parentage.place(writer, scope, [step])
            moments.append(writer.now)
    async with database.read(scope) as reader:
        ever = await parentage.ever(reader, scope)
    told = [recorded.known_by(ever, moment) for moment in moments]
    assert [[each for each in one if each.valid_from == MAY] for one in told] == [
        [ParentRecord(unit, first, MAY, None)],
        [ParentRecord(unit, second, MAY, None)],
        [ParentRecord(unit, second, MAY, JUNE)],
    ]


async def test_what_says_the_same_again_is_not_recorded_again(
    database: Database, scope: Scope, unit_ids: Ids
) -> None:
    for _ in range(2):
        async with database.write(scope) as writer:
            await attributes.assign(writer, scope, [Setting(unit_ids["s1"], "class", "A")])
    async with database.read(scope) as reader:
        assert len(await attributes.ever(reader, scope)) == 1
