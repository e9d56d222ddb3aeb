"""Imports whose process is killed at a stage, and what is there afterwards.

Run as a program it is such a process: `record_kills.py URL FOLDER FILE [STAGE]` imports the file, evaluates,
and kills itself when the stage (its English name) is reported.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from services.conftest import Seat
from services.ticket_pack import SCHEME, SHOPS, TABLE, open_shops, source, standing, ticket_packs
from steelyard.errors import Text
from steelyard.services import scorecards
from steelyard.services.context import context_on
from steelyard.services.evaluating import evaluate_scheme
from steelyard.services.progress import Progress, Report
from steelyard.services.records import stages
from steelyard.services.records.importing import import_records
from steelyard.services.records.listing import list_imports
from steelyard.store.engine import open_database

STAGES = (*stages.OF_IMPORT, stages.EVALUATED)
"""Where a process is killed, in their order."""
STANDS_FROM = STAGES.index(stages.COMMITTED)
"""From this stage on an import is there; before it nothing of it is."""


@dataclass(frozen=True)
class Left:
    """What is there: how many imports, what stands of each measure, and the scores of shops by period."""

    imports: int
    measures: dict[str, str]
    scores: dict[str, float | None]

    @property
    def is_empty(self) -> bool:
        """Whether nothing of any import is there."""
        return (self.imports, self.measures) == (0, {})


@asynccontextmanager
async def seated(url: str, folder: Path) -> AsyncIterator[Seat]:
    """A seat on a migrated database, with the shops on record; files are in the folder."""
    packs = ticket_packs(folder / "tickets")
    async with open_database(url) as database, context_on(database, packs, parts=folder / "parts") as context:
        yield await open_shops(context)


def killed_at(url: str, folder: Path, file: Path, stage: Text) -> None:
    """Import in a process of its own that is killed at a stage."""
    command = [sys.executable, __file__, url, str(folder), str(file), stage.en]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr


async def complete(url: str, folder: Path, file: Path, progress: Report = lambda _: None) -> None:
    """Import a file and evaluate, to the end."""
    async with seated(url, folder) as seat:
        view, actor, scope = seat
        await import_records(view, actor, scope, table=TABLE, source=source(file), progress=progress)
        await evaluate_scheme(view, actor, scope, scheme=SCHEME)
        progress(Progress(stages.EVALUATED, 1, 1))


async def left(url: str, folder: Path) -> Left:
    """Look at what is there."""
    async with seated(url, folder) as seat:
        view, actor, scope = seat
        found = await standing(seat)
        scores = {}
        for period in sorted({key.split()[1] for key in found}):
            for card in await scorecards.cards(view, actor, scope, scheme=SCHEME, period=period, units=SHOPS):
                scores[f"{card.unit.code} {period}"] = card.root.rate
        return Left(len(await list_imports(*seat)), found, scores)


def _deadly(stage: str) -> Report:
    def told(progress: Progress) -> None:
        if progress.stage.en == stage:
            os.kill(os.getpid(), signal.SIGKILL)

    return told


if __name__ == "__main__":
    _url, _folder, _file, _stage = sys.argv[1:]
    asyncio.run(complete(_url, Path(_folder), Path(_file), _deadly(_stage)))
