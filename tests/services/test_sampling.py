"""The installed packs' samples, all the way from their tables to runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.intake.measures.behind import Asked
from steelyard.packs import load_packs
from steelyard.services import sampling, scorecards
from steelyard.services.context import Context, context_on
from steelyard.services.plans import drafting, editing, reading
from steelyard.services.progress import Progress
from steelyard.services.records.behind import BehindRecords, behind, records_behind
from steelyard.store.engine import Database

DEALER = {"unit": "DEALER-SH-XX", "period": "2014"}
SHANGHAI = {"scheme": "automotive.service-process", "unit": "DEALER-SH-XX", "period": "2025-01"}


async def test_the_samples_of_the_source(database: Database, tmp_path: Path) -> None:
    seen: list[Progress] = []
    async with context_on(database, load_packs(), parts=tmp_path / "parts") as context:
        seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
        first = await sampling.load_samples(*seat, progress=seen.append)
        assert first.units > 30
        assert first.recorded > 5000
        desk = await scorecards.card(*seat, scheme="automotive.front-desk", **DEALER)
        shop = await scorecards.card(*seat, scheme="automotive.shop", **DEALER)
        process = await scorecards.card(*seat, **SHANGHAI)
        delivered = await behind(*seat, **SHANGHAI, measure="on_time_delivery")
        assert isinstance(delivered, BehindRecords)
        orders = await records_behind(*seat, delivered, Asked(100))
        plan = await drafting.draft(*seat, scheme="automotive.front-desk", **DEALER)
    assert (desk.root.points, desk.root.full, desk.root.score) == pytest.approx((164, 330, 49.6970), abs=1e-4)
    assert (desk.verdict, desk.root.passed) == ("failed", False)
    assert (shop.root.outcome.name, shop.root.coverage) == ("INCOMPLETE", pytest.approx(0.33))
    assert shop.node("AUTO.FD").points == pytest.approx(164)
    assert [(point.code, point.gain) for point in plan.diagnosis.weak] == [
        ("FD.CORE", 95),
        ("FD.KANBAN", 24),
        ("FD.5S", 19),
        ("FD.HR", 19),
        ("FD.DMS", 5),
        ("FD.DOC", 4),
    ]
    assert (process.root.outcome.name, {row.file for row in orders.rows}) == (
        "SCORED",
        {"work_orders.csv"},
    )
    share = sum(row.above for row in orders.rows) / sum(row.below for row in orders.rows)
    assert process.node("SP.TIME.ON-TIME").rate == pytest.approx(min(max((share - 0.6) / 0.35, 0), 1))
    assert plan.diagnosis.needed == 67
    assert plan.projected.passed is True
    assert (seen[-1].done, seen[-1].stage) == (seen[-1].total, sampling.RUNS)


async def test_loading_them_again_changes_nothing(writing: Context) -> None:
    seat = writing.view(), LOCAL_ADMINISTRATOR, writing.scope
    before = await seat[0].stamps(writing.scope)
    again = await sampling.load_samples(*seat)
    assert (again.units, again.recorded, again.runs) == (8, 0, 3)
    assert await writing.view().stamps(writing.scope) == before


async def test_the_plan_of_the_source_is_kept_once(database: Database) -> None:
    where = {"scheme": "automotive.front-desk-audit", "unit": "DEALER-SH-XX"}
    packs = load_packs(allow={"automotive"})
    async with context_on(database, packs) as context:
        seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
        first = await sampling.load_samples(*seat, records=False)
        [number] = await reading.numbers(*seat, **where)
        made = await reading.plan(*seat, number=number)
        await editing.rename(*seat, number=number, revision=made.record.revision, title="2015")
        again = await sampling.load_samples(context.view(), *seat[1:], records=False)
        assert await reading.numbers(context.view(), *seat[1:], **where) == [number]
    assert (first.plans, again.plans) == (1, 0)
    assert made.record.title == "前台辅导计划 / Coaching plan for the front desk"
    assert (len(made.findings), len(made.actions)) == (15, 6)
