"""Databases with a few shops, and seats from which services are called.

`seat` is on a database that all reading tests share; a test that writes takes `writing` or `empty`.
"""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from postgres_server import SERVICE, PostgresServer
from services.claim_order import Claims
from services.shop_pack import shop_packs
from steelyard.access.actor import LOCAL_ADMINISTRATOR, Actor
from steelyard.access.scope import Scope
from steelyard.packs import Packs
from steelyard.services import sampling
from steelyard.services.context import Context, View, context_on, open_context
from steelyard.store import migrate, service_role
from steelyard.store.engine import Database
from steelyard.store.tables import METADATA

Seat = tuple[View, Actor, Scope]
ByHand = Callable[[str], Awaitable[None]]


@pytest.fixture(scope="session")
def packs() -> Packs:
    return shop_packs()


@pytest.fixture(autouse=True)
def claims_in_order() -> Iterator[None]:
    """Whatever a test has services do, they claim topics in one order."""
    claims = Claims()
    with pytest.MonkeyPatch.context() as patch:
        claims.watch(patch)
        yield
    assert claims.out_of_turn == []


@pytest.fixture
async def empty(database: Database, packs: Packs) -> AsyncIterator[Context]:
    """A context on a database without units."""
    async with context_on(database, packs) as context:
        yield context


@pytest.fixture(scope="session")
def sqlite_shops(tmp_path_factory: pytest.TempPathFactory, packs: Packs) -> Path:
    """A SQLite file with the shops, to be read or copied."""
    path = tmp_path_factory.mktemp("shops") / "shops.db"
    load_shops(f"sqlite:///{path}", packs)
    return path


@pytest.fixture(scope="session")
def postgresql_shops(postgres: PostgresServer, packs: Packs) -> str:
    """The name of a PostgreSQL database with the shops, to be read."""
    return shops_on(postgres, packs)


@pytest.fixture(scope="session")
def postgresql_own_shops(postgres: PostgresServer, packs: Packs) -> str:
    """The name of another such database, to be written to; the schema `saved` has its rows as they were."""
    name = shops_on(postgres, packs)
    copies = (f"CREATE TABLE saved.{table} AS TABLE {table}" for table in METADATA.tables)
    postgres.run("; ".join(["CREATE SCHEMA saved", *copies]), name)
    return name


def shops_on(server: PostgresServer, packs: Packs) -> str:
    name = server.create()
    load_shops(server.url(name), packs)
    with asyncio.Runner() as runner:
        runner.run(service_role.grant(server.url(name), SERVICE))
    return name


def load_shops(url: str, packs: Packs) -> None:
    async def load() -> None:
        await migrate.upgrade(url)
        async with open_context(url, packs) as opened:
            await sampling.load_samples(opened.view(), LOCAL_ADMINISTRATOR, opened.scope)

    with asyncio.Runner() as runner:
        runner.run(load())


@pytest.fixture
def shops_url(dialect: str, request: pytest.FixtureRequest) -> str:
    """The address of the database that all reading tests share."""
    if dialect == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        return server.url(request.getfixturevalue("postgresql_shops"), SERVICE)
    return f"sqlite:///{request.getfixturevalue('sqlite_shops')}"


@pytest.fixture
def own_shops_url(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with the shops that one test may write to."""
    if dialect == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        name: str = request.getfixturevalue("postgresql_own_shops")
        # In place of a new copy of the database, which takes longer than most tests.
        deletes = (f"DELETE FROM {table}" for table in METADATA.tables)
        inserts = (f"INSERT INTO {table} SELECT * FROM saved.{table}" for table in METADATA.tables)
        server.run("; ".join(["SET session_replication_role = replica", *deletes, *inserts]), name)
        return server.url(name, SERVICE)
    path = tmp_path / "shops.db"
    shutil.copy(request.getfixturevalue("sqlite_shops"), path)
    return f"sqlite:///{path}"


@pytest.fixture
async def context(shops_url: str, packs: Packs) -> AsyncIterator[Context]:
    """A context on the shared database; nothing is written there."""
    async with open_context(shops_url, packs) as opened:
        yield opened


@pytest.fixture
async def writing(own_shops_url: str, packs: Packs) -> AsyncIterator[Context]:
    """A context on a database of the test's own."""
    async with open_context(own_shops_url, packs) as opened:
        yield opened


@pytest.fixture
def seat(context: Context) -> Seat:
    """What every service takes first, for reading."""
    return context.view(), LOCAL_ADMINISTRATOR, context.scope


@pytest.fixture
def writing_seat(writing: Context) -> Seat:
    """What every service takes first, on a database of the test's own."""
    return writing.view(), LOCAL_ADMINISTRATOR, writing.scope


@pytest.fixture
def by_hand(dialect: str, own_shops_url: str, request: pytest.FixtureRequest) -> ByHand:
    """Run a statement past Steelyard, as the owner of the database could."""

    async def run(statement: str) -> None:
        if dialect == "postgresql":
            server: PostgresServer = request.getfixturevalue("postgres")
            name: str = request.getfixturevalue("postgresql_own_shops")
            await asyncio.to_thread(server.run, statement, name)
            return
        with closing(sqlite3.connect(own_shops_url.removeprefix("sqlite:///"))) as database:
            database.execute(statement)
            database.commit()

    return run
