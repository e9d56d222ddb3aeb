"""Tenants are made once, found by code, suspended, and deleted with all that is theirs."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import ProgrammingError

from steelyard.access.scope import Scope
from steelyard.errors import Conflict, Text
from steelyard.store import stamps, tenants, units
from steelyard.store.engine import Database
from steelyard.store.tables import ACT, METADATA, TENANT
from steelyard.store.tenants import TenantRecord, TenantState
from steelyard.store.units import NewUnit

Ids = dict[str, int]
TITLE = Text("甲", "Alpha")


async def ensure(database: Database, title: Text = TITLE, code: str = "acme") -> TenantRecord:
    async with database.write_all() as writer:
        return await tenants.ensure(writer, code, title)


async def test_a_tenant_that_is_not_there(database: Database) -> None:
    async with database.read_all() as reader:
        assert await tenants.find(reader, "acme") is None


async def test_a_tenant_is_found_as_it_was_made(database: Database) -> None:
    made = await ensure(database)
    async with database.read_all() as reader:
        assert await tenants.find(reader, "acme") == made
    assert (made.title, made.state) == (TITLE, TenantState.ACTIVE)
    assert made.created_at.tzinfo is UTC


async def test_a_tenant_is_made_once(database: Database) -> None:
    made = await asyncio.gather(ensure(database), ensure(database), ensure(database))
    assert len({tenant.id for tenant in made}) == 1


async def test_a_tenant_that_is_there_keeps_its_title(database: Database) -> None:
    made = await ensure(database)
    assert await ensure(database, Text("乙", "Beta")) == made


async def test_a_tenant_is_not_made_twice(database: Database) -> None:
    async with database.write_all() as writer:
        made = await tenants.create(writer, "acme", TITLE)
        with pytest.raises(Conflict) as caught:
            await tenants.create(writer, "acme", TITLE)
        assert await tenants.load(writer) == [made]
    assert caught.value.code == "TENANT_EXISTS"


async def test_a_tenant_is_suspended_and_served_again(database: Database) -> None:
    made = await ensure(database)
    for state in (TenantState.SUSPENDED, TenantState.ACTIVE):
        async with database.write_all() as writer:
            await tenants.set_state(writer, made.id, state)
        async with database.read_all() as reader:
            assert await tenants.find(reader, "acme") == replace(made, state=state)


async def test_tenants_are_administered_from_within_another(database: Database, scope: Scope) -> None:
    async with database.write(scope) as writer:
        made = await tenants.create(writer, "new", TITLE)
        await stamps.claim(writer, scope, "t")
    async with database.read_all() as reader:
        assert await tenants.find(reader, "new") == made


async def rows(database: Database, scope: Scope) -> int:
    async with database.read(scope) as reader:
        counts = [
            (await reader.rows(select(func.count()).where(table.c.tenant_id == scope.tenant_id)))[0][0]
            for table in METADATA.sorted_tables
            if table is not TENANT
        ]
    return sum(counts)


async def test_only_a_suspended_tenant_is_deleted(database: Database, scope: Scope) -> None:
    async with database.write_all() as writer:
        with pytest.raises(Conflict) as caught:
            await tenants.delete(writer, scope.tenant_id)
    assert caught.value.code == "TENANT_NOT_SUSPENDED"


async def test_every_row_of_a_tenant_is_deleted_and_none_of_others(
    database: Database, scope: Scope, other_scope: Scope, full: Ids
) -> None:
    async with database.write(other_scope) as writer:
        await units.ensure(writer, other_scope, [NewUnit("u", TITLE, "shop")])
    others = await rows(database, other_scope)
    async with database.write(other_scope) as writer:
        await tenants.set_state(writer, scope.tenant_id, TenantState.SUSPENDED)
        await tenants.delete(writer, scope.tenant_id)
        await stamps.claim(writer, other_scope, stamps.STRUCTURE)
    async with database.read_all() as reader:
        assert [tenant.code for tenant in await tenants.load(reader)] == ["other"]
    assert await rows(database, scope) == 0
    assert await rows(database, other_scope) == others


async def test_the_number_of_a_tenant_that_is_gone_is_not_given_again(database: Database) -> None:
    async with database.write_all() as writer:
        gone = await tenants.create(writer, "acme", TITLE)
        await tenants.set_state(writer, gone.id, TenantState.SUSPENDED)
        await tenants.delete(writer, gone.id)
    assert (await ensure(database)).id > gone.id


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_what_the_operating_tenant_did_does_not_go(database: Database) -> None:
    """Whoever has the service's role may suspend and delete a tenant, but not this one, nor rename it."""
    made = await ensure(database, code="default")
    async with database.write_all() as writer:
        await tenants.set_state(writer, made.id, TenantState.SUSPENDED)
        act = {"tenant_id": made.id, "number": 1, "acted_at": writer.now, "actor": "a", "deed": "d"}
        async with writer.visiting(made.id):
            await writer.append(ACT, [act | {"subject": "s", "reason": "r", "previous": "p", "hash": "h"}])
            await writer.run(delete(ACT).where(ACT.c.tenant_id == made.id))
            kept = await writer.rows(select(ACT.c.number).where(ACT.c.tenant_id == made.id))
        assert len(kept) == 1
        with pytest.raises(ProgrammingError, match="permission denied"):
            await writer.run(update(TENANT).values(code="other"))
