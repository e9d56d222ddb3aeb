"""Imports of records whose process is killed, at every stage, on both databases.

Each kill works on a database of its own, with other rows than the one before. Afterwards the import is there
with its measures or not at all; the next import completes the work; and the scores are those of a database
on which nobody was killed. A thousandth as many kills of each sort as questions are asked elsewhere.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections import Counter
from itertools import product
from pathlib import Path

from postgres_server import PostgresServer, running_postgres
from services.record_kills import STAGES, STANDS_FROM, complete, killed_at, left
from services.ticket_pack import SHOPS, tickets
from steelyard.errors import Text
from steelyard.store import migrate

DIALECTS = ("sqlite", "postgresql")
QUESTIONS = 1_000
ROWS = 200


def campaign(queries: int, end: float | None) -> bool:
    """Kill at every stage until each had its turns, or until `end` (monotonic); tell whether all was well."""
    kills: Counter[str] = Counter()
    faults: list[str] = []
    turns = -(-queries // QUESTIONS)
    with running_postgres() as server:
        for turn, dialect, stage in product(range(turns), DIALECTS, STAGES):
            if end is not None and time.monotonic() > end:
                break
            name = f"{dialect}, {stage.en}, turn {turn}"
            print(f"  {name}", flush=True)
            faults += [f"{name}: {fault}" for fault in _kill(server, dialect, stage, turn)]
            kills[dialect] += 1
    for dialect, count in sorted(kills.items()):
        print(f"  {dialect:<12} {count:>6,} kills")
    for fault in faults:
        print(f"  {fault}")
    if not faults:
        print("  all or nothing, and the same scores, each time")
    return not faults


def _kill(server: PostgresServer, dialect: str, stage: Text, turn: int) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="soak-") as name:
        folder = Path(name)
        file = tickets(folder / "tickets.csv", _rows(f"{stage.en} {turn}"))
        url, other = [_url(server, dialect, folder / side) for side in ("killed", "undisturbed")]
        for each in (url, other):
            asyncio.run(migrate.upgrade(each))
        killed_at(url, folder / "killed", file, stage)
        return asyncio.run(_faults(url, other, folder, file, stage))


async def _faults(url: str, other: str, folder: Path, file: Path, stage: Text) -> list[str]:
    faults = []
    found = await left(url, folder / "killed")
    await complete(url, folder / "killed", file)
    await complete(other, folder / "undisturbed", file)
    after, undisturbed = await left(url, folder / "killed"), await left(other, folder / "undisturbed")
    if found.is_empty != (STAGES.index(stage) < STANDS_FROM):
        faults.append(f"{found.imports} imports, {len(found.measures)} measures were left")
    if not found.is_empty and found.measures != undisturbed.measures:
        faults.append("an import was there without all of its measures")
    if after != undisturbed:
        faults.append("the next import did not complete the work")
    return faults


def _rows(seed: str) -> list[str]:
    rng = random.Random(seed)
    flags = ("true", "false", "")
    return [
        f"{number},{rng.choice(SHOPS)},2025-{rng.randint(1, 6):02}-{rng.randint(1, 28):02},"
        f"{rng.choice(flags)},{rng.choice(flags)}"
        for number in range(ROWS)
    ]


def _url(server: PostgresServer, dialect: str, folder: Path) -> str:
    folder.mkdir()
    if dialect == "postgresql":
        return server.url(server.create())
    return f"sqlite:///{folder / 'steelyard.db'}"
