"""SQL statements of a request that shows a token: the token's, and what the screen costs anyway."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from conftest import StatementCounter, copy_database
from credentials import token_for
from steelyard.access.roles import Role
from steelyard.packs import Packs
from steelyard.services.authentication import Authenticator, open_authenticator
from steelyard.services.context import Context, context_on
from steelyard.store.engine import Database, open_database
from steelyard_graphql.context import RequestContext
from steelyard_graphql.execution import Executor, Operation
from steelyard_graphql.schema import schema

SCREENS = sorted((Path(__file__).parents[2] / "docs" / "screens").glob("*.graphql"))
COLD, WARM = 12, 2
MORE = {
    "indicator": 1,
    "administration": 4,
    "acts": 4,
    "assessment": 3,
    "data_inbox": 5,
    "drill_down": 2,
    "plan_board": 1,
    "weights_workbench": 1,
}
"""Measurements with their origin are read anew with each request, as are sheets, imports, plans, what came
and of how many cases the shares are."""
EXECUTOR = Executor(schema)


@pytest.fixture
async def own_samples(samples: Path, tmp_path: Path) -> AsyncIterator[Database]:
    path = tmp_path / "own.db"
    copy_database(samples, path)
    async with open_database(f"sqlite:///{path}") as opened:
        yield opened


async def admit(context: Context, door: Authenticator, text: str) -> RequestContext:
    found = await door.admit([f"Bearer {text}"], "192.0.2.7")
    return RequestContext(found.view, found.actor, found.scope, context.packs)


async def ask(context: Context, door: Authenticator, text: str, query: str) -> None:
    request = await admit(context, door, text)
    answer = await EXECUTOR.execute(Operation(query), request)
    assert "errors" not in answer.body, answer.body["errors"]


async def used_token(database: Database, packs: Packs) -> str:
    """An administrator's token that was used a moment ago, so that its use is not noted again."""
    async with context_on(database, packs) as context:
        made = await token_for(database, context.scope, "admin", (Role.ADMINISTRATOR, None))
        async with open_authenticator(context) as door:
            await admit(context, door, made)
    return made


async def test_every_screen(own_samples: Database, packs: Packs, count_statements: StatementCounter) -> None:
    text, counted = await used_token(own_samples, packs), {}
    for path in SCREENS:
        query = path.read_text(encoding="utf-8")
        async with context_on(own_samples, packs) as context, open_authenticator(context) as door:
            with count_statements(own_samples) as cold:
                await ask(context, door, text, query)
            with count_statements(own_samples) as warm:
                await ask(context, door, text, query)
        more = MORE.get(path.stem, 0)
        counted[path.stem] = (len(cold) - more, len(warm) - more)
    assert {name: seen for name, seen in counted.items() if seen[0] > COLD or seen[1] > WARM} == {}
