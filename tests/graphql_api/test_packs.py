"""Packs over GraphQL: one that fails is listed with its reason, and the others serve."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from steelyard.packs import PackOrigin, Packs, installed_packs, load_packs
from steelyard.services.context import context_on
from steelyard.store.engine import Database
from steelyard_graphql.context import request_context
from steelyard_graphql.execution import Executor, Operation
from steelyard_graphql.schema import schema
from steelyard_graphql.welcome import WELCOME_QUERY

QUERY = """
{
  packs { name state title schemes { code } reasons { code level message(locale: ZH) suggestion } }
  pack(name: "broken") { id }
}
"""


def _broken() -> ModuleType:
    raise RuntimeError("it does not start")


@pytest.fixture(scope="module")
def with_a_broken_one() -> Packs:
    return load_packs([*installed_packs(), PackOrigin("broken", "a test", _broken)])


async def test_a_pack_that_raises_beside_good_ones(
    sqlite_samples: Database, with_a_broken_one: Packs
) -> None:
    async with context_on(sqlite_samples, with_a_broken_one) as context:
        listed = await Executor(schema).execute(Operation(QUERY), request_context(context))
        asked = await Executor(schema).execute(Operation(WELCOME_QUERY), request_context(context))
    packs = {pack["name"]: pack for pack in listed.body["data"]["packs"]}
    broken = packs.pop("broken")
    assert (broken["state"], broken["title"], broken["schemes"]) == ("FAILED", None, [])
    assert broken["reasons"][0]["level"] == "ERROR"
    assert "it does not start" in broken["reasons"][0]["message"]
    assert {pack["state"] for pack in packs.values()} == {"LOADED"}
    assert asked.body["data"]["scorecard"]["root"]["points"] == 164


async def test_nobody_is_told_where_a_folder_is(sqlite_samples: Database) -> None:
    folder = Path(__file__).parents[1] / "data" / "packs" / "parks"
    async with context_on(sqlite_samples, load_packs([], folders=[folder])) as context:
        listed = await Executor(schema).execute(Operation("{ packs { origin } }"), request_context(context))
    assert [pack["origin"] for pack in listed.body["data"]["packs"]] == ["parks"]
