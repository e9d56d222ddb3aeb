"""A screen takes as many SQL statements with a thousand units as with ten, cold and warm.

With ten thousand it takes minutes, so that is for who asks: `STEELYARD_CROWD=10000 pytest FILE`.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from conftest import StatementCounter, copy_database
from graphql_api.crowd import LIKE, add_crowd
from steelyard.packs import Packs
from steelyard.services.context import context_on
from steelyard.settings.limits import Limits
from steelyard.store.engine import Database, open_database
from steelyard_graphql.context import request_context
from steelyard_graphql.execution import Executor, Operation
from steelyard_graphql.schema import schema

SCREENS = sorted((Path(__file__).parents[2] / "docs" / "screens").glob("*.graphql"))
MORE = int(os.environ.get("STEELYARD_CROWD", "1000"))
EXECUTOR = Executor(schema, Limits(seconds=600))
"""With the limits of production, but for the time: ten thousand take long where much else runs."""
SEEN = '{{ ranking(scheme: "{}", period: "{}") {{ totalCount }} }}'


@pytest.fixture(scope="module")
def crowded(samples: Path, packs: Packs, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples with that many units more in several schemes."""
    path = tmp_path_factory.mktemp("crowd") / "crowd.db"
    copy_database(samples, path)

    async def add() -> None:
        async with open_database(f"sqlite:///{path}") as opened:
            await add_crowd(opened, packs, MORE)

    asyncio.run(add())
    return path


@pytest.fixture
async def worlds(samples: Path, crowded: Path) -> AsyncIterator[tuple[Database, Database]]:
    """The samples as they are, and with the crowd."""
    async with (
        open_database(f"sqlite:///{samples}") as few,
        open_database(f"sqlite:///{crowded}") as many,
    ):
        yield few, many


async def _counted(
    database: Database, packs: Packs, query: str, count_statements: StatementCounter
) -> tuple[list[str], list[str]]:
    """The statements of a screen, cold and warm."""
    async with context_on(database, packs) as context:
        counted = []
        for _ in range(2):
            with count_statements(database) as statements:
                answer = await EXECUTOR.execute(Operation(query), request_context(context))
            assert "errors" not in answer.body, answer.body["errors"]
            counted.append(list(statements))
    return counted[0], counted[1]


@pytest.mark.parametrize(
    "query", [path.read_text(encoding="utf-8") for path in SCREENS], ids=[path.stem for path in SCREENS]
)
async def test_a_screen_takes_no_more_for_a_crowd(
    worlds: tuple[Database, Database], packs: Packs, count_statements: StatementCounter, query: str
) -> None:
    few, many = [await _counted(world, packs, query, count_statements) for world in worlds]
    assert [len(each) for each in many] == [len(each) for each in few]


@pytest.mark.parametrize("scheme", LIKE)
async def test_the_crowd_is_seen(worlds: tuple[Database, Database], packs: Packs, scheme: str) -> None:
    totals = []
    for world in worlds:
        async with context_on(world, packs) as context:
            query = SEEN.format(scheme, LIKE[scheme][2])
            answer = await EXECUTOR.execute(Operation(query), request_context(context))
            totals.append(answer.body["data"]["ranking"]["totalCount"])
    assert totals[1] == totals[0] + MORE
