"""Servers under load: real processes of `steelyard serve`, ended in either way and started again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from services.desk_pack import Place

COMMAND = [sys.executable, "-c", "from steelyard_graphql.cli import main; main()", "--lang", "en", "serve"]
PATIENT = 60.0
"""Seconds that a server may take to stop."""


class Served:
    """One server, at the same address all the time. environment: what it is told beside the usual."""

    def __init__(self, place: Place, log: Path, environment: Mapping[str, str] | None = None) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        options = ["--database", place.url, "--parts", str(place.parts), "--packs-dir", str(place.pack)]
        self._words = [*COMMAND, "--port", str(self.port), *options, "--allow-pack", "desk"]
        self._log = log
        self._environment = {
            **os.environ,
            "PYTHONUNBUFFERED": "1",
            "STEELYARD_LOG_LEVEL": "error",
            **(environment or {}),
        }
        self.lives = 0
        """How often it was started again."""
        self._process = self._start()

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def resident(self) -> int:
        """Its resident memory in bytes."""
        pages = Path(f"/proc/{self._process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    @property
    def files(self) -> int:
        """How many files and sockets it has open."""
        return len(list(Path(f"/proc/{self._process.pid}/fd").iterdir()))

    @property
    def threads(self) -> int:
        """How many threads it has."""
        return len(list(Path(f"/proc/{self._process.pid}/task").iterdir()))

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    @property
    def log(self) -> str:
        """What it wrote to its log."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def restart(self, *, kill: bool) -> None:
        """End it, by SIGKILL or in good order, and start it again; returns when it answers."""
        self.stop(kill=kill)
        self._process = self._start()
        self.lives += 1

    def stop(self, *, kill: bool = False) -> int:
        """End it; its exit status."""
        self._process.send_signal(signal.SIGKILL if kill else signal.SIGTERM)
        self._process.communicate(timeout=PATIENT)
        return self._process.returncode

    def _start(self) -> subprocess.Popen[str]:
        with self._log.open("a") as log:
            process = subprocess.Popen(
                self._words,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env=self._environment,
            )
        assert process.stdout is not None
        assert process.stdout.readline().startswith("GraphQL: "), self._log.read_text()
        return process


@contextmanager
def served(place: Place, count: int, environment: Mapping[str, str] | None = None) -> Iterator[list[Served]]:
    """So many servers on one place."""
    servers: list[Served] = []
    try:
        for number in range(count):
            servers.append(Served(place, place.folder / f"server-{number}.log", environment))
        yield servers
    finally:
        for each in servers:
            each.stop(kill=True)
