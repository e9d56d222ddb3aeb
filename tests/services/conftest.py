"""Databases with a few shops, and seats from which services are called.

`seat` is on a database that all reading tests share; a test that writes takes `writing` or `empty`.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from postgres_server import PostgresServer
from services.shop_pack import shop_packs
from steelyard.packs import Packs
from steelyard.services import sampling
from steelyard.services.context import Context, View, context_on, open_context
from steelyard.store import migrate
from steelyard.store.access import LOCAL_ADMINISTRATOR, Actor, Scope
from steelyard.store.engine import Database

Seat = tuple[View, Actor, Scope]


@pytest.fixture(scope="session")
def packs() -> Packs:
    return shop_packs()


@pytest.fixture
async def empty(database: Database, packs: Packs) -> AsyncIterator[Context]:
    """A context on a database without units."""
    async with context_on(database, packs) as context:
        yield context


@pytest.fixture
async def writing(empty: Context) -> Context:
    """A context on a database of the test's own with the shops and their measurements."""
    await sampling.load_samples(empty.view(), LOCAL_ADMINISTRATOR, empty.scope)
    return empty


@pytest.fixture(scope="session")
def sqlite_shops(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, packs: Packs) -> str:
    path = tmp_path_factory.mktemp("shops") / "shops.db"
    shutil.copy(sqlite_template, path)
    return seeded(f"sqlite:///{path}", packs)


@pytest.fixture(scope="session")
def postgresql_shops(postgres: PostgresServer, packs: Packs) -> str:
    return seeded(postgres.url(postgres.create()), packs)


def seeded(url: str, packs: Packs) -> str:
    """Load the shops into a database and return its address."""

    async def load() -> None:
        await migrate.upgrade(url)
        async with open_context(url, packs) as opened:
            await sampling.load_samples(opened.view(), LOCAL_ADMINISTRATOR, opened.scope)

    with asyncio.Runner() as runner:
        runner.run(load())
    return url


@pytest.fixture
def shops_url(dialect: str, request: pytest.FixtureRequest) -> str:
    """The address of the shared database with the shops."""
    return str(request.getfixturevalue(f"{dialect}_shops"))


@pytest.fixture
async def context(shops_url: str, packs: Packs) -> AsyncIterator[Context]:
    """A context on the shared database; nothing is written there."""
    async with open_context(shops_url, packs) as opened:
        yield opened


@pytest.fixture
def seat(context: Context) -> Seat:
    """What every service takes first, for reading."""
    return context.view(), LOCAL_ADMINISTRATOR, context.scope


@pytest.fixture
def writing_seat(writing: Context) -> Seat:
    """What every service takes first, on a database of the test's own."""
    return writing.view(), LOCAL_ADMINISTRATOR, writing.scope
