"""Pooled roll-ups whose measures do not follow from those of members: their records are counted again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from random import Random

import pytest

from services.conftest import Seat
from services.recounted_pack import HEAD, NAMES, SCHEME, TABLE, open_shops, write_pack
from services.ticket_pack import source, tickets
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.access.scope import Scope
from steelyard.analysis.rollup import Cause
from steelyard.errors import Text
from steelyard.packs import load_packs
from steelyard.packs.origin import folder_pack
from steelyard.scheme.rollup import ByVolume
from steelyard.scoring import Outcome
from steelyard.services import evaluating, measurements, structure
from steelyard.services.administration.calendars import ClosePeriod
from steelyard.services.administration.perform import perform
from steelyard.services.context import context_on
from steelyard.services.records import remeasuring
from steelyard.services.records.importing import import_records
from steelyard.services.rollups import asking
from steelyard.services.rollups.answer import RolledNode, RolledUnit
from steelyard.store.engine import Database

MONTHS = ("2025-01", "2025-02", "2025-03")
REPAIRS = (
    "1,S1,2025-01-02,10,1.5,ann,true",
    "2,S1,2025-01-03,20,,bob,false",
    "3,S1,2025-02-04,90,2,ann,false",
    "4,S2,2025-01-05,40,3,bob,true",
    "5,S2,2025-03-06,50,4,cat,true",
    "6,S3,2025-01-07,70,5,ann,false",
)
Open = Callable[[str], AbstractAsyncContextManager[Seat]]


@pytest.fixture
def opened(database: Database, tmp_path: Path) -> Open:
    """A seat on four shops without any records, and a roll-up like this."""

    @asynccontextmanager
    async def open_(rollup: str) -> AsyncIterator[Seat]:
        write_pack(tmp_path / "pack", rollup)
        packs = load_packs([folder_pack(tmp_path / "pack")], strict=True)
        async with context_on(database, packs, parts=tmp_path / "parts") as context:
            seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
            await open_shops(seat)
            yield seat

    return open_


async def took_in(seat: Seat, folder: Path, rows: Iterable[str], *, complete: bool = False) -> int:
    """Import rows; the number of the import."""
    file = tickets(folder / "repairs.csv", [*rows], HEAD)
    result = await import_records(*seat, table=TABLE, source=source(file), complete=complete)
    assert result.record is not None
    assert result.rejected == 0
    return result.record.id


async def shown(seat: Seat, unit: str, period: str, calendar: str | None = "month") -> RolledUnit:
    view, actor, scope = seat
    fresh = view.context.view()
    return await asking.roll_up(
        fresh, actor, scope, scheme=SCHEME, unit=unit, period=period, calendar=calendar, indicators=NAMES
    )


async def nodes(seat: Seat, unit: str, period: str, calendar: str | None = "month") -> dict[str, RolledNode]:
    return {each.node.code: each for each in (await shown(seat, unit, period, calendar)).nodes}


def rates(found: Iterable[RolledNode]) -> dict[str, tuple[Outcome, float | None]]:
    return {each.node.code: (each.outcome, each.rate) for each in found}


def some_repairs(random: Random, shop: str) -> list[str]:
    """A few repairs, some without this or that, and of few buyers."""
    found = []
    for number in range(random.randrange(6)):
        day = f"2025-{random.randrange(1, 4):02}-{random.randrange(1, 29):02}"
        minutes = random.choice(["", str(random.randrange(-30, 400))])
        fee = random.choice(["", f"{random.randrange(-500, 5000) / 100:.2f}"])
        solved = random.choice(["", "false", "false", "true"])
        found.append(f"{shop}-{number},{shop},{day},{minutes},{fee},{random.choice('abc')},{solved}")
    return found


@pytest.mark.parametrize("seed", range(2))
async def test_the_parts_together_are_the_whole(opened: Open, tmp_path: Path, seed: int) -> None:
    """Three shops in three months have what one shop has of the same repairs in its own quarter."""
    random = Random(seed)
    async with opened("{units: pooled, periods: pooled}") as seat:
        rows = [row for shop in ("S1", "S2", "S3") for row in some_repairs(random, shop)]
        of_one = [",".join([number, "ONE", *rest]) for number, _, *rest in (row.split(",") for row in rows)]
        await took_in(seat, tmp_path, rows + of_one)
        shops = ["S1", "S2", "S3", "ONE"]
        await remeasuring.declare_feed(*seat, table=TABLE, units=shops, period_codes=MONTHS)
        if seed:
            one = {"table": TABLE, "period_codes": ["2025-02"], "complete": False}
            await remeasuring.declare_feed(*seat, units=["S2", "ONE"], **one)
        together = await shown(seat, "PARTS", "2025-Q1")
        alone = await shown(seat, "ONE", "2025-Q1", None)
        assert (alone.is_own, together.is_own) == (True, False)
        assert rates(together.nodes) == rates(alone.nodes)
        lacking = {(each.declared, each.feeds) for each in together.nodes if each.outcome is Outcome.MISSING}
        assert lacking <= {(8, 9), (None, None)}


async def test_medians_and_buyers_of_units_and_of_periods(opened: Open, tmp_path: Path) -> None:
    async with opened("{units: pooled, periods: pooled}") as seat:
        await took_in(seat, tmp_path, REPAIRS)
        company = await shown(seat, "CO", "2025-Q1")
        found = {each.node.code: each for each in company.nodes}
        assert (found["median"].rate, found["buyers"].rate, found["each"].rate) == (0.045, 0.003, 0.001)
        assert {each.cause for each in found.values()} == {Cause.POOLED}
        parts = next(each for each in company.children if each.unit.code == "PARTS")
        assert rates(parts.nodes)["median"] == (Outcome.SCORED, 0.045)
        shop = (await nodes(seat, "S1", "2025-Q1"))["buyers"]
        assert (shop.rate, shop.cause) == (0.002, Cause.POOLED)


async def test_of_units_within_each_period_then_the_mean(opened: Open, tmp_path: Path) -> None:
    async with opened("{units: pooled, periods: mean}") as seat:
        await took_in(seat, tmp_path, REPAIRS)
        found = await nodes(seat, "PARTS", "2025-Q1")
        assert found["median"].rate == pytest.approx((0.030 + 0.090 + 0.050) / 3)


async def test_of_periods_of_each_unit_then_the_mean(opened: Open, tmp_path: Path) -> None:
    async with opened("{units: mean, periods: pooled}") as seat:
        await took_in(seat, tmp_path, REPAIRS)
        found = await nodes(seat, "PARTS", "2025-Q1")
        assert found["median"].rate == pytest.approx((0.020 + 0.045 + 0.070) / 3)


async def test_why_no_unit_has_anything_in_its_periods(opened: Open, tmp_path: Path) -> None:
    async with opened("{units: mean, periods: pooled}") as seat:
        await took_in(seat, tmp_path, ["9,S1,2025-01-03,5,1,ann,false"], complete=True)
        found = (await nodes(seat, "PARTS", "2025-Q1"))["number"]
        assert (found.outcome, found.cause) == (Outcome.MISSING, Cause.FEEDS_INCOMPLETE)
        assert (found.declared, found.feeds) == (1, 3)


async def test_what_a_member_that_is_missing_has_below_the_line_counts(opened: Open, tmp_path: Path) -> None:
    """S3 solved none of one, and nobody said that this is all: its share is missing, its repair is not."""
    async with opened("{units: pooled}") as seat:
        await took_in(seat, tmp_path, REPAIRS)
        found = (await nodes(seat, "PARTS", "2025-01"))["share"]
        assert (found.rate, found.counted, found.members) == (0.5, 2, 3)


async def test_nothing_is_nothing_where_all_feeds_are_complete(opened: Open, tmp_path: Path) -> None:
    async with opened("{units: pooled}") as seat:
        for shop in ("S1", "S2", "S3"):
            before = (await nodes(seat, "PARTS", "2025-02"))["number"] if shop != "S1" else None
            if before is not None:
                assert (before.outcome, before.cause) == (Outcome.MISSING, Cause.FEEDS_INCOMPLETE)
                assert (before.declared, before.feeds) == ({"S2": 1, "S3": 2}[shop], 3)
            await took_in(seat, tmp_path, [f"9,{shop},2025-02-03,5,1,ann,false"])
            await remeasuring.declare_feed(*seat, table=TABLE, units=[shop], period_codes=["2025-02"])
        found = await nodes(seat, "PARTS", "2025-02")
        assert (found["number"].outcome, found["number"].rate) == (Outcome.SCORED, 0)
        assert (found["share"].outcome, found["share"].rate) == (Outcome.SCORED, 0)


async def test_what_somebody_entered_is_not_put_together(opened: Open, tmp_path: Path) -> None:
    """Not even beside records; what adds up does, and what is entered nowhere is counted all the same."""
    async with opened("{units: pooled}") as seat:
        await took_in(seat, tmp_path, REPAIRS)
        for measure in ("median", "number"):
            await measurements.record(
                *seat, scheme=SCHEME, unit="S2", period="2025-01", measure=measure, value="300"
            )
        found = await nodes(seat, "PARTS", "2025-01")
        assert (found["median"].outcome, found["median"].cause) == (Outcome.MISSING, Cause.NOT_POOLABLE)
        assert (found["number"].rate, found["buyers"].rate) == (0.301, 0.002)


async def test_corrections_and_withdrawals_count(opened: Open, tmp_path: Path) -> None:
    async with opened("{units: pooled}") as seat:
        await took_in(seat, tmp_path, REPAIRS)
        number = await took_in(seat, tmp_path, ["4,S2,2025-01-05,80,3,dan,true"])
        found = await nodes(seat, "PARTS", "2025-01")
        assert (found["median"].rate, found["buyers"].rate) == (0.045, 0.003)
        await remeasuring.withdraw(*seat, import_id=number, reason="it was wrong")
        found = await nodes(seat, "PARTS", "2025-01")
        assert (found["median"].rate, found["buyers"].rate) == (0.030, 0.002)


@pytest.mark.parametrize("late", ["a correction", "a withdrawal"])
async def test_a_closed_period_has_the_records_of_then(opened: Open, tmp_path: Path, late: str) -> None:
    """Also beside an open one, which has those of now."""
    async with opened("{units: pooled, periods: pooled}") as seat:
        number = await took_in(seat, tmp_path, REPAIRS)
        await perform(*seat, ClosePeriod("month", "2025-01"), reason="the month is over")
        await evaluating.evaluate_scheme(*seat, scheme=SCHEME, period="2025-01")
        if late == "a correction":
            await took_in(seat, tmp_path, ["4,S2,2025-01-05,80,3,dan,true", "5,S2,2025-03-06,0,4,dan,true"])
        else:
            await remeasuring.withdraw(*seat, import_id=number, reason="it was wrong")
            await took_in(seat, tmp_path, ["3,S1,2025-02-04,90,2,ann,false", "5,S2,2025-03-06,0,4,dan,true"])
        january = await nodes(seat, "PARTS", "2025-01")
        assert (january["median"].rate, january["buyers"].rate) == (0.030, 0.002)
        # 10, 20, 40, 70 of January, 90 of February, and 0 of March by somebody else.
        quarter = await nodes(seat, "PARTS", "2025-Q1")
        assert (quarter["median"].rate, quarter["buyers"].rate) == (0.030, 0.002)
        assert quarter["number"].rate == 0.003


async def test_records_that_are_not_what_members_show_are_not_mixed_in(opened: Open, tmp_path: Path) -> None:
    """Another version of the pack counts otherwise, and nobody measured the table again."""
    async with opened("{units: pooled}") as (view, actor, scope):
        await took_in((view, actor, scope), tmp_path, REPAIRS)
        declared = tmp_path / "pack/measures.yaml"
        counted = declared.read_text(encoding="utf-8").replace("at: 50%", "at: 25%")
        declared.write_text(counted, encoding="utf-8")
        packs = load_packs([folder_pack(tmp_path / "pack")], strict=True)
        async with context_on(view.context.database, packs, parts=tmp_path / "parts") as context:
            seat = context.view(), actor, context.scope
            found = await nodes(seat, "PARTS", "2025-01")
            assert (found["median"].outcome, found["median"].cause) == (
                Outcome.MISSING,
                Cause.RECORDS_CHANGED,
            )
            assert found["buyers"].rate == 0.002
            await remeasuring.measure_table(*seat, table=TABLE)
            found = await nodes(seat, "PARTS", "2025-01")
            assert (found["median"].cause, found["median"].rate) == (Cause.POOLED, 0.0175)


async def test_nothing_of_units_out_of_scope(opened: Open, tmp_path: Path) -> None:
    """Whatever S3 has: who sees it not is told of the others' records and feeds."""
    async with opened("{units: pooled}") as (view, actor, scope):
        await took_in((view, actor, scope), tmp_path, REPAIRS)
        known = await structure.load(view, actor, scope)
        seen = frozenset(known.unit(code).id for code in ("PARTS", "S1", "S2"))
        seat = view.context.view(), actor, Scope(scope.tenant_id, seen)
        for rows in ([], ["7,S3,2025-01-08,700,5,eve,true", "8,S3,2025-01-09,900,5,fay,true"]):
            if rows:
                await took_in((view, actor, scope), tmp_path, rows)
            found = await nodes(seat, "PARTS", "2025-01")
            assert (found["median"].rate, found["buyers"].rate, found["number"].rate) == (0.020, 0.002, 0.002)


async def test_volumes_have_the_titles_of_their_measures(opened: Open, tmp_path: Path) -> None:
    async with opened("{units: {volume: fees}}") as seat:
        await took_in(seat, tmp_path, REPAIRS)
        found = await shown(seat, "PARTS", "2025-01")
        assert isinstance(found.of_units, ByVolume)
        assert found.title_of(found.of_units) == Text("fees 数", "The fees")
