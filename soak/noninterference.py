"""Non-interference: every role at every level, on both databases, against twins of both kinds.

A part asks `queries` questions; with an end, all parts share the time until then in rounds, so that a short
campaign has seen each of them, and a long one goes on with other seeds.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count, product
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from noninterference.campaign import Difference, all_fields, build_twin, open_twin
from noninterference.worlds import Level, Twin
from postgres_server import PostgresServer, running_postgres
from soak.report import Section
from steelyard.access.roles import Role

ROUND = 250
"""Questions after which it is another part's turn where the time is bounded."""
TWINS = [
    (level, kind) for level, kind in product(Level, Twin) if (level, kind) != (Level.TENANT, Twin.SHIFTED)
]
"""Nobody is out of scope of the whole tenant: only other tenants are."""


@dataclass
class _Report:
    """What was asked and found."""

    asked: Counter[str] = field(default_factory=Counter)
    reached: set[tuple[str, str]] = field(default_factory=set)
    differences: list[tuple[str, Difference]] = field(default_factory=list)


def campaign(queries: int, end: float | None, section: Section, seed: str) -> bool:
    """Run until every part has asked its questions, or until `end` (monotonic); tell whether all agreed."""
    report = _Report()
    try:
        with running_postgres() as server, tempfile.TemporaryDirectory(prefix="soak-") as folder:
            asyncio.run(_run(server, Path(folder), queries, end, report))
    finally:
        _tell(report, section)
    return not report.differences


async def _run(
    server: PostgresServer, folder: Path, queries: int, end: float | None, report: _Report
) -> None:
    parts = list(product(("sqlite", "postgresql"), TWINS))
    size = queries if end is None else min(queries, ROUND)
    names = count()
    with _progress() as progress:
        bar = progress.add_task("", total=queries * len(parts) * len(Role))
        for turn in range(-(-queries // size)):
            for dialect, (level, kind) in parts:
                urls = await asyncio.to_thread(_urls, dialect, server, folder, next(names))
                await build_twin(urls, level, kind)
                for role in Role:
                    if end is not None and time.monotonic() > end:
                        return
                    name = f"{dialect} {level.name.lower()} {kind.value} {role.value}"
                    progress.update(bar, description=name)
                    async with open_twin(urls, level, kind) as twin:
                        found = await twin.run(
                            role, size, f"soak {turn}", on_question=lambda: progress.advance(bar)
                        )
                    report.asked[f"{dialect} {role.value}"] += found.asked
                    report.reached |= found.reached
                    if found.difference is not None:
                        report.differences.append((name, found.difference))


def _urls(dialect: str, server: PostgresServer, folder: Path, number: int) -> list[str]:
    if dialect == "postgresql":
        return [server.url(server.create()) for _ in range(2)]
    return [f"sqlite:///{folder / f'{number}-{side}.db'}" for side in range(2)]


@contextmanager
def _progress() -> Iterator[Progress]:
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns) as progress:
        yield progress


def _tell(report: _Report, section: Section) -> None:
    section.figures("questions", ["of", "asked"], sorted(report.asked.items()))
    fields = all_fields()
    section.say(f"{len(report.reached & fields):,} of {len(fields):,} fields were answered with a value")
    for name, difference in report.differences:
        section.fault(f"different for {name}: {difference}")
    if not report.differences:
        section.say("all answers alike")
