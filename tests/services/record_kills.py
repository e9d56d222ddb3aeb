"""Processes that are killed while they import records and evaluate, and what is there afterwards."""

from __future__ import annotations

import asyncio
import contextlib
import io
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from services.desk_pack import SCHEME, VISITS, Found, Place, import_file, look, seated
from steelyard.cli.app import app
from steelyard.errors import Text
from steelyard.services.evaluating import evaluate_scheme
from steelyard.services.progress import Progress, Report, silent
from steelyard.services.records import stages

STAGES = (*stages.OF_IMPORT, stages.EVALUATED)
"""Where a process is killed, in their order."""
BEGUN = Text("开始", "Begun")
"""What a process tells before any of them."""
STANDS_FROM = STAGES.index(stages.COMMITTED)
"""From this stage on an import is there; before it nothing of it is."""
FORKED = multiprocessing.get_context("forkserver")
"""Processes of their own that begin quickly: forked from one that has imported the rooms that take long."""
FORKED.set_forkserver_preload(
    [
        "steelyard.cli.evaluation",
        "steelyard.cli.records_measure",
        "duckdb",
        "pyarrow.csv",
        "asyncpg",
        "aiosqlite",
    ]
)


@dataclass(frozen=True, slots=True)
class Victim:
    """What became of a process: the stage that it told last, and whether it was killed."""

    stage: str
    killed: bool


async def finish(place: Place, file: Path, progress: Report = silent) -> None:
    """Import visits and evaluate, to the end."""
    async with seated(place) as seat:
        progress(Progress(BEGUN, 0, 0))
        await import_file(seat, VISITS, file, progress)
        await evaluate_scheme(*seat, scheme=SCHEME)
        progress(Progress(stages.EVALUATED, 1, 1))


async def left(place: Place) -> Found:
    """Look at what is there."""
    async with seated(place) as seat:
        return await look(seat)


def killed_at(place: Place, file: Path, stage: Text) -> Victim:
    """Let a process do it that kills itself when it tells of a stage."""
    return _outcome(place, file, stage.en, lambda stage, process: None)


def killed_after(place: Place, file: Path, stage: str, seconds: float) -> Victim:
    """Let a process do it that is killed some time after it first told of a stage, unless it is done then."""

    def told(now: str, process: Any) -> None:
        if now == stage:
            process.join(seconds)
            process.kill()

    return _outcome(place, file, None, told)


def course(place: Place, file: Path) -> dict[str, float]:
    """Let a process do it undisturbed; return for how many seconds each stage was the last that it told."""
    times: dict[str, float] = {}
    done = _outcome(place, file, None, lambda stage, _: times.update({stage: time.monotonic()}))
    assert not done.killed
    return {stage: after - before for (stage, before), (_, after) in pairwise(times.items())}


def measure_again(place: Place) -> None:
    """Run `steelyard measure` in a process of its own."""
    options = ("--database", place.url, "--parts", place.parts, "--packs-dir", place.pack)
    words = ["--lang", "en", "measure", *map(str, options), "--allow-pack", "desk"]
    process = FORKED.Process(target=command, args=(words,))
    process.start()
    process.join()
    assert process.exitcode == 0


def command(words: list[str]) -> None:
    """Run a command: what a process of its own is given to do."""
    with contextlib.redirect_stdout(io.StringIO()):
        app(words)


def _outcome(place: Place, file: Path, deadly: str | None, when_told: Callable[[str, Any], None]) -> Victim:
    """Start a process and hear it out; `when_told` is called when it tells of a stage for the first time."""
    hears, tells = FORKED.Pipe(duplex=False)
    process = FORKED.Process(target=_work, args=(place, file, deadly, tells))
    process.start()
    tells.close()
    stages_told: list[str] = []
    with contextlib.suppress(EOFError):
        while True:
            stage = hears.recv()
            if stage not in stages_told:
                stages_told.append(stage)
                when_told(stage, process)
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return Victim(stages_told[-1], process.exitcode != 0)


def _work(place: Place, file: Path, deadly: str | None, tells: Connection) -> None:
    def told(progress: Progress) -> None:
        tells.send(progress.stage.en)
        if progress.stage.en == deadly:
            os.kill(os.getpid(), signal.SIGKILL)

    asyncio.run(finish(place, file, told))
