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
STANDS_FROM = STAGES.index(stages.COMMITTED)
"""From this stage on an import is there; before it nothing of it is."""
FORKED = multiprocessing.get_context("forkserver")
"""Processes of their own that begin quickly: forked from one that has imported the rooms that take long."""
FORKED.set_forkserver_preload(["steelyard.cli.app", "duckdb", "pyarrow.csv", "asyncpg", "aiosqlite"])


@dataclass(frozen=True, slots=True)
class Victim:
    """What became of a process: the stage that it told last, and whether it was killed."""

    stage: str
    killed: bool


async def finish(place: Place, file: Path, progress: Report = silent) -> None:
    """Import visits and evaluate, to the end."""
    async with seated(place) as seat:
        progress(Progress(Text("", ""), 0, 0))
        await import_file(seat, VISITS, file, progress)
        await evaluate_scheme(*seat, scheme=SCHEME)
        progress(Progress(stages.EVALUATED, 1, 1))


async def left(place: Place) -> Found:
    """Look at what is there."""
    async with seated(place) as seat:
        return await look(seat)


def killed_at(place: Place, file: Path, stage: Text) -> Victim:
    """Let a process do it that kills itself when it tells of a stage."""
    return _outcome(place, file, stage.en, lambda process: None)


def killed_after(place: Place, file: Path, seconds: float) -> Victim:
    """Let a process do it that is killed some time after it began, unless it is done by then."""

    def kill(process: Any) -> None:
        process.join(seconds)
        process.kill()

    return _outcome(place, file, None, kill)


def seconds_for(place: Place, file: Path) -> float:
    """How long a process takes from where `killed_after` counts, when nobody kills it."""
    begun = [0.0]

    def wait(process: Any) -> None:
        begun[0] = time.monotonic()
        process.join()

    done = _outcome(place, file, None, wait)
    assert not done.killed
    return time.monotonic() - begun[0]


def measure_again(place: Place) -> None:
    """Run `steelyard measure` in a process of its own."""
    process = FORKED.Process(target=_measure, args=(place,))
    process.start()
    process.join()
    assert process.exitcode == 0


def _outcome(place: Place, file: Path, deadly: str | None, meanwhile: Callable[[Any], None]) -> Victim:
    hears, tells = FORKED.Pipe(duplex=False)
    process = FORKED.Process(target=_work, args=(place, file, deadly, tells))
    process.start()
    tells.close()
    stage = ""
    with contextlib.suppress(EOFError):
        stage = hears.recv()
        meanwhile(process)
        while True:
            stage = hears.recv()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return Victim(stage, process.exitcode != 0)


def _work(place: Place, file: Path, deadly: str | None, tells: Connection) -> None:
    def told(progress: Progress) -> None:
        tells.send(progress.stage.en)
        if progress.stage.en == deadly:
            os.kill(os.getpid(), signal.SIGKILL)

    asyncio.run(finish(place, file, told))


def _measure(place: Place) -> None:
    options = ("--database", place.url, "--parts", place.parts, "--packs-dir", place.pack)
    with contextlib.redirect_stdout(io.StringIO()):
        app(["--lang", "en", "measure", *map(str, options), "--allow-pack", "desk"])
