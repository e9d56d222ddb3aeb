"""An empty tenant, and people who administer it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from administration.people import Seat, acting
from postgres_server import PostgresServer
from services.shop_pack import shop_packs
from steelyard.services.administration.deed import Deed
from steelyard.services.administration.perform import Performed, perform
from steelyard.services.context import Context, context_on
from steelyard.store.engine import Database
from steelyard.store.tables import METADATA

Do = Callable[..., Awaitable[Performed[Any]]]
ByHand = Callable[[str], Awaitable[None]]


@pytest.fixture
async def context(database: Database) -> AsyncIterator[Context]:
    async with context_on(database, shop_packs()) as opened:
        yield opened


@pytest.fixture
def seat(context: Context) -> Seat:
    """An administrator of the whole tenant."""
    return context.view(), acting("ada"), context.scope


@pytest.fixture
def other(context: Context) -> Seat:
    """Another one."""
    return context.view(), acting("bob"), context.scope


@pytest.fixture
def do(seat: Seat) -> Do:
    """Do deeds as the administrator, one after the other; the last one's act and result."""

    async def do_all(*deeds: Deed[Any], reason: str = "because") -> Performed[Any]:
        for deed in deeds:
            done = await perform(*seat, deed, reason=reason)
            assert isinstance(done, Performed)
        return done

    return do_all


class Kept:
    """The rows of the database as a test found them, for a test that changes them again and again."""

    def __init__(self, by_hand: ByHand, file: Path | None) -> None:
        self._by_hand = by_hand
        self._file = file
        self._copy = None if file is None else file.with_name("kept.db")

    async def keep(self) -> None:
        if self._file is not None and self._copy is not None:
            copy(self._file, self._copy)
            return
        copies = (f"CREATE TABLE kept.{table} AS TABLE {table}" for table in METADATA.tables)
        await self._by_hand("; ".join(["DROP SCHEMA IF EXISTS kept CASCADE", "CREATE SCHEMA kept", *copies]))

    async def restore(self) -> None:
        if self._file is not None and self._copy is not None:
            copy(self._copy, self._file)
            return
        deletes = (f"DELETE FROM {table}" for table in METADATA.tables)
        inserts = (f"INSERT INTO {table} SELECT * FROM kept.{table}" for table in METADATA.tables)
        await self._by_hand("; ".join([*deletes, *inserts]))


def copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as reading, closing(sqlite3.connect(target)) as writing:
        reading.backup(writing)


@pytest.fixture
def kept(dialect: str, database_url: str, by_hand: ByHand) -> Kept:
    file = Path(database_url.removeprefix("sqlite:///")) if dialect == "sqlite" else None
    return Kept(by_hand, file)


@pytest.fixture
def by_hand(dialect: str, database_url: str, request: pytest.FixtureRequest) -> ByHand:
    """Change the database past Steelyard, as somebody with its superuser's rights could."""

    def on_sqlite(sql: str) -> None:
        with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))) as connection:
            connection.executescript(sql)

    def on_postgresql(sql: str) -> None:
        server: PostgresServer = request.getfixturevalue("postgres")
        name: str = request.getfixturevalue("postgres_database")
        server.run(f"SET session_replication_role = replica; {sql}", name)

    run = on_postgresql if dialect == "postgresql" else on_sqlite
    return partial(asyncio.to_thread, run)
