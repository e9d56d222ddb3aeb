"""The same records score the same, whatever file, query or API they come from, on both databases."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from services.made_up_dealers import FORMATS, TABLES, dealers_on, imported, made_up, scores
from steelyard.scoring import Outcome
from steelyard.store import migrate
from steelyard.store.engine import Database, open_database

ROWS = 150


async def scored(database: Database, folder: Path, format: str) -> dict[str, Any]:
    """What both tables score that come in this format."""
    async with dealers_on(database, folder) as seat:
        for table in TABLES:
            (folder / table).mkdir()
            with FORMATS[format](made_up(table, ROWS), folder / table) as source:
                done = await imported(seat, table, source)
            assert (done.stored, done.rejected) == (ROWS, 0)
        return await scores(seat)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What CSV files score on SQLite."""
    folder = tmp_path_factory.mktemp("expected")

    async def work() -> dict[str, Any]:
        url = f"sqlite:///{folder / 'steelyard.db'}"
        await migrate.upgrade(url)
        async with open_database(url) as database:
            return await scored(database, folder, "csv")

    with asyncio.Runner() as runner:
        found = runner.run(work())
    # Every node has a score, so that none of them agrees by having nothing to say.
    assert {each[0] for each in found.values() if each is not None} == {Outcome.SCORED}
    return found


@pytest.mark.parametrize("format", FORMATS)
async def test_the_same_scores(
    database: Database, tmp_path: Path, format: str, expected: dict[str, Any]
) -> None:
    assert await scored(database, tmp_path, format) == expected
