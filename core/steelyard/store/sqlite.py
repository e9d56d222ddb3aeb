"""Connections to SQLite: how they are opened, set up, and given up when that fails."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiosqlite

_OURS = """
SELECT count(*) = 0 OR sum(name = 'alembic_version') > 0 FROM sqlite_schema WHERE type IN ('table', 'view')
"""
_ROWS_AT_ONCE = 5_000
_WHOLE = frozenset({"close", "commit", "rollback"})
"""What is carried through though nobody waits for it any more."""


class SqliteConnection(aiosqlite.Connection):
    """A connection in a thread of its own, which nobody has to wait for at the end of the process.

    Where opening fails, aiosqlite stops its thread but waits for it no longer than until then: should
    the event loop be closed by the time, the thread would die with a traceback.  `given_up` waits.  And where
    aiosqlite lets a statement run on that nobody waits for, this one stops it.
    """

    def __init__(self, uri: str, lock_timeout: float) -> None:
        # Without isolation level the driver never begins a transaction: the engine does.
        options = {"timeout": lock_timeout, "isolation_level": None, "check_same_thread": False}
        super().__init__(partial(sqlite3.connect, uri, uri=True, **options), _ROWS_AT_ONCE)
        self._thread.daemon = True
        self._stopped: asyncio.Future[None] | None = None

    def stop(self) -> asyncio.Future[None] | None:
        """Stop the thread; the future is done when it has."""
        self._stopped = super().stop()
        return self._stopped

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run a function in the thread; whoever is cancelled while they wait stops the statement, too."""
        execute: Callable[..., Awaitable[Any]] = super()._execute
        try:
            return await execute(fn, *args, **kwargs)
        except asyncio.CancelledError:
            if self._connection is not None and getattr(fn, "__name__", "") not in _WHOLE:
                self._connection.interrupt()
            raise

    async def given_up(self) -> None:
        """Close, and wait until the thread has stopped."""
        await self.close()
        if self._stopped is not None:
            await self._stopped


@dataclass(frozen=True, slots=True)
class Opening:
    """How a file is opened.

    create: make it if it is not there.  alter: do not hold references.  lock_timeout: in seconds.
    """

    create: bool
    alter: bool
    lock_timeout: float


async def connect(path: Path, opening: Opening) -> SqliteConnection:
    """Open and set up a database file."""
    connection = SqliteConnection(_uri(path, opening), opening.lock_timeout)
    try:
        await connection
        # The journal's mode is kept in the file, which is not ours to change where it is another program's.
        async with connection.execute(_OURS) as found:
            ours = await found.fetchone()
        if ours == (1,):
            await connection.execute("PRAGMA journal_mode=WAL")
        await connection.execute("PRAGMA synchronous=NORMAL")
        await connection.execute(f"PRAGMA foreign_keys={'OFF' if opening.alter else 'ON'}")
    except BaseException:
        await connection.given_up()
        raise
    return connection


def _uri(path: Path, opening: Opening) -> str:
    mode = "rwc" if opening.create else "rw"
    return f"file:{quote(path.resolve().as_posix())}?mode={mode}"
