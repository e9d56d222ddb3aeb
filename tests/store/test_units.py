"""Units: found by code, type and scope, in the order of their codes' bytes."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.access.scope import Scope
from steelyard.errors import NotFound, Text
from steelyard.store import units
from steelyard.store.engine import Database
from steelyard.store.units import NewUnit

TITLE = Text("甲", "Alpha")
Ids = dict[str, int]


async def codes(database: Database, scope: Scope, **options: object) -> list[str]:
    async with database.read(scope) as reader:
        return [unit.code for unit in await units.load(reader, scope, **options)]


async def test_a_unit_is_loaded_as_it_was_recorded(database: Database, scope: Scope) -> None:
    new = NewUnit("s", TITLE, "shop", date(2020, 1, 1), date(2025, 1, 1))
    async with database.write(scope) as writer:
        made = (await units.ensure(writer, scope, [new]))["s"]
    async with database.read(scope) as reader:
        assert await units.load(reader, scope) == [made]
    assert (made.title, made.opened_on, made.closed_on) == (TITLE, new.opened_on, new.closed_on)


async def test_a_unit_that_is_there_is_returned_as_it_is(
    database: Database, scope: Scope, unit_ids: Ids
) -> None:
    news = [NewUnit("new", TITLE, "shop"), NewUnit("s1", Text("丙", "C"), "other")]
    async with database.write(scope) as writer:
        made = await units.ensure(writer, scope, news)
    assert list(made) == ["new", "s1"]
    assert (made["s1"].id, made["s1"].unit_type) == (unit_ids["s1"], "shop")
    assert made["new"].id not in unit_ids.values()


async def test_units_come_in_the_order_of_their_bytes(database: Database, scope: Scope) -> None:
    names = ["é", "z", "_", "10", "Z", "a", "9", "中", "-"]
    async with database.write(scope) as writer:
        await units.ensure(writer, scope, [NewUnit(name, TITLE, "shop") for name in names])
    assert await codes(database, scope) == sorted(names, key=str.encode)


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, ["co", "r1", "r2", "s1", "s2"]),
        ({"unit_type": "shop"}, ["s1", "s2"]),
        ({"codes": ["s2", "co", "none"]}, ["co", "s2"]),
        ({"codes": []}, []),
    ],
)
async def test_units_are_filtered(
    database: Database, scope: Scope, unit_ids: Ids, options: dict[str, object], found: list[str]
) -> None:
    assert await codes(database, scope, **options) == found


async def test_only_units_in_scope_are_seen(
    database: Database, scope: Scope, unit_ids: Ids, other_scope: Scope
) -> None:
    own = Scope(scope.tenant_id, frozenset({unit_ids["s1"]}))
    assert await codes(database, own) == ["s1"]
    assert await codes(database, Scope(scope.tenant_id, frozenset())) == []
    assert await codes(database, other_scope) == []


async def test_a_code_out_of_scope_is_not_given_away(database: Database, scope: Scope, unit_ids: Ids) -> None:
    own = Scope(scope.tenant_id, frozenset({unit_ids["s1"]}))
    with pytest.raises(NotFound) as caught:
        async with database.write(own) as writer:
            await units.ensure(writer, own, [NewUnit("s2", TITLE, "shop")])
    assert caught.value.code == "UNIT_NOT_FOUND"


async def test_ten_thousand_units_are_found_by_code(database: Database, scope: Scope) -> None:
    """More than a statement may have parameters on either database, were each a parameter."""
    names = [f"u{number}" for number in range(40_000)]
    async with database.read(scope) as reader:
        assert await units.load(reader, scope, codes=names) == []
