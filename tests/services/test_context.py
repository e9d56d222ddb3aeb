"""Views: one look at the stamps, and everybody reads their own writes."""

from __future__ import annotations

import asyncio

import pytest

from conftest import StatementCounter
from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.access.scope import Scope
from steelyard.errors import ConfigError, NotFound, Text
from steelyard.packs import Packs
from steelyard.services import editions, measurements, scorecards, structure
from steelyard.services.administration.perform import perform
from steelyard.services.administration.tenants import CreateTenant, DeleteTenant, SuspendTenant
from steelyard.services.context import Context, context_on, open_context
from steelyard.store import stamps, tenants, units
from steelyard.store.engine import Database
from steelyard.store.units import NewUnit

SHOP = {"scheme": SCHEME, "unit": "S1", "period": "2025-01"}


async def test_the_default_tenant_is_made_once(database: Database, packs: Packs) -> None:
    async with context_on(database, packs) as first, context_on(database, packs) as second:
        assert first.scope == second.scope


async def test_a_database_without_tables_is_refused(empty_url: str, packs: Packs) -> None:
    with pytest.raises(ConfigError) as caught:
        async with open_context(empty_url, packs):
            pass
    assert caught.value.code == "DATABASE_MISSING"


async def test_a_view_looks_once(seat: Seat, context: Context, count_statements: StatementCounter) -> None:
    view, _, scope = seat
    view.renew()
    with count_statements(context.database) as seen:
        await asyncio.gather(*(view.stamps(scope) for _ in range(5)))
    assert len(seen) == 1


async def test_one_cube_serves_all_who_ask_at_once(context: Context) -> None:
    entry = context.entry(SCHEME)
    views = [context.view() for _ in range(4)]
    cubes = await asyncio.gather(*(editions.load(view, context.scope, entry) for view in views))
    assert len({id(found) for found in cubes}) == 1


async def test_another_process_sees_what_was_written(writing: Context) -> None:
    async with context_on(writing.database, writing.packs) as other:
        seat = other.view(), LOCAL_ADMINISTRATOR, other.scope
        before = await scorecards.card(*seat, **SHOP)
        writer = writing.view(), LOCAL_ADMINISTRATOR, writing.scope
        await measurements.record(*writer, **SHOP, measure="SPEED", value="10%")
        again = await scorecards.card(*seat, **SHOP)
        after = await scorecards.card(other.view(), *seat[1:], **SHOP)
    assert before.node("SPEED").score == again.node("SPEED").score == 90
    assert after.node("SPEED").score == 10


def test_an_unknown_scheme(empty: Context) -> None:
    with pytest.raises(NotFound) as caught:
        empty.entry("test.shops")
    assert caught.value.code == "SCHEME_NOT_FOUND"
    assert caught.value.problems[0].values["suggestion_en"] == " (did you mean `test.shop`?)"


async def test_nothing_is_kept_of_a_tenant_that_is_gone(empty: Context) -> None:
    seat = LOCAL_ADMINISTRATOR, empty.scope
    await perform(empty.view(), *seat, CreateTenant("alpha", "甲", "Alpha"), reason="r")
    alpha = await scope_of(empty, "alpha")
    async with empty.database.write(alpha) as writer:
        await stamps.claim(writer, alpha, stamps.STRUCTURE)
        await units.ensure(writer, alpha, [NewUnit("U", Text("甲", "Alpha"), "shop")])
    assert len((await structure.load_whole(empty.view(), alpha)).units) == 1

    await perform(empty.view(), *seat, SuspendTenant("alpha"), reason="r")
    await perform(empty.view(), *seat, DeleteTenant("alpha", "alpha"), reason="r")
    await perform(empty.view(), *seat, CreateTenant("beta", "乙", "Beta"), reason="r")
    beta = await scope_of(empty, "beta")
    async with empty.database.write(beta) as writer:
        await stamps.claim(writer, beta, stamps.STRUCTURE)
    assert (await structure.load_whole(empty.view(), beta)).units == ()

    before = await structure.load_whole(empty.view(), alpha)
    await structure.load_whole(empty.view(), empty.scope)
    assert await structure.load_whole(empty.view(), alpha) is not before


async def scope_of(context: Context, code: str) -> Scope:
    async with context.database.read_all() as reader:
        found = await tenants.find(reader, code)
    assert found is not None
    return Scope(found.id)
