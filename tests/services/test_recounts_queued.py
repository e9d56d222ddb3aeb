"""Roll-ups that count records again take turns, only so many wait, and what they come to is kept apart."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.conftest import Seat
from services.recounted_pack import HEAD, NAMES, SCHEME, TABLE, open_shops, write_pack
from services.ticket_pack import source, tickets
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.errors import TransientError
from steelyard.packs import load_packs
from steelyard.packs.origin import folder_pack
from steelyard.services.context import context_on
from steelyard.services.problems import RECOUNTS_TOO_MANY
from steelyard.services.queue import Queue
from steelyard.services.records.importing import import_records
from steelyard.services.rollups import asking
from steelyard.store.engine import Database

ROWS = ["1,S1,2025-01-02,10,1.5,ann,true", "2,S2,2025-01-05,40,3,bob,true", "3,S2,2025-02-05,4,3,bob,true"]


@pytest.fixture
async def seat(database: Database, tmp_path: Path) -> AsyncIterator[Seat]:
    """A seat on shops with some records."""
    write_pack(tmp_path / "pack", "{units: pooled, periods: pooled}")
    packs = load_packs([folder_pack(tmp_path / "pack")], strict=True)
    async with context_on(database, packs, parts=tmp_path / "parts") as context:
        found = context.view(), LOCAL_ADMINISTRATOR, context.scope
        await open_shops(found)
        file = tickets(tmp_path / "repairs.csv", ROWS, HEAD)
        await import_records(*found, table=TABLE, source=source(file), complete=False)
        found[0].renew()
        yield found


async def rolled_up(seat: Seat, period: str) -> None:
    await asking.roll_up(
        *seat, scheme=SCHEME, unit="CO", period=period, calendar="month", indicators=[NAMES[5]]
    )


async def test_where_too_many_wait_it_is_refused(seat: Seat) -> None:
    view, actor, scope = seat
    view.context.recounts = Queue(RECOUNTS_TOO_MANY, at_once=1, per_account=1)
    async with view.context.recounts.turn(actor, scope):
        with pytest.raises(TransientError) as caught:
            await rolled_up(seat, "2025-01")
    assert caught.value.code == "RECOUNTS_TOO_MANY"
    await rolled_up(seat, "2025-01")


async def test_what_was_counted_pushes_nothing_else_out(seat: Seat) -> None:
    context = seat[0].context
    await rolled_up(seat, "2025-01")
    kept = len(context.cache)
    await rolled_up(seat, "2025-02")
    assert (len(context.cache), len(context.recounted)) == (kept, 2)
