"""A load on servers of both databases, with restarts of servers and of PostgreSQL in between.

Four writers record values that only grow, six readers look at scorecards and rankings. No answer may be
older than what was acknowledged before the question, or newer than what was sent before the answer; nothing
that was acknowledged may be missing at the end; and where nothing is restarted memory is to be flat.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path

from load.campaign import Outcome, Plan, load
from load.clients import Told
from postgres_server import PostgresServer, running_postgres
from services.desk_pack import Place
from soak.report import SHARES, Section, quantiles

USUAL = 120.0
"""Seconds for each database where the time has no end."""
EVERY = 5.0
LONG = 60
"""Samples of a life from which on its memory is told."""
QUIET = 0.5
"""The share of the time in which nothing is restarted."""


def campaign(queries: int, end: float | None, section: Section, seed: str) -> bool:
    """Put the load on both databases; tell whether all was well. `queries` and `seed` are not asked here."""
    left = 2 * USUAL if end is None else max(20.0, end - time.monotonic())
    plan = Plan(seconds=left / 2, every=EVERY, quiet=left / 2 * QUIET, least=1)
    well = True
    with tempfile.TemporaryDirectory(prefix="steelyard-load-") as folder:
        here = Path(folder) / "sqlite"
        here.mkdir()
        place = Place(f"sqlite:///{here / 'load.db'}", here)
        well &= _loaded(section, "sqlite", place, plan, 1, None)
    with (
        tempfile.TemporaryDirectory(prefix="steelyard-load-") as folder,
        running_postgres(durable=True) as server,
    ):
        place = Place(server.url(server.create()), Path(folder))
        well &= _loaded(section, "postgresql", place, plan, 2, server)
    return well


def _loaded(
    section: Section, dialect: str, place: Place, plan: Plan, servers: int, postgres: PostgresServer | None
) -> bool:
    outcome = Outcome(Told(), [])
    try:
        asyncio.run(load(place, plan, servers=servers, postgres=postgres, outcome=outcome))
    finally:
        # Of a load that was broken off, too.
        well = _told(section, dialect, outcome, plan.seconds)
    return well


def _told(section: Section, dialect: str, outcome: Outcome, seconds: float) -> bool:
    told = outcome.told
    section.say(f"{dialect}, {seconds:.0f} s, {outcome.restarts} restarts: {dict(told.answers)}")
    section.say(f"not now: {dict(told.passing)}")
    section.figures(
        f"answers on {dialect}",
        ["answers", *SHARES],
        [[sum(told.answers.values()), *quantiles(told.seconds)]],
    )
    section.figures(
        f"memory on {dialect}, by quarters of a life",
        ["seconds", *(f"MB at {part}/4" for part in range(5))],
        [
            [
                len(samples),
                *(
                    f"{samples[min(len(samples) - 1, len(samples) * part // 4)] / 1e6:.0f}"
                    for part in range(5)
                ),
            ]
            for samples in outcome.stretches
            if len(samples) >= LONG
        ],
    )
    faults = [*told.faults, *(f"lost: {each}" for each in outcome.missing[:20]), *outcome.growth()]
    for fault in faults:
        section.fault(f"{dialect}: {fault}")
    return not faults
