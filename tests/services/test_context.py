"""Views: one look at the stamps, and everybody reads their own writes."""

from __future__ import annotations

import asyncio

import pytest

from conftest import StatementCounter
from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.errors import ConfigError, NotFound
from steelyard.packs import Packs
from steelyard.services import cube, measurements, scorecards
from steelyard.services.context import Context, context_on, open_context
from steelyard.store.engine import Database

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
    cubes = await asyncio.gather(*(cube.load(view, context.scope, entry) for view in views))
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
