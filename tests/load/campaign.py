"""A load: writers and readers on servers that are restarted, and on a database that is restarted, too."""

from __future__ import annotations

import asyncio
import statistics
import time
from dataclasses import dataclass, field

from sqlalchemy import text

from graphql_api.http_server import administrators_token
from load.clients import Client, Told, Unit, read, shown, write
from load.servers import Served, served
from postgres_server import PostgresServer
from services.desk_pack import VISITS, Place, import_file, rows, seated, write_pack
from services.desk_pack import write as write_file
from steelyard.errors import Text
from steelyard.store import migrate, units
from steelyard.store.engine import open_database
from steelyard.store.units import NewUnit

WRITERS, READERS = 4, 6
SAMPLED = 1.0
"""Seconds between two looks at the memory of servers."""
GROWN_MOST = 0.1
"""What a server may have more at the end of a stretch than in its first half, as a share."""
ROOM = 30_000_000
"""Bytes more that are no leak: what interpreters keep for a while."""


@dataclass
class Outcome:
    """What came of it. stretches: of each life of a server its resident memory, sampled, in bytes."""

    told: Told
    missing: list[str]
    restarts: int = 0
    stretches: list[list[int]] = field(default_factory=list)

    def growth(self) -> list[str]:
        """Servers whose memory grew, looking at lives long enough to tell."""
        found = []
        for samples in self.stretches:
            quarter = len(samples) // 4
            if quarter < 15:
                continue
            before = statistics.median(samples[quarter : 2 * quarter])
            after = statistics.median(samples[-quarter:])
            if after > before * (1 + GROWN_MOST) + ROOM:
                found.append(f"memory grew from {before / 1e6:.0f} to {after / 1e6:.0f} MB")
        return found


@dataclass(frozen=True)
class Plan:
    """How long, in seconds. every: between two restarts; quiet: at the end, without any; least: restarts."""

    seconds: float
    every: float
    quiet: float = 0.0
    least: int = 0


async def prepare(place: Place, units_count: int) -> tuple[str, list[Unit]]:
    """Make database and units; return an administrator's token and the units."""
    write_pack(place)
    await migrate.upgrade(place.url)
    made = [Unit(f"W{number}") for number in range(units_count)]
    async with seated(place) as seat:
        visits = write_file(place.folder / "visits.csv", rows([("1", "2025-01-03", "yes")]))
        await import_file(seat, VISITS, visits)
        async with seat[0].context.database.write(seat[2]) as writer:
            news = [NewUnit(each.code, Text(each.code, each.code), "desk") for each in made]
            await units.ensure(writer, seat[2], news)
        return await administrators_token(seat[0].context), made


async def load(
    place: Place,
    plan: Plan,
    *,
    servers: int,
    postgres: PostgresServer | None = None,
    outcome: Outcome | None = None,
) -> Outcome:
    """Put a load on servers, restarting them and the database in turn.

    outcome: what is written into while it goes on, for who wants to tell of a load that is broken off.
    """
    token, made = await prepare(place, WRITERS)
    outcome = outcome or Outcome(Told(), [])
    told, ends = outcome.told, asyncio.Event()
    with served(place, servers) as running:
        clients = [
            Client([each.url for each in running], token, told, seed) for seed in range(WRITERS + READERS)
        ]
        tasks = [
            asyncio.create_task(write(client, unit, told, ends))
            for client, unit in zip(clients, made, strict=False)
        ]
        tasks += [
            asyncio.create_task(read(client, made, told, ends, seed))
            for seed, client in enumerate(clients[WRITERS:])
        ]
        watching = [asyncio.create_task(_watch(each, outcome)) for each in running]
        try:
            await _disturbed(running, postgres, outcome, plan)
        finally:
            ends.set()
            await asyncio.gather(*tasks)
            for each in watching:
                each.cancel()
            await asyncio.gather(*watching, return_exceptions=True)
            for client in clients:
                await client.close()
    outcome.missing = await _missing(place, made)
    return outcome


async def _disturbed(
    running: list[Served], postgres: PostgresServer | None, outcome: Outcome, plan: Plan
) -> None:
    """Restart servers in turn, killed and in good order, and the database every third time."""
    ends = time.monotonic() + plan.seconds
    while outcome.restarts < plan.least or time.monotonic() + plan.every < ends - plan.quiet:
        await asyncio.sleep(plan.every)
        number = outcome.restarts
        if postgres is not None and number % 3 == 2:
            await asyncio.to_thread(postgres.restart, 0.5, kill=number % 2 == 0)
        else:
            await asyncio.to_thread(running[number % len(running)].restart, kill=number % 2 == 1)
        outcome.restarts += 1
    await asyncio.sleep(max(plan.every, ends - time.monotonic()))


async def _watch(server: Served, outcome: Outcome) -> None:
    """Sample the memory of a server; each life of it is a stretch."""
    life, samples = 0, list[int]()
    outcome.stretches.append(samples)
    while True:
        await asyncio.sleep(SAMPLED)
        if server.lives != life:
            life, samples = server.lives, []
            outcome.stretches.append(samples)
        try:
            samples.append(server.resident)
        except FileNotFoundError:
            # It is being restarted just now.
            continue


async def _missing(place: Place, made: list[Unit]) -> list[str]:
    """Acknowledged values that are not there, and a last value that is not the one that stands."""
    async with open_database(place.url) as database, database.bare() as connection:
        found = await connection.execute(
            text(
                "SELECT unit.code AS code, measurement.value AS value FROM measurement"
                " JOIN unit ON unit.id = measurement.unit_id WHERE measurement.measure = 'ANSWERED'"
            )
        )
        there = {(row.code, row.value) for row in found}
    return [
        f"{unit.code} {shown(number)}"
        for unit in made
        for number in unit.kept
        if (unit.code, shown(number).rstrip("0")) not in there
    ]
