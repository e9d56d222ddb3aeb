"""Ids of schemes and indicators over HTTP: a version that is not installed any more has its own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import copy_database
from graphql_api.http_server import Api, running
from services.shop_pack import SCHEME, SOURCE, shop_packs
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.services import evaluating, sampling
from steelyard.services.administration.calendars import ClosePeriod
from steelyard.services.administration.perform import perform
from steelyard.services.context import open_context
from steelyard_graphql.ids import global_id

LATER = SOURCE.replace("version: 1.0.0", "version: 2.0.0").replace("weight: 3", "weight: 2")
CARDS = """{
  then: scorecard(unit: "S1", scheme: "test.shop", period: "2025-01") { ...Shown }
  now: scorecard(unit: "S1", scheme: "test.shop", period: "2025-02") { ...Shown }
}
fragment Shown on Scorecard {
  scheme { id version } node(code: "SERVICE") { indicator { id localWeight children { id } } }
}"""
AGAIN = """query ($id: ID!) {
  node(id: $id) { id ... on Scheme { version } ... on Indicator { localWeight children { id } } }
}"""


@pytest.fixture(scope="module")
def upgraded(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """A server of a later version of the shops' scheme; January was closed with the one before."""
    path = tmp_path_factory.mktemp("upgraded") / "shops.db"
    copy_database(sqlite_template, path)
    url = f"sqlite:///{path}"
    asyncio.run(_close(url))
    with running(url, shop_packs(LATER)) as api:
        yield api


async def _close(url: str) -> None:
    async with open_context(url, shop_packs(SOURCE)) as context:
        actor, scope = LOCAL_ADMINISTRATOR, context.scope
        await sampling.load_samples(context.view(), actor, scope)
        await perform(context.view(), actor, scope, ClosePeriod("month", "2025-01"), reason="over")
        await evaluating.evaluate_scheme(context.view(), actor, scope, scheme=SCHEME, period="2025-01")


def test_versions_have_ids_of_their_own(upgraded: Api) -> None:
    cards = upgraded.ask(CARDS)
    then, now = cards["then"], cards["now"]
    assert (then["scheme"]["version"], now["scheme"]["version"]) == ("1.0.0", "2.0.0")
    assert now["scheme"]["id"] == global_id("Scheme", SCHEME)
    assert now["node"]["indicator"]["id"] == global_id("Indicator", SCHEME, "SERVICE")
    assert not _ids(then) & _ids(now)


def test_each_is_found_again_by_its_id(upgraded: Api) -> None:
    for card in upgraded.ask(CARDS).values():
        indicator = card["node"]["indicator"]
        for shown in (card["scheme"], indicator):
            assert upgraded.ask(AGAIN, {"id": shown["id"]})["node"] == shown


@pytest.mark.parametrize(
    "gone", [global_id("Scheme", SCHEME, "0" * 64), global_id("Indicator", SCHEME, "SERVICE", "0" * 64)]
)
def test_a_version_that_shows_nothing_is_not_there(upgraded: Api, gone: str) -> None:
    assert upgraded.ask(AGAIN, {"id": gone}) == {"node": None}


def test_an_installed_version_is_not_told_by_its_hash(upgraded: Api) -> None:
    found = upgraded.ask('{ scheme(code: "test.shop") { id hash } }')["scheme"]
    named = upgraded.ask(AGAIN, {"id": global_id("Scheme", SCHEME, found["hash"])})["node"]
    assert (named["id"], named["version"]) == (found["id"], "2.0.0")


def _ids(card: Any) -> set[str]:
    indicator = card["node"]["indicator"]
    return {card["scheme"]["id"], indicator["id"], *(each["id"] for each in indicator["children"])}
