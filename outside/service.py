"""The service as users run it: `steelyard serve` on a port of the loopback, and a token to come in with."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import httpx

from outside.places import folder
from outside.program import run

NO_SETTINGS: Mapping[str, str] = MappingProxyType({})
PATIENCE = 30
"""Seconds that it has to end."""
_LISTENING = re.compile(r"GraphQL: (http://\S+)")
_PROGRAM = Path(sys.executable).with_name("steelyard")


@dataclass(frozen=True, slots=True)
class Service:
    """A running service: where it answers, what lets one in, where it writes what happens, its process."""

    url: str
    token: str
    log: Path
    process: int

    @property
    def socket_url(self) -> str:
        """Where it answers WebSockets."""
        return self.url.replace("http", "ws", 1)

    @property
    def authorization(self) -> str:
        """The header that lets one in."""
        return f"Bearer {self.token}"

    def ask(self, query: str, variables: dict[str, Any] | None = None) -> Any:
        """Return the data of an answer. Raises RuntimeError where it has errors."""
        body = {"query": query, "variables": variables or {}}
        sent = httpx.post(self.url, json=body, headers={"authorization": self.authorization}, timeout=60)
        answer = sent.json()
        if "errors" in answer:
            raise RuntimeError(answer["errors"])
        return answer["data"]


@contextmanager
def running(
    database: str,
    packs: Sequence[Path] = (),
    settings: Mapping[str, str] = NO_SETTINGS,
    parts: Path | None = None,
) -> Iterator[Service]:
    """Serve a database until the end of the block, in production mode.

    settings: by name; whatever is left out is as in production. parts: the folder of files; beside a SQLite
        database for None.
    """
    options = ["--database", database, *(f"--packs-dir={path}" for path in packs)]
    options += [] if parts is None else [f"--parts={parts}"]
    token = _token(database)
    said = {f"STEELYARD_{name.upper()}": value for name, value in settings.items()}
    log = folder("logs") / "service.log"
    with log.open("w") as errors:
        process = subprocess.Popen(
            [_PROGRAM, "serve", "--port", "0", *options],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=_environment() | said,
        )
        try:
            yield Service(_address(process, log), token, log, process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _address(process: subprocess.Popen[str], log: Path) -> str:
    for line in process.stdout or ():
        if found := _LISTENING.search(line):
            return found[1]
    raise RuntimeError(f"the service did not start: {log.read_text()[-500:]}")


def _token(database: str) -> str:
    """Make an administrator's token at the machine."""
    command: list[str | Path] = [
        _PROGRAM,
        "token",
        "create",
        "judge",
        "--role",
        "administrator",
        "--label",
        "outside",
    ]
    done = run([*command, "--database", database], environment=_environment())
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout.strip()


def _environment() -> dict[str, str]:
    """The environment without settings of a service that is somebody's own."""
    return {name: value for name, value in os.environ.items() if not name.startswith("STEELYARD_")}
