"""Abuse of a server while honest clients work: what it answers, what it takes, and what is left of it."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from abuse.connections import Connections
from abuse.judging import Findings
from abuse.requests import TOKENS, Requests, Sent
from abuse.uploads import Uploads
from graphql_api.http_server import provided_token
from hostile.bombs import Bomb
from load.campaign import prepare
from load.clients import Client, Told, Unit, read, write
from load.servers import Served, served
from services.desk_pack import Place, seated
from steelyard.access.roles import Role

WRITERS, READERS = 2, 3
ASKERS, CONNECTORS = 3, 2
MEMORY_MOST = 200_000_000
"""Bytes that abuse may take above what the server has with honest clients alone."""
FILES_MORE, THREADS_MORE = 20, 40
"""What a server may keep open for later: connections to its database, idle threads."""
SETTLING = 20.0
"""Seconds within which it lets go of the rest."""
SAMPLED = 0.25
ENVIRONMENT = {
    "STEELYARD_LOG_LEVEL": "info",
    # So that what is refused is refused for what it is.
    "STEELYARD_LIMIT_COST_PER_MINUTE": "1000000000",
    "STEELYARD_LIMIT_SECONDS": "10",
}


@dataclass
class Abused:
    """What came of it. memory: (seconds from the start, bytes), sampled; before: without abuse, in bytes.

    quiet, told: what honest clients saw without abuse and under it.
    """

    findings: Findings = field(default_factory=Findings)
    quiet: Told = field(default_factory=Told)
    told: Told = field(default_factory=Told)
    memory: list[tuple[float, int]] = field(default_factory=list)
    before: int = 0
    files: tuple[int, int] = (0, 0)
    threads: tuple[int, int] = (0, 0)

    @property
    def most(self) -> int:
        """The most memory that it had under abuse, in bytes."""
        return max((size for _, size in self.memory), default=0)

    def faults(self) -> list[str]:
        """All that must not be."""
        found = [*self.findings.faults, *(f"honest: {each}" for each in self.told.faults + self.quiet.faults)]
        if self.most > self.before + MEMORY_MOST:
            found.append(f"memory grew from {self.before / 1e6:.0f} to {self.most / 1e6:.0f} MB")
        if self.files[1] > self.files[0] + FILES_MORE:
            found.append(f"open files: {self.files[0]} before, {self.files[1]} after")
        if self.threads[1] > self.threads[0] + THREADS_MORE:
            found.append(f"threads: {self.threads[0]} before, {self.threads[1]} after")
        if not self.told.answers["recorded"] or not self.told.answers["looked"]:
            found.append("honest clients were not served")
        return found


async def abuse(
    place: Place,
    seed: str,
    abused: Abused,
    *,
    seconds: float,
    quiet: float,
    bombs: Sequence[Bomb],
    least: int = 0,
) -> None:
    """Abuse a new server for `seconds`, after `quiet` seconds with honest clients alone; tell `abused` of it.

    Each bomb is sent once at least, then again as long as there is time. least: requests that each asker
    sends, however long that takes.
    """
    token, units = await prepare(place, WRITERS)
    abusers = await _abusers_token(place)
    guessed = [each.partition(" ")[2] for each in TOKENS if len(each) > 40]
    abused.findings.secrets = (token, abusers, *guessed, str(place.folder))
    with served(place, 1, ENVIRONMENT) as (server,):
        await _honest(server, token, units, abused.quiet, lambda: asyncio.sleep(quiet))
        abused.before = server.resident
        abused.files = (server.files, 0)
        abused.threads = (server.threads, 0)
        watching = asyncio.create_task(_watch(server, abused))
        try:
            attack = _Attack(server, abusers, abused.findings, place.folder, seed)
            await _honest(server, token, units, abused.told, lambda: attack.run(seconds, bombs, least))
            await _settle(server, abused)
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
        _end(server, abused.findings)


async def _abusers_token(place: Place) -> str:
    """A token that may import and look, but change nothing that honest clients look at."""
    async with seated(place) as seat:
        return await provided_token(seat[0].context, "abuser", Role.ANALYST)


async def _honest(
    server: Served, token: str, units: list[Unit], told: Told, meanwhile: Callable[[], Awaitable[None]]
) -> None:
    """Let honest clients work while something else goes on."""
    ends = asyncio.Event()
    clients = [Client([server.url], token, told, seed) for seed in range(WRITERS + READERS)]
    tasks = [write(client, unit, told, ends) for client, unit in zip(clients, units, strict=False)]
    tasks += [read(client, units, told, ends, seed) for seed, client in enumerate(clients[WRITERS:])]
    working = [asyncio.create_task(each) for each in tasks]
    try:
        await meanwhile()
    finally:
        ends.set()
        await asyncio.gather(*working)
        for client in clients:
            await client.close()


class _Attack:
    """All that abuses one server at a time."""

    def __init__(self, server: Served, token: str, findings: Findings, folder: Path, seed: str) -> None:
        self._server, self._token, self._findings = server, token, findings
        self._folder, self._seed = folder, seed
        self._end = 0.0

    async def run(self, seconds: float, bombs: Sequence[Bomb], least: int) -> None:
        """Go on for so long, and until each bomb and the least of requests were sent."""
        self._end = time.monotonic() + seconds
        async with asyncio.TaskGroup() as tasks:
            for number in range(ASKERS):
                tasks.create_task(self._ask(f"{self._seed} {number}", least))
            for number in range(CONNECTORS):
                tasks.create_task(self._connect(f"{self._seed} connections {number}"))
            tasks.create_task(self._send(bombs))

    @property
    def _goes_on(self) -> bool:
        if not self._server.is_alive:
            self._findings.fault("the server is gone")
            return False
        return time.monotonic() < self._end

    async def _ask(self, seed: str, least: int) -> None:
        made, asked = Requests(random.Random(seed)), 0
        async with httpx.AsyncClient(base_url=self._server.url, timeout=60) as client:
            while self._goes_on or asked < least:
                await self._one(client, made.next())
                asked += 1

    async def _one(self, client: httpx.AsyncClient, sent: Sent) -> None:
        mine = {"authorization": f"Bearer {self._token}"} if sent.known else {}
        headers = {**mine, **sent.headers}
        try:
            answer = await client.request(sent.method, sent.path, content=sent.content, headers=headers)
        except httpx.TimeoutException:
            self._findings.fault(f"no answer within a minute: {sent}"[:500])
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            self._findings.answers[f"{sent.what}: {type(error).__name__}"] += 1
        else:
            self._findings.answered(sent.what, sent, answer.status_code, answer.content)

    async def _connect(self, seed: str) -> None:
        chosen = random.Random(seed)
        opened = Connections(self._server.url, self._token, self._findings, chosen)
        while self._goes_on:
            kinds = chosen.choices((opened.raw, opened.socket, opened.streams), k=3)
            await asyncio.gather(*(kind() for kind in kinds))

    async def _send(self, bombs: Sequence[Bomb]) -> None:
        headers = {"authorization": f"Bearer {self._token}"}
        async with httpx.AsyncClient(base_url=self._server.url, headers=headers, timeout=120) as client:
            uploads = Uploads(client, self._findings, self._folder, self._seed)
            while bombs:
                for bomb in bombs:
                    await uploads.send(bomb)
                if not self._goes_on:
                    return


async def _watch(server: Served, abused: Abused) -> None:
    began = time.monotonic()
    while True:
        with suppress(FileNotFoundError):
            abused.memory.append((time.monotonic() - began, server.resident))
        await asyncio.sleep(SAMPLED)


async def _settle(server: Served, abused: Abused) -> None:
    """Wait until the server has let go of what abuse had opened."""
    ends = time.monotonic() + SETTLING
    while True:
        abused.files = (abused.files[0], server.files)
        abused.threads = (abused.threads[0], server.threads)
        if abused.files[1] <= abused.files[0] + FILES_MORE or time.monotonic() > ends:
            return
        await asyncio.sleep(0.25)


def _end(server: Served, findings: Findings) -> None:
    if not server.is_alive:
        findings.fault("the server is gone")
        return
    status = server.stop()
    if status:
        findings.fault(f"the server ended with {status}")
    findings.log(server.log)
