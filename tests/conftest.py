"""Databases for all tests: whoever asks for `database` or its URL runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import gc
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from postgres_server import SERVICE, PostgresServer, running_postgres
from steelyard.store import migrate, service_role
from steelyard.store.engine import Database, open_database
from steelyard.store.tables import METADATA

StatementCounter = Callable[[Database], AbstractContextManager[list[str]]]

# The schema, the packs and ten thousand tests are objects that stay: Python, which looks for garbage with
# every 700 new ones, would spend a sixth of its time on searching them.
gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server; under pytest-xdist every worker has its own."""
    with running_postgres() as server:
        server.run(f"CREATE ROLE {SERVICE} LOGIN")
        yield server


def copy_database(source: Path, target: Path) -> None:
    """Copy a SQLite file that may be open in this process.

    Never as a file: closing it would drop the locks that SQLite holds on it for the whole process.
    """
    with closing(sqlite3.connect(source)) as opened, closing(sqlite3.connect(target)) as copy:
        opened.backup(copy)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("template") / "steelyard.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_database(postgres: PostgresServer) -> str:
    """A migrated PostgreSQL database: emptied for every test, which is quicker than a new one."""
    name = postgres.create()
    _migrate(postgres.url(name))
    with asyncio.Runner() as runner:
        runner.run(service_role.grant(postgres.url(name), SERVICE))
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def dialect(request: pytest.FixtureRequest) -> str:
    """Which database a test runs on."""
    return str(request.param)


@pytest.fixture
def database_url(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a migrated database without rows; on PostgreSQL as the role of the service.

    A test that changes its tables takes `empty_url`.
    """
    if dialect == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        name: str = request.getfixturevalue("postgres_database")
        # Not TRUNCATE, which makes new files; without triggers, as the foreign keys would take their time.
        deletes = "; ".join(f"DELETE FROM {table}" for table in METADATA.tables)
        server.run(f"SET session_replication_role = replica; {deletes}", name)
        return server.url(name, SERVICE)
    path = tmp_path / "steelyard.db"
    shutil.copy(request.getfixturevalue("sqlite_template"), path)
    return f"sqlite:///{path}"


@pytest.fixture
def empty_url(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables; the file of SQLite is not there at all."""
    if dialect == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        return server.url(server.create())
    return f"sqlite:///{tmp_path / 'steelyard.db'}"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A fresh, migrated, open database."""
    async with open_database(database_url) as opened:
        yield opened


@pytest.fixture
def count_statements() -> StatementCounter:
    """`with count_statements(database) as seen:` collects the SQL sent, transaction control left out."""
    return _statements


@contextmanager
def _statements(database: Database) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        # Naming the tenant begins a transaction on PostgreSQL, as BEGIN does.
        if not statement.startswith(("BEGIN", "SELECT set_config(")):
            seen.append(statement)

    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _migrate(url: str) -> None:
    with asyncio.Runner() as runner:
        runner.run(migrate.upgrade(url))
