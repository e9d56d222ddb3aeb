"""Publish, close, then try to change the past: refused with the reason, or shown as it was; and found out."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import asdict
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from postgres_server import PostgresServer
from services.conftest import Seat
from services.ticket_pack import SCHEME, TABLE, open_shops, source, ticket_packs, tickets, write_pack
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.errors import Conflict
from steelyard.packs import load_packs
from steelyard.packs.origin import folder_pack
from steelyard.services import evaluating, importing, measurements, receipts, scorecards
from steelyard.services.administration import verify
from steelyard.services.administration.calendars import ClosePeriod, ReopenPeriod
from steelyard.services.administration.deed import Deed
from steelyard.services.administration.head import Head
from steelyard.services.administration.moves import MoveUnit
from steelyard.services.administration.perform import perform
from steelyard.services.administration.units import CreateUnit, SetAttribute
from steelyard.services.context import context_on
from steelyard.services.records.importing import RecordImportResult, import_records
from steelyard.services.records.remeasuring import withdraw
from steelyard.services.weights import drafting
from steelyard.services.weights.proposal import ProposedWeight
from steelyard.services.weights.publishing import publication
from steelyard.store import acts
from steelyard.store.engine import Database

WHY = "as was agreed"
IN_JANUARY = date(2025, 1, 10)
ROWS = ("1,S1,2025-01-05,true,true", "2,S1,2025-01-20,false,", "3,S2,2025-01-09,true,")
January = dict[str, tuple[float | None, str | None, float | None]]


@pytest.fixture
async def seat(database: Database, tmp_path: Path) -> AsyncIterator[Seat]:
    """January: weights published for it, tickets imported, closed, evaluated."""
    packs = ticket_packs(tmp_path / "tickets")
    async with context_on(database, packs, parts=tmp_path / "parts") as context:
        shops = await open_shops(context)
        await import_tickets(shops, tmp_path, "first.csv", ROWS)
        await perform(*shops, CreateUnit("NORTH", "北区", "North", "region"), reason=WHY)
        await perform(*shops, await published(shops, {"SOLVED": 3, "CALM": 1}, "2025-01"), reason=WHY)
        await perform(*shops, ClosePeriod("month", "2025-01"), reason=WHY)
        await evaluating.evaluate_scheme(*shops, scheme=SCHEME)
        yield shops


async def import_tickets(seat: Seat, folder: Path, name: str, rows: tuple[str, ...]) -> RecordImportResult:
    """Import tickets."""
    read = source(tickets(folder / name, rows))
    return await import_records(*seat, table=TABLE, source=read)


async def findings(seat: Seat, *heads: Head) -> set[str]:
    """What `steelyard verify` finds."""
    chain = (await verify.verify(*seat, heads)).findings
    return {problem.kind.code for problem in (*chain, *(await receipts.recompute(*seat)).findings)}


async def published(seat: Seat, weights: dict[str, int], period: str) -> Deed[Any]:
    """The deed that publishes weights from a period on."""
    proposed = [ProposedWeight(node, Fraction(weight)) for node, weight in weights.items()]
    draft = await drafting.draft(*seat, scheme=SCHEME, weights=proposed, reason=WHY)
    return await publication(*seat, scheme=SCHEME, number=draft.number, revision=0, period=period)


async def january(seat: Seat) -> January:
    """What is shown of January: by unit the score, the version behind it and what SOLVED weighs."""
    cards = await scorecards.cards(*seat, scheme=SCHEME, period="2025-01")
    return {
        card.unit.code: (card.root.score, card.entry.scheme.version, card.node("SOLVED").local_weight)
        for card in cards
    }


async def by_api(seat: Seat, folder: Path) -> None:
    """Record a value."""
    one = {"unit": "S1", "measure": "SOLVED", "value": "100%"}
    await measurements.record(*seat, scheme=SCHEME, period="2025-01", **one)


async def by_table(seat: Seat, folder: Path) -> None:
    """Import a table of measures."""
    data = b"unit,period,SOLVED\nS1,2025-01,100%\n"
    await importing.import_table(*seat, scheme=SCHEME, data=data, file="solved.csv")


async def by_attribute(seat: Seat, folder: Path) -> None:
    """Say that a shop was a large one."""
    await perform(*seat, SetAttribute("S1", "size", "large", IN_JANUARY), reason=WHY)


async def by_move(seat: Seat, folder: Path) -> None:
    """Say that a shop stood elsewhere."""
    await perform(*seat, MoveUnit("S1", "NORTH", IN_JANUARY), reason=WHY)


async def by_weights(seat: Seat, folder: Path) -> None:
    """Publish other weights for it."""
    await perform(*seat, await published(seat, {"SOLVED": 9}, "2025-01"), reason=WHY)


async def by_reopening(seat: Seat, folder: Path) -> None:
    """Open it again."""
    await perform(*seat, ReopenPeriod("month", "2025-01"), reason=WHY)


Try = Callable[[Seat, Path], Awaitable[None]]
REFUSED: dict[Try, str] = {
    by_api: "PERIOD_CLOSED",
    by_table: "PERIOD_CLOSED",
    by_attribute: "ATTRIBUTE_OF_CLOSED_PERIOD",
    by_move: "PLACE_OF_CLOSED_PERIOD",
    by_weights: "WEIGHTS_OF_CLOSED_PERIOD",
    by_reopening: "PERIOD_IS_FINAL",
}


@pytest.mark.parametrize("attempt", REFUSED, ids=lambda each: each.__name__)
async def test_it_is_refused_with_the_reason(attempt: Try, seat: Seat, tmp_path: Path) -> None:
    before = await january(seat)
    with pytest.raises(Conflict) as raised:
        await attempt(seat, tmp_path)
    assert {problem.kind.code for problem in raised.value.problems} == {REFUSED[attempt]}
    assert await january(seat) == before
    assert await findings(seat) == set()


async def test_records_that_come_late_and_those_withdrawn_wait(seat: Seat, tmp_path: Path) -> None:
    before = await january(seat)
    late = await import_tickets(seat, tmp_path, "late.csv", ("9,S1,2025-01-30,true,true",))
    assert late.record is not None
    _, withdrawn = await withdraw(*seat, import_id=late.record.id, reason=WHY)
    assert (late.waiting > 0, withdrawn.waiting > 0) == (True, True)
    assert await january(seat) == before
    assert await findings(seat) == set()


@asynccontextmanager
async def newer_pack(seat: Seat, folder: Path) -> AsyncIterator[Seat]:
    """The same database after the pack was upgraded to a version with other weights and another rubric."""
    write_pack(folder)
    for name, changes in {
        "pack.yaml": {"version: 0.1.0": "version: 0.2.0"},
        "schemes/shop.yaml": {
            "version: 1.0.0": "version: 2.0.0",
            "CALM\n    weight: 1": "CALM\n    weight: 8",
            "points: 5": "points: 50",
        },
    }.items():
        text = (folder / name).read_text(encoding="utf-8")
        for old, new in changes.items():
            assert old in text
            text = text.replace(old, new)
        (folder / name).write_text(text, encoding="utf-8")
    packs = load_packs([folder_pack(folder)], strict=True)
    async with context_on(seat[0].context.database, packs, parts=folder.parent / "parts") as context:
        yield context.view(), LOCAL_ADMINISTRATOR, context.scope


async def test_an_upgrade_of_the_pack_changes_nothing(seat: Seat, tmp_path: Path) -> None:
    before = await january(seat)
    async with newer_pack(seat, tmp_path / "newer") as newer:
        assert await january(newer) == before
        done = await evaluating.evaluate_scheme(*newer, scheme=SCHEME)
        assert [(each.period.code, each.new) for each in done if each.period.code == "2025-01"] == [
            ("2025-01", False)
        ]
        assert await january(newer) == before
        assert await findings(newer) == set()


CHANGED = {
    "UPDATE measurement SET value = '1'": {"RECEIPT_INPUTS"},
    "UPDATE run SET result_hash = 'other'": {"ROW_CHANGED"},
    "UPDATE run_root SET score = 100": {"RECEIPT_FIGURES"},
    "UPDATE weight_set SET reason = 'other'": {"ROW_CHANGED"},
    "UPDATE period SET state = 'open' WHERE state = 'closed'": {"ROW_CHANGED"},
    "UPDATE act SET reason = 'other' WHERE number = 3": {"ACT_CHANGED"},
}


@pytest.mark.parametrize("statement", CHANGED)
async def test_what_is_changed_past_steelyard_is_found(
    statement: str, seat: Seat, dialect: str, database_url: str, request: pytest.FixtureRequest
) -> None:
    view, _, scope = seat
    async with view.context.database.read(scope) as reader:
        head = Head(**asdict(await acts.end(reader, scope)))
    assert await findings(seat, head) == set()
    if dialect == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        name: str = request.getfixturevalue("postgres_database")
        await asyncio.to_thread(server.run, statement, name)
    else:
        with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))) as database:
            database.execute(statement)
            database.commit()
    view.renew()
    assert await findings(seat, head) >= CHANGED[statement]
