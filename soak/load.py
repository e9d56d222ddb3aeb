"""A load on servers of both databases, with restarts of servers and of PostgreSQL in between.

Four writers record values that only grow, six readers look at scorecards and rankings. No answer may be
older than what was acknowledged before the question, or newer than what was sent before the answer; nothing
that was acknowledged may be missing at the end; and where nothing is restarted memory is to be flat.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from load.campaign import Outcome, Plan, load
from postgres_server import running_postgres
from services.desk_pack import Place

USUAL = 120.0
"""Seconds for each database where the time has no end."""
EVERY = 5.0
QUIET = 0.5
"""The share of the time in which nothing is restarted."""


def campaign(queries: int, end: float | None) -> bool:
    """Put the load on both databases; tell whether all was well. `queries` are not asked here."""
    left = 2 * USUAL if end is None else max(20.0, end - time.monotonic())
    plan = Plan(seconds=left / 2, every=EVERY, quiet=left / 2 * QUIET, least=1)
    well = True
    with tempfile.TemporaryDirectory(prefix="steelyard-load-") as folder:
        here = Path(folder) / "sqlite"
        here.mkdir()
        place = Place(f"sqlite:///{here / 'load.db'}", here)
        outcome = asyncio.run(load(place, plan, servers=1))
        well &= _told("sqlite", outcome, left / 2)
    with (
        tempfile.TemporaryDirectory(prefix="steelyard-load-") as folder,
        running_postgres(durable=True) as server,
    ):
        place = Place(server.url(server.create()), Path(folder))
        outcome = asyncio.run(load(place, plan, servers=2, postgres=server))
        well &= _told("postgresql", outcome, left / 2)
    return well


def _told(dialect: str, outcome: Outcome, seconds: float) -> bool:
    told = outcome.told
    answers = sum(told.answers.values())
    times = sorted(told.seconds) or [0.0]
    middle, late = statistics.median(times), times[int(len(times) * 0.99)]
    print(f"  {dialect:<10} {seconds:.0f} s, {outcome.restarts} restarts: {answers:,} answers", end="")
    print(f" ({dict(told.answers)}), median {middle * 1000:.0f} ms, p99 {late * 1000:.0f} ms")
    print(f"    not now: {dict(told.passing)}")
    for samples in outcome.stretches:
        if len(samples) >= 60:
            shown = [f"{samples[len(samples) * part // 4] / 1e6:.0f}" for part in range(4)]
            print(f"    memory by quarters of {len(samples)} s: {' '.join(shown)} {samples[-1] / 1e6:.0f} MB")
    faults = [*told.faults, *(f"lost: {each}" for each in outcome.missing[:20]), *outcome.growth()]
    for fault in faults:
        print(f"    FAULT {fault}", flush=True)
    return not faults
