"""Exclusive locks: who does something long takes turns with all others who do the same to the same thing.

Nobody holds a transaction meanwhile. A lock ends with the process that holds it, however that ends.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import os
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from steelyard.store.faults import translated

_LONGEST_PAUSE = 0.1


class Turns:
    """Locks by name, within a process and between processes.

    For SQLite a file for each name in a folder beside the database; for PostgreSQL a session's advisory lock
    on a connection of its own: those of transactions are not kept from them.
    """

    def __init__(self, name: str, engine: AsyncEngine, folder: Path | None) -> None:
        self._name = name
        self._engine = engine
        self._folder = folder
        self._mine = defaultdict[str, asyncio.Lock](asyncio.Lock)

    @asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        """Wait until nobody else holds the lock of this name, and hold it."""
        async with self._mine[name]:
            held = self._file(name) if self._folder else self._session(name)
            async with held:
                yield

    @asynccontextmanager
    async def _file(self, name: str) -> AsyncIterator[None]:
        folder = self._folder or Path()
        folder.mkdir(exist_ok=True)
        # It is not removed: somebody might wait for the file that is gone while another locks the new one.
        number = os.open(folder / f"{_key(name):016x}.lock", os.O_RDWR | os.O_CREAT, 0o666)
        try:
            pause = _LONGEST_PAUSE / 32
            while not _is_locked(number):
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
            yield
        finally:
            os.close(number)

    @asynccontextmanager
    async def _session(self, name: str) -> AsyncIterator[None]:
        with translated(self._name):
            connection = await self._engine.connect()
        try:
            with translated(self._name):
                await connection.execute(text("SET lock_timeout = 0"))
                await connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _key(name) - 2**63})
            yield
        finally:
            # The connection is in no pool: the lock goes with it.
            await connection.invalidate()
            await connection.close()


def _key(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8])


def _is_locked(number: int) -> bool:
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
