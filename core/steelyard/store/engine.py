"""Opening a database, and the transactions in which everything happens.

SQLite runs in WAL mode.  Its writers begin IMMEDIATE: with a deferred BEGIN, two tasks that read and then
write would both hold a read lock that neither can raise, and one fails as locked.  Readers stay deferred
and see one snapshot; so do PostgreSQL's, which read under REPEATABLE READ.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import cast

from sqlalchemy import URL, Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, PoolProxiedConnection, QueuePool

from steelyard.access.scope import Scope
from steelyard.errors import Problem, TransientError
from steelyard.store import sqlite
from steelyard.store.address import Address, Dialect, parse_address
from steelyard.store.exclusive import Turns
from steelyard.store.faults import address_checked, problem, translated
from steelyard.store.problems import DATABASE_LOCKED, LOCK_HELD
from steelyard.store.tenancy import Tenancy
from steelyard.store.transaction import Reader, Writer

LOCK_TIMEOUT = 15.0
"""Seconds to wait for a writer, a connection or a lock."""
_CONNECT_TIMEOUT = 10.0
_BEGIN = "steelyard_begin"


class Database:
    """An open database; `read` and `write` give the transactions of one use case each."""

    def __init__(self, address: Address, engine: AsyncEngine, turns: Turns, lock_timeout: float) -> None:
        self.engine = engine
        self._turns = turns
        self._address = address
        self._lock_timeout = lock_timeout
        self._turn = asyncio.Lock()
        if address.dialect == "sqlite":
            self._reading = engine.execution_options(**{_BEGIN: "BEGIN DEFERRED"})
            self._writing = engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})
        else:
            self._reading = engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            self._writing = engine

    @property
    def name(self) -> str:
        """How messages name this database: no password."""
        return self._address.name

    @property
    def dialect(self) -> Dialect:
        """Which database it is."""
        return self._address.dialect

    @property
    def path(self) -> Path | None:
        """The file of a SQLite database."""
        return self._address.path

    def connections(self) -> tuple[int, int]:
        """How many connections of the pool are in use, and how many wait to be."""
        pool = cast("QueuePool", self.engine.sync_engine.pool)
        return pool.checkedout(), pool.checkedin()

    def is_missing(self) -> bool:
        """Tell that a SQLite file is not there; of a server only connecting can tell."""
        return self._address.path is not None and not self._address.path.exists()

    @asynccontextmanager
    async def read(self, scope: Scope) -> AsyncIterator[Reader]:
        """Read one snapshot of a tenant's rows; TransientError where the database is locked or gone."""
        async with self._read(Tenancy(scope.tenant_id)) as reader:
            yield reader

    @asynccontextmanager
    async def read_all(self) -> AsyncIterator[Reader]:
        """Read what there is before there is a tenant: the tables `tenant` and `identity_provider`."""
        async with self._read(Tenancy(None, operator=True)) as reader:
            yield reader

    @asynccontextmanager
    async def write(self, scope: Scope) -> AsyncIterator[Writer]:
        """Read and write a tenant's rows, committed once at the end; an exception takes everything back."""
        async with self._write(Tenancy(scope.tenant_id)) as writer:
            yield writer

    @asynccontextmanager
    async def write_all(self) -> AsyncIterator[Writer]:
        """Read and write the tables `tenant` and `identity_provider`."""
        async with self._write(Tenancy(None, operator=True)) as writer:
            yield writer

    @asynccontextmanager
    async def bare(self, *, write: bool = False) -> AsyncIterator[AsyncConnection]:
        """Work on the database itself, such as its tables: nothing tells tenants apart but PostgreSQL."""
        async with self._transaction(write) as connection:
            with translated(self.name):
                yield connection

    @asynccontextmanager
    async def exclusive(
        self, scope: Scope, name: str, *, patience: float | None = None
    ) -> AsyncIterator[None]:
        """Hold the tenant's lock of this name: other processes and tasks that want it wait.

        It is not held by a transaction, and must not be waited for inside of one. patience: seconds to wait,
        without end for None; then TransientError (LOCK_HELD). Whoever dies lets go of it.
        """
        async with AsyncExitStack() as stack:
            try:
                async with asyncio.timeout(patience):
                    await stack.enter_async_context(self._turns.hold(f"{scope.tenant_id}:{name}"))
            except TimeoutError as error:
                values = {"database": self.name, "name": name}
                raise TransientError(Problem(LOCK_HELD, values=values)) from error
            yield

    @asynccontextmanager
    async def _read(self, tenancy: Tenancy) -> AsyncIterator[Reader]:
        async with self._transaction(write=False) as connection:
            reader = Reader(connection, self.name)
            await reader.become(tenancy)
            yield reader

    @asynccontextmanager
    async def _write(self, tenancy: Tenancy) -> AsyncIterator[Writer]:
        async with self._transaction(write=True) as connection:
            writer = Writer(connection, self.name)
            await writer.become(tenancy)
            yield writer

    @asynccontextmanager
    async def _transaction(self, write: bool) -> AsyncIterator[AsyncConnection]:
        async with AsyncExitStack() as stack:
            if write and self.dialect == "sqlite":
                await stack.enter_async_context(self._queued())
            engine = self._writing if write else self._reading
            connection = await stack.enter_async_context(self._connected(engine))
            yield connection
            if write:
                with translated(self.name):
                    await connection.commit()

    @asynccontextmanager
    async def _queued(self) -> AsyncIterator[None]:
        # SQLite's own waiting is a poll that may starve a writer; within a process they queue in order.
        try:
            async with asyncio.timeout(self._lock_timeout):
                await self._turn.acquire()
        except TimeoutError as error:
            raise problem(DATABASE_LOCKED, self.name, error) from error
        try:
            yield
        finally:
            self._turn.release()

    @asynccontextmanager
    async def _connected(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        with translated(self.name), address_checked():
            connection = await engine.connect()
        try:
            with translated(self.name):
                await connection.begin()
            yield connection
        finally:
            # It rolls back what was not committed, and may be gone by now.
            with translated(self.name):
                await _closed(connection)


async def _closed(connection: AsyncConnection) -> None:
    """Close it, even for who is cancelled meanwhile: half closed, it would be thrown away with an error."""
    closing = asyncio.create_task(connection.close())
    try:
        await asyncio.shield(closing)
    except asyncio.CancelledError:
        await asyncio.wait([closing])
        raise


@asynccontextmanager
async def open_database(
    url: str, *, lock_timeout: float = LOCK_TIMEOUT, create: bool = False, alter: bool = False
) -> AsyncIterator[Database]:
    """Open the database at `url` and close it at the end; nothing is connected before it is used.

    A SQLite file that is not there is made only with `create`. `lock_timeout` is in seconds.  With `alter`
    SQLite does not hold references, which it must not where tables are rebuilt.
    Raises ConfigError (DATABASE_URL).
    """
    address = parse_address(url)
    if address.path is None:
        with address_checked():
            engine = _postgresql_engine(address, lock_timeout)
            turns = Turns(address.name, _unpooled_engine(address), None)
    else:
        engine = _sqlite_engine(address.path, sqlite.Opening(create, alter, lock_timeout))
        turns = Turns(address.name, engine, Path(f"{address.path}.locks"))
    try:
        yield Database(address, engine, turns, lock_timeout)
    finally:
        await engine.dispose()


def _postgresql_engine(address: Address, lock_timeout: float) -> AsyncEngine:
    milliseconds = str(max(1, int(lock_timeout * 1000)))
    return create_async_engine(
        address.url,
        pool_timeout=lock_timeout,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={
            "timeout": _CONNECT_TIMEOUT,
            "server_settings": {"lock_timeout": milliseconds},
        },
    )


def _unpooled_engine(address: Address) -> AsyncEngine:
    # Those who wait for a lock must not take the connections that its holder needs to be done.
    return create_async_engine(
        address.url,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
        connect_args={"timeout": _CONNECT_TIMEOUT},
    )


def _sqlite_engine(path: Path, opening: sqlite.Opening) -> AsyncEngine:
    async def connect() -> sqlite.SqliteConnection:
        return await sqlite.connect(path, opening)

    def on_connect(_: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        entry.info["file"] = _file_id(path)

    def on_checkout(_: DBAPIConnection, entry: ConnectionPoolEntry, __: PoolProxiedConnection) -> None:
        # A file that was removed or replaced lives on for those who hold it open, and what they
        # write is lost; connecting anew finds out.
        if entry.info["file"] != _file_id(path):
            raise DisconnectionError("the file of the database was removed or replaced")

    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options()[_BEGIN])

    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(path)),
        pool_timeout=opening.lock_timeout,
        hide_parameters=True,
        async_creator=connect,
    )
    event.listen(engine.sync_engine, "connect", on_connect)
    event.listen(engine.sync_engine, "checkout", on_checkout)
    event.listen(engine.sync_engine, "begin", on_begin)
    return engine


def _file_id(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
