"""Two servers, as users run them, on one PostgreSQL and one folder of parts: each sees what the other did."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from graphql_api.http_server import Api, administrators_token
from services.conftest import Seat
from services.desk_pack import SCHEME, VISITS, Place, rows, seated, write_pack
from services.record_kills import FORKED, command
from steelyard.services.records.held import taking_turns

COMMAND = [sys.executable, "-c", "from steelyard_graphql.cli import main; main()", "--lang", "en", "serve"]
IMPORT = """
mutation ($file: Upload!) {
  importRecords(input: {table: "desk.visits", file: $file}) { ... on ImportJobChanged { job { job state } } }
}
"""
JOB = "query ($job: String!) { importJob(job: $job) { state stage } }"
CANCEL = """
mutation ($job: String!) { cancelImport(input: {job: $job}) { ... on ImportJobChanged { job { state } } } }
"""
FOLLOW = "subscription ($job: String!) { importProgress(job: $job) { state } }"
SEEN = """
{
  recordImports { totalCount }
  scorecard(unit: "D1", scheme: "desk.desk", period: "2025-01") {
    run { revision } root { children { code rate } }
  }
}
"""
Servers = tuple[Api, Api]


@pytest.fixture
def dialect() -> str:
    """SQLite is for one machine and few processes; several servers are for PostgreSQL."""
    return "postgresql"


@pytest.fixture
def place(database_url: str, tmp_path: Path) -> Place:
    """The database and folder of both."""
    made = Place(database_url, tmp_path)
    write_pack(made)
    return made


@pytest.fixture
async def seat(place: Place) -> AsyncIterator[Seat]:
    """A third one on the same."""
    async with seated(place) as opened:
        yield opened


@pytest.fixture
async def servers(place: Place, seat: Seat) -> AsyncIterator[Servers]:
    """Both, to an administrator."""
    token = await administrators_token(seat[0].context)
    with _serving(place) as (one, other):
        for each in (one, other):
            each.headers["authorization"] = f"Bearer {token}"
        yield one, other


@contextmanager
def _serving(place: Place) -> Iterator[Servers]:
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with ExitStack() as stack:
        processes = [
            subprocess.Popen(
                [*COMMAND, "--port", "0", *_options(place), "--parts", str(place.parts)],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                env=environment,
            )
            for _ in range(2)
        ]
        clients = []
        for process in processes:
            stack.callback(process.communicate)
            stack.callback(process.kill)
        for process in processes:
            assert process.stdout is not None
            address = process.stdout.readline().removeprefix("GraphQL: ").strip()
            clients.append(stack.enter_context(Api(base_url=address.removesuffix("/graphql"), timeout=30)))
        yield clients[0], clients[1]


def _options(place: Place) -> list[str]:
    return ["--database", place.url, "--packs-dir", str(place.pack), "--allow-pack", "desk"]


def _send(api: Api, *visits: tuple[str, str, str]) -> str:
    fields = {
        "operations": (None, json.dumps({"query": IMPORT, "variables": {"file": None}})),
        "map": (None, '{"0": ["variables.file"]}'),
        "0": ("visits.csv", "\n".join(["number,desk,met,solved", *rows(visits), ""])),
    }
    return str(api.post("/graphql", files=fields).json()["data"]["importRecords"]["job"]["job"])


def _followed(api: Api, job: str) -> list[str]:
    """The states of a job until it is over."""
    body = {"query": FOLLOW, "variables": {"job": job}}
    found = []
    with api.stream("POST", "/graphql", json=body, headers={"accept": "text/event-stream"}) as response:
        for line in response.iter_lines():
            if line.startswith("data: {"):
                found.append(json.loads(line.removeprefix("data: "))["data"]["importProgress"]["state"])
    return found


def _seen(api: Api) -> tuple[int, float, int | None]:
    """How many imports a server shows, the share of what was solved, and the revision of the run."""
    data = api.ask(SEEN)
    (solved,) = (each for each in data["scorecard"]["root"]["children"] if each["code"] == "SOLVED")
    run = data["scorecard"]["run"]
    return data["recordImports"]["totalCount"], solved["rate"], run and run["revision"]


async def _until(api: Api, job: str, expected: dict[str, str]) -> None:
    for _ in range(200):
        if api.ask(JOB, {"job": job})["importJob"].items() >= expected.items():
            return
        await asyncio.sleep(0.05)
    raise AssertionError(api.ask(JOB, {"job": job}))


async def test_each_sees_what_the_other_did(servers: Servers, place: Place, seat: Seat) -> None:
    one, other = servers
    first = _send(one, ("1", "2025-01-05", "true"), ("2", "2025-01-06", "false"))
    assert _followed(other, first)[-1] == "DONE"
    assert _seen(other) == _seen(one) == (1, 0.5, None)
    second = _send(other, ("2", "2025-01-06", "true"))
    assert _followed(one, second)[-1] == "DONE"
    assert _seen(one) == _seen(other) == (2, 1.0, None)
    await _evaluated_twice(place, seat)
    assert _seen(one) == _seen(other) == (2, 1.0, 1)
    await _stopped(one, other, seat)
    assert _seen(one)[0] == _seen(other)[0] == 2


async def _stopped(one: Api, other: Api, seat: Seat) -> None:
    """Let a job wait at one server, see that at the other, and stop it there."""
    view, _, scope = seat
    async with taking_turns(view.context, scope, VISITS):
        job = _send(one, ("3", "2025-01-05", "false"))
        await _until(other, job, {"state": "RUNNING", "stage": "Part synced"})
        other.ask(CANCEL, {"job": job})
        assert _followed(other, job)[-1] == "CANCELLED"


async def _evaluated_twice(place: Place, seat: Seat) -> None:
    """Let two processes evaluate the same at once: one waits for the other and finds it done."""
    view, _, scope = seat
    arguments = ["evaluate", SCHEME, "--period", "2025-01", *_options(place)]
    async with view.context.database.exclusive(scope, f"evaluate:{SCHEME}"):
        processes: list[Any] = [FORKED.Process(target=command, args=(arguments,)) for _ in range(2)]
        for each in processes:
            each.start()
        await _all_wait(seat, len(processes))
    for each in processes:
        await asyncio.to_thread(each.join)
    assert [each.exitcode for each in processes] == [0, 0]


async def _all_wait(seat: Seat, sessions: int) -> None:
    """Go on once so many sessions wait for a lock that is nobody's row."""
    query = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    for _ in range(1000):
        async with seat[0].context.database.bare() as connection:
            if await connection.scalar(query) == sessions:
                return
        await asyncio.sleep(0.02)
    raise AssertionError("they do not wait for each other")
