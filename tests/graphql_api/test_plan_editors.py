"""Two people and one plan, over real HTTP and on both databases; and what reading plans costs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from conftest import StatementCounter
from graphql_api.http_server import Api, administrators_token, running
from services.shop_pack import SCHEME, shop_packs
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.services import sampling
from steelyard.services.context import context_on, open_context
from steelyard.services.plans import creating, editing, notes
from steelyard.store.engine import Database
from steelyard_graphql.context import request_context
from steelyard_graphql.execution import Executor, Operation
from steelyard_graphql.schema import schema

EXECUTOR = Executor(schema)
ROUNDS = 5
DRAFT = f"""mutation {{
  draftPlan(input: {{scheme: "{SCHEME}", unit: "S2", period: "2025-01"}}) {{
    ... on PlanDrafted {{ plan {{ number }} }}
  }}
}}"""
CHANGE = """mutation ($number: String!, $revision: Int!, $days: Float!) {
  changePlanAction(input: {number: $number, action: 1, revision: $revision, effortDays: $days}) {
    __typename
    ... on PlanSaved { plan { actions { revision effortDays } } }
    ... on PlanStale { changes { changedBy fields { field after } } plan { actions { revision } } }
    ... on Problem { code }
  }
}"""
PLANS = """query ($first: Int) {
  plans(first: $first) {
    totalCount
    nodes {
      number unit { code } scheme { code } period { code }
      findings { key indicator { title } } actions { title answers evidence { number } effect { sentence } }
      comments { text } history { what fields { field after } } baseline { figures { points } }
    }
  }
}"""
BOARD = (Path(__file__).parents[2] / "docs/screens/plan_board.graphql").read_text(encoding="utf-8")


@pytest.fixture
def shop_api(database_url: str, tmp_path: Path) -> Iterator[tuple[Api, str]]:
    """A server with the shops, and the token of a second administrator."""

    async def load() -> str:
        async with open_context(database_url, shop_packs(), parts=tmp_path / "parts") as context:
            await sampling.load_samples(context.view(), LOCAL_ADMINISTRATOR, context.scope)
            return await administrators_token(context, "second")

    second = asyncio.run(load())
    with running(database_url, shop_packs()) as api:
        yield api, second


def test_no_update_is_lost(shop_api: tuple[Api, str]) -> None:
    """Each round both send what they saw; one wins, the other is told what the winner wrote, and by whom."""
    api, second = shop_api
    number = api.ask(DRAFT)["draftPlan"]["plan"]["number"]
    tokens = {"admin": api.headers["authorization"], "second": f"Bearer {second}"}

    def send(who: str, revision: int, days: int) -> Any:
        variables = {"number": number, "revision": revision, "days": days}
        headers = {"authorization": tokens[who]}
        with httpx.Client(base_url=api.base_url, headers=headers) as client:
            answer = client.post("/graphql", json={"query": CHANGE, "variables": variables}).json()
        return answer["data"]["changePlanAction"]

    for revision in range(ROUNDS):
        days = {"admin": 10 + revision, "second": 20 + revision}
        with ThreadPoolExecutor(2) as both:
            sent = {who: both.submit(send, who, revision, days[who]) for who in tokens}
            told = {who: each.result() for who, each in sent.items()}
        [winner] = [who for who, each in told.items() if each["__typename"] == "PlanSaved"]
        [loser] = [who for who, each in told.items() if each["__typename"] == "PlanStale"]
        assert told[loser]["changes"] == [
            {"changedBy": winner, "fields": [{"field": "effort", "after": str(days[winner])}]}
        ]
        shown = api.ask(f'{{ plan(number: "{number}") {{ actions {{ revision effortDays }} }} }}')
        assert shown["plan"]["actions"] == [{"revision": revision + 1, "effortDays": days[winner]}]


@pytest.fixture
async def planned(database: Database, tmp_path: Path) -> Database:
    """The shops with six plans, talked about."""
    async with context_on(database, shop_packs(), parts=tmp_path / "parts") as context:
        seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
        await sampling.load_samples(*seat)
        for unit in ("S2", "S3", "S4") * 2:
            made = await creating.create(*seat, scheme=SCHEME, unit=unit, period="2025-01")
            number = made.plan.record.number
            await editing.add_action(*seat, number=number, fields={"title": "Ask"})
            await notes.comment(*seat, number=number, text="Who?")
    return database


async def test_more_plans_take_no_more_statements(
    planned: Database, count_statements: StatementCounter
) -> None:
    counted = []
    for first in (1, 6):
        async with context_on(planned, shop_packs()) as context:
            with count_statements(planned) as seen:
                answer = await EXECUTOR.execute(Operation(PLANS, {"first": first}), request_context(context))
        assert len(answer.body["data"]["plans"]["nodes"]) == first, json.dumps(answer.body)
        counted.append(len(seen))
    assert counted[0] == counted[1]


async def test_the_board_of_a_branch(planned: Database, count_statements: StatementCounter) -> None:
    async with context_on(planned, shop_packs()) as context:
        for most in (12, 2):
            with count_statements(planned) as seen:
                answer = await EXECUTOR.execute(Operation(BOARD, {"unit": "SOUTH"}), request_context(context))
            assert len(seen) <= most, seen
    shown = answer.body["data"]["planBoard"]
    assert [(each["code"], each["counts"]["overdue"]) for each in shown["units"]["nodes"]] == [
        ("S3", 0),
        ("S4", 0),
    ]
    assert shown["unclaimed"]["totalCount"] == shown["counts"]["unclaimed"] > 0
