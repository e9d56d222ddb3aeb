"""SQL statements a request: few when nothing is known, one when all is, never more for more rows."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from conftest import StatementCounter
from services.shop_pack import SCHEME
from steelyard.access.actor import LOCAL_ADMINISTRATOR, Actor
from steelyard.access.scope import Scope
from steelyard.services import (
    comparisons,
    measurements,
    overviews,
    rankings,
    scorecards,
    structure,
    trends,
    weaknesses,
)
from steelyard.services.context import Context, View, context_on
from steelyard.services.plans import drafting

COLD, WARM = 12, 2
JANUARY = {"scheme": SCHEME, "period": "2025-01"}
SHOP = {**JANUARY, "unit": "S1"}
Screen = Callable[[View, Actor, Scope], Awaitable[object]]

SCREENS: dict[str, Screen] = {
    "scorecard": lambda *seat: scorecards.card(*seat, **SHOP),
    "scorecards": lambda *seat: scorecards.cards(*seat, **JANUARY),
    "explanation": lambda *seat: scorecards.explain_node(*seat, **SHOP),
    "comparison": lambda *seat: comparisons.compare(
        *seat, scheme=SCHEME, units=["S1", "S2"], periods=["2025-01", "2025-02"]
    ),
    "trend": lambda *seat: trends.trend(*seat, scheme=SCHEME, unit="S1"),
    "overview": lambda *seat: overviews.below(*seat, **JANUARY),
    "ranking": lambda *seat: rankings.rank_units(*seat, **JANUARY),
    "weak points": lambda *seat: weaknesses.find(*seat, **SHOP),
    "plan": lambda *seat: drafting.draft(*seat, **SHOP),
    "structure": lambda *seat: structure.load(*seat),
    "records": lambda *seat: measurements.records(*seat, **JANUARY, units=["S1", "S2", "S3"]),
}


@pytest.mark.parametrize("screen", SCREENS)
async def test_a_screen(screen: str, context: Context, count_statements: StatementCounter) -> None:
    show = SCREENS[screen]
    async with context_on(context.database, context.packs) as fresh:
        with count_statements(fresh.database) as cold:
            await show(fresh.view(), LOCAL_ADMINISTRATOR, fresh.scope)
        with count_statements(fresh.database) as warm:
            await show(fresh.view(), LOCAL_ADMINISTRATOR, fresh.scope)
    assert len(cold) <= COLD, cold
    assert len(warm) <= WARM, warm


async def test_all_screens_of_one_request(context: Context, count_statements: StatementCounter) -> None:
    async with context_on(context.database, context.packs) as fresh:
        for most in (COLD, WARM):
            view = fresh.view()
            seat = view, LOCAL_ADMINISTRATOR, fresh.scope
            with count_statements(fresh.database) as seen:
                await asyncio.gather(*(show(*seat) for show in SCREENS.values()))
            assert len(seen) <= most, seen
