"""Tenants are made once and found by code."""

from __future__ import annotations

import asyncio
from datetime import UTC

from steelyard.errors import Text
from steelyard.store import tenants
from steelyard.store.engine import Database
from steelyard.store.tenants import TenantRecord, TenantState

TITLE = Text("甲", "Alpha")


async def ensure(database: Database, title: Text = TITLE) -> TenantRecord:
    async with database.write_all() as writer:
        return await tenants.ensure(writer, "acme", title)


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
