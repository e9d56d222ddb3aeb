"""Pooled roll-ups of records: what the records of all members together come to, scored like one unit's."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date
from pathlib import Path

import pytest

from conftest import StatementCounter
from services.conftest import Seat
from services.ticket_pack import SCHEME, TABLE, source, tickets, write_pack
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.analysis.rollup import Cause
from steelyard.packs import load_packs
from steelyard.packs.origin import folder_pack
from steelyard.scoring import Outcome
from steelyard.services import evaluating
from steelyard.services.administration.calendars import ClosePeriod
from steelyard.services.administration.exemptions import GrantExemption
from steelyard.services.administration.moves import MoveUnit
from steelyard.services.administration.perform import perform
from steelyard.services.administration.units import CreateUnit
from steelyard.services.context import context_on
from steelyard.services.records.importing import import_records
from steelyard.services.rollups import asking
from steelyard.services.rollups.answer import RolledNode, RolledUnit
from steelyard.store.engine import Database

TICKETS = (
    "1,S1,2025-01-02,true,false",
    "2,S1,2025-01-03,true,true",
    "3,S1,2025-01-04,false,false",
    "4,S1,2025-02-05,false,false",
    "5,S2,2025-01-06,true,false",
    "6,S2,2025-02-07,true,true",
    "7,S2,2025-02-08,true,true",
    "8,S3,2025-01-09,false,false",
)
Open = Callable[[str], AbstractAsyncContextManager[Seat]]


@pytest.fixture
def opened(database: Database, tmp_path: Path) -> Open:
    """A seat on three shops, two of them in the north, with tickets and a roll-up like this."""

    @asynccontextmanager
    async def open_(rollup: str) -> AsyncIterator[Seat]:
        write_pack(tmp_path / "pack")
        with (tmp_path / "pack/schemes/shop.yaml").open("a", encoding="utf-8") as file:
            file.write(f"rollup: {rollup}\n")
        packs = load_packs([folder_pack(tmp_path / "pack")], strict=True)
        async with context_on(database, packs, parts=tmp_path / "parts") as context:
            seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
            for unit, kind, above in (
                ("CO", "company", None),
                ("NORTH", "region", "CO"),
                ("SOUTH", "region", "CO"),
                ("S1", "shop", "NORTH"),
                ("S2", "shop", "NORTH"),
                ("S3", "shop", "SOUTH"),
            ):
                await perform(*seat, CreateUnit(unit, unit, unit, kind, above), reason="it opened")
            file = tickets(tmp_path / "tickets.csv", TICKETS)
            await import_records(*seat, table=TABLE, source=source(file), complete=True)
            yield seat

    return open_


async def shown(seat: Seat, unit: str, period: str, calendar: str | None = None) -> RolledUnit:
    return await asking.roll_up(*seat, scheme=SCHEME, unit=unit, period=period, calendar=calendar)


async def nodes(seat: Seat, unit: str, period: str, calendar: str | None = None) -> dict[str, RolledNode]:
    return {each.node.code: each for each in (await shown(seat, unit, period, calendar)).nodes}


async def test_units(opened: Open) -> None:
    """In January 3 of 4 northern tickets were solved; the mean of the shops' shares would be 5 of 6."""
    async with opened("{units: pooled}") as seat:
        found = await nodes(seat, "NORTH", "2025-01")
        assert found["SOLVED"].rate == pytest.approx(3 / 4)
        assert (found["SOLVED"].cause, found["SOLVED"].counted, found["SOLVED"].coverage) == (
            Cause.POOLED,
            2,
            1,
        )
        assert found["CALM"].rate == pytest.approx(0.9)
        assert found["SHOP"].rate == pytest.approx((3 / 4 + 0.9) / 2)


async def test_units_and_periods_at_once(opened: Open) -> None:
    async with opened("{units: pooled, periods: pooled}") as seat:
        found = await nodes(seat, "NORTH", "2025-Q1", "month")
        assert found["SOLVED"].rate == pytest.approx(5 / 7)
        assert found["CALM"].rate == pytest.approx(0.7)
        assert (await nodes(seat, "NORTH", "2025"))["SOLVED"].rate == pytest.approx(5 / 7)
        company = await shown(seat, "CO", "2025")
        assert company.nodes[1].rate == pytest.approx(5 / 8)
        north, south = (each.nodes[1] for each in company.children)
        assert north.rate == pytest.approx(5 / 7)
        # None of one solved: but only January's feed is there, so that others may still come.
        assert (south.outcome, south.cause) == (Outcome.MISSING, Cause.FEEDS_INCOMPLETE)
        assert (south.declared, south.feeds) == (1, 12)


async def test_months_of_a_shop_pooled_are_its_quarter(opened: Open) -> None:
    """What the store counted of the quarter's records is the same, at every indicator."""
    async with opened("{periods: pooled}") as seat:
        for shop in ("S1", "S2"):
            made = await nodes(seat, shop, "2025-Q1", "month")
            own = await nodes(seat, shop, "2025-Q1")
            assert {each.cause for each in own.values()} == {Cause.OWN}
            assert [each.rate for each in made.values()] == pytest.approx(
                [each.rate for each in own.values()]
            )


async def test_units_pooled_then_the_mean_of_periods(opened: Open) -> None:
    async with opened("{units: pooled, periods: mean}") as seat:
        found = await shown(seat, "NORTH", "2025-Q1", "month")
        assert found.nodes[1].rate == pytest.approx((3 / 4 + 2 / 3) / 2)
        assert [each.score for each in found.members][2] is None
        assert found.members[0].period is not None


async def test_periods_pooled_then_the_mean_of_units(opened: Open) -> None:
    async with opened("{units: mean, periods: pooled}") as seat:
        found = await shown(seat, "NORTH", "2025-Q1", "month")
        assert found.nodes[1].rate == pytest.approx((2 / 4 + 3 / 3) / 2)
        assert [each.unit.code for each in found.members if each.unit is not None] == ["S1", "S2"]


async def test_who_is_exempt_adds_nothing(opened: Open) -> None:
    async with opened("{units: pooled}") as seat:
        deed = GrantExemption(
            SCHEME, "S2", "SOLVED", None, date(2025, 1, 1), date(2025, 2, 1), "rebuilt", ("month", "quarter")
        )
        await perform(*seat, deed, reason="rebuilt")
        found = await nodes(seat, "NORTH", "2025-01")
        assert found["SOLVED"].rate == pytest.approx(2 / 3)
        assert (found["SOLVED"].members, found["CALM"].members) == (1, 2)


async def test_members_are_those_of_the_last_day(opened: Open) -> None:
    async with opened("{units: pooled, periods: pooled}") as seat:
        await perform(*seat, MoveUnit("S3", "NORTH", date(2025, 2, 15)), reason="the regions changed")
        january, quarter = await nodes(seat, "NORTH", "2025-01"), await nodes(seat, "NORTH", "2025-Q1")
        assert (january["SOLVED"].members, quarter["SOLVED"].members) == (2, 3)


async def test_closed_periods_count_as_they_were_stored(opened: Open) -> None:
    async with opened("{units: pooled}") as seat:
        await perform(*seat, ClosePeriod("month", "2025-01"), reason="the month is over")
        await evaluating.evaluate_scheme(*seat, scheme=SCHEME, period="2025-01")
        found = (await nodes(seat, "NORTH", "2025-01"))["SOLVED"]
        assert (found.outcome, found.rate) == (Outcome.SCORED, pytest.approx(3 / 4))


@pytest.mark.parametrize("rule", ["mean", "pooled", "{volume: complaints}"])
async def test_a_region_without_shops_has_no_members(opened: Open, rule: str) -> None:
    async with opened(f"{{units: {rule}, periods: {rule}}}") as seat:
        await perform(*seat, CreateUnit("WEST", "WEST", "WEST", "region", "CO"), reason="it opened")
        west = await shown(seat, "WEST", "2025")
        assert {(each.outcome, each.cause) for each in west.nodes} <= {
            (Outcome.MISSING, Cause.NO_MEMBERS),
            (Outcome.MISSING, Cause.NOTHING_SCORED),
        }
        assert west.children == ()
        assert [each.unit.code for each in (await shown(seat, "CO", "2025")).children] == ["NORTH", "SOUTH"]


async def test_statements_do_not_grow_with_units_and_periods(
    opened: Open, count_statements: StatementCounter, tmp_path: Path
) -> None:
    """The stamps and what was divided; where records are counted again, four more for all of them once."""
    async with opened("{units: pooled, periods: pooled}") as (view, actor, scope):
        context = view.context
        async with context_on(context.database, context.packs, parts=tmp_path / "parts") as fresh:
            for most, unit, period in ((15, "CO", "2025"), (2, "CO", "2025"), (2, "NORTH", "2025-01")):
                with count_statements(fresh.database) as seen:
                    found = await shown((fresh.view(), actor, scope), unit, period)
                    assert found.children[0].children is not None
                assert len(seen) <= most, seen
            for most in (6, 2):
                with count_statements(fresh.database) as seen:
                    await asking.trend(
                        fresh.view(), actor, scope, scheme=SCHEME, unit="CO", period="2025", length=24
                    )
                assert len(seen) <= most, seen
