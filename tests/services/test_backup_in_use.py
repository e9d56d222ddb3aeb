"""A database in use, backed up and restored into the other kind, says all that it said before."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from postgres_server import SERVICE, PostgresServer
from services.conftest import Seat
from services.made_up_dealers import MONTHS, ORDERS, SCHEME, csv_file, made_up, of_file
from steelyard.access.actor import LOCAL_ADMINISTRATOR, Actor
from steelyard.access.permissions import Permission
from steelyard.errors import Text
from steelyard.packs.loader import load_packs
from steelyard.packs.origin import installed_packs
from steelyard.services import backups, runs, sampling, scorecards
from steelyard.services.administration.verify import verify
from steelyard.services.assessments import deciding, evidence, reading, writing
from steelyard.services.assessments.sheet import LineInput
from steelyard.services.context import open_context
from steelyard.services.evaluating import evaluate_scheme
from steelyard.services.records.importing import import_records
from steelyard.services.records.listing import list_imports, rejects_file
from steelyard.services.records.remeasuring import measure_table
from steelyard.store import migrate, service_role

PACKS = load_packs([origin for origin in installed_packs() if origin.name == "automotive"])
PNG = b"\x89PNG\r\n\x1a\nrest"
SHEET = {"scheme": "automotive.front-desk", "unit": "DEALER-SH-XX", "period": "2015"}


@asynccontextmanager
async def seated(url: str, parts: Path) -> AsyncIterator[Seat]:
    async with open_context(url, PACKS, parts=parts) as context:
        yield context.view(), LOCAL_ADMINISTRATOR, context.scope


async def use(seat: Seat, folder: Path) -> None:
    """Samples, an import with rejected rows, an approved sheet with a file, and runs of all of it."""
    view, actor, scope = seat
    await sampling.load_samples(view, actor, scope)
    orders = made_up(ORDERS, 200, faults=0.05)
    orders["dealer"] = [dealer and "DEALER-SH-XX" for dealer in orders["dealer"]]
    csv_file(folder / "orders.csv", orders)
    source = of_file(folder / "orders.csv", "csv")
    done = await import_records(view.context.view(), actor, scope, table=ORDERS, source=source)
    assert (done.stored > 150, done.rejected > 0) == (True, True)
    ann = (view.context.view(), Actor("ann", Text("ann", "ann"), dict.fromkeys(Permission)), scope)
    number = (await writing.begin(*ann, **SHEET)).record.number
    await evidence.attach(*ann, number=number, measure="FD.5S", data=PNG, file="desk.png")
    lines = [LineInput("FD.5S", "43", "dusty"), LineInput("FD.HR", "n/a")]
    saved = await writing.save(*ann, number=number, revision=0, lines=lines)
    sheet = await writing.submit(*ann, number=number, revision=saved.record.revision)
    await deciding.approve(view.context.view(), actor, scope, number=number, revision=sheet.record.revision)
    for scheme in (SCHEME, SHEET["scheme"]):
        assert await evaluate_scheme(view.context.view(), actor, scope, scheme=scheme)


async def told(seat: Seat) -> dict[str, Any]:
    """Scores, runs, what verifying finds, rejected rows, sheets and their files."""
    view, actor, scope = seat
    found: dict[str, Any] = {"runs": await runs.heads(view, actor, scope)}
    for scheme, period in ((SCHEME, MONTHS[0]), (SCHEME, MONTHS[1]), (SHEET["scheme"], "2015")):
        for card in await scorecards.cards(view, actor, scope, scheme=scheme, period=period):
            nodes = [(node.code, node.outcome, node.rate, node.passed) for node in card.nodes]
            found[f"{scheme} {period} {card.unit.code}"] = (card.verdict, nodes)
    found["verified"] = await verify(view, actor, scope)
    found["imports"] = await list_imports(view, actor, scope)
    found["rejects"] = [
        (await rejects_file(view, actor, scope, each.id)).read_bytes()
        for each in found["imports"]
        if each.rejected
    ]
    found["sheets"] = await reading.listed(view, actor, scope)
    for sheet in found["sheets"]:
        for file in sheet.evidence:
            _, path = await evidence.opened(view, actor, scope, number=sheet.record.number, evidence=file.id)
            found[f"evidence {file.id}"] = path.read_bytes()
    return found


@pytest.fixture
def other_url(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new database of the other kind."""
    if dialect == "postgresql":
        url = f"sqlite:///{tmp_path / 'other.db'}"
        with asyncio.Runner() as runner:
            runner.run(migrate.upgrade(url))
        return url
    server: PostgresServer = request.getfixturevalue("postgres")
    name = server.create()
    with asyncio.Runner() as runner:
        runner.run(migrate.upgrade(server.url(name)))
        runner.run(service_role.grant(server.url(name), SERVICE))
    return server.url(name, SERVICE)


async def test_it_says_the_same_in_the_other_kind_of_database(
    database_url: str, other_url: str, tmp_path: Path
) -> None:
    async with seated(database_url, tmp_path / "parts") as seat:
        await use(seat, tmp_path)
        before = await told((seat[0].context.view(), *seat[1:]))
    target = io.BytesIO()
    written = await backups.back_up(database_url, target, parts=tmp_path / "parts")
    restored = await backups.restore(other_url, target, "backup.zip", parts=tmp_path / "moved")
    assert (restored, written.files > 3) == (written, True)
    async with seated(other_url, tmp_path / "moved") as seat:
        assert await told(seat) == before
        assert not before["verified"].findings
        assert PNG in before.values()
        again = await measure_table(seat[0].context.view(), *seat[1:], table=ORDERS)
        assert (again.measured.recorded, again.measured.unchanged > 0) == (0, True)
