"""A database that is gone, is none, or cannot be named: a code each, and never a password."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from postgres_server import PostgresServer, running_postgres
from steelyard.errors import ConfigError, InvalidInput, SteelyardError, Text, TransientError
from steelyard.store import tenants
from steelyard.store.address import parse_address
from steelyard.store.engine import Database, open_database


async def use(database: Database) -> None:
    async with database.read_all() as reader:
        await tenants.find(reader, "acme")


def remove(url: str) -> None:
    """Remove a SQLite database with the files beside it."""
    path = Path(url.removeprefix("sqlite:///"))
    for each in path.parent.glob(f"{path.name}*"):
        each.unlink()


async def failure(url: str) -> SteelyardError:
    with pytest.raises(SteelyardError) as caught:
        async with open_database(url) as database:
            await use(database)
    return caught.value


async def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    error = await failure(f"sqlite:///{tmp_path}/none.db")
    assert (type(error), error.code) == (TransientError, "DATABASE_UNREACHABLE")
    assert not await asyncio.to_thread((tmp_path / "none.db").exists)


async def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    assert (await failure(f"sqlite:///{tmp_path}")).code == "DATABASE_UNREACHABLE"


async def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear Sir or Madam, " * 100)
    error = await failure(f"sqlite:///{path}")
    assert (type(error), error.code) == (ConfigError, "DATABASE_UNUSABLE")


async def test_nobody_listens_there(tmp_path: Path) -> None:
    error = await failure(f"postgresql://me:secret@/x?host={tmp_path}")
    assert (type(error), error.code) == (TransientError, "DATABASE_UNREACHABLE")
    assert "secret" not in str(error)


async def test_a_refused_connection(tmp_path: Path) -> None:
    error = await failure("postgresql://me:secret@127.0.0.1:1/x")
    assert error.code == "DATABASE_UNREACHABLE"
    assert "secret" not in str(error)


async def test_a_server_without_that_database(postgres: PostgresServer) -> None:
    error = await failure(postgres.url("nonesuch"))
    assert (type(error), error.code) == (ConfigError, "DATABASE_MISSING")


async def test_a_server_that_does_not_know_the_user(postgres: PostgresServer) -> None:
    url = postgres.url("postgres").replace("//steelyard@", "//stranger:secret@")
    error = await failure(url)
    assert error.code == "DATABASE_UNREACHABLE"
    assert "secret" not in str(error)


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_a_file_that_is_removed_meanwhile(database: Database, database_url: str) -> None:
    await use(database)
    remove(database_url)
    with pytest.raises(TransientError) as caught:
        await use(database)
    assert caught.value.code == "DATABASE_UNREACHABLE"


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_a_file_that_is_replaced_meanwhile(
    database: Database, database_url: str, sqlite_template: Path
) -> None:
    async with database.write_all() as writer:
        await tenants.ensure(writer, "acme", Text("甲", "Acme"))
    remove(database_url)
    shutil.copy(sqlite_template, database_url.removeprefix("sqlite:///"))
    async with database.read_all() as reader:
        assert await tenants.find(reader, "acme") is None


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_connections_that_the_server_ended_are_replaced(
    database: Database, postgres: PostgresServer
) -> None:
    await use(database)
    await asyncio.to_thread(postgres.end_sessions)
    await use(database)


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_a_connection_that_ends_in_the_middle(database: Database, postgres: PostgresServer) -> None:
    async def interrupted() -> None:
        async with database.write_all() as writer:
            await tenants.ensure(writer, "acme", Text("甲", "Acme"))
            await asyncio.to_thread(postgres.end_sessions)
            await tenants.find(writer, "acme")

    with pytest.raises(TransientError) as caught:
        await interrupted()
    assert caught.value.code == "DATABASE_UNREACHABLE"


async def test_a_server_that_stops() -> None:
    with running_postgres() as server:
        url = server.url("postgres")
        async with open_database(url) as database, database.read_all():
            pass
    assert (await failure(url)).code == "DATABASE_UNREACHABLE"


URLS = [
    ("mysql://me:secret@host/x", "mysql://"),
    ("me:secret@host", "…"),
    ("", "…"),
    ("postgresql://me:secret@host:port/x", "…"),
    ("sqlite://", "sqlite://…"),
    ("sqlite:///:memory:", "sqlite://…"),
    ("sqlite:///x.db?mode=ro", "sqlite://…"),
    ("postgresql://me:secret@host", "postgresql://…/?"),
    ("postgresql://me@host/x?passwort=secret", "?passwort"),
    ("postgresql://me:p@secret@host/x", "…@…@…"),
]


@pytest.mark.parametrize(("url", "found"), URLS)
async def test_an_address_that_is_none_of_ours(url: str, found: str) -> None:
    error = await failure(url)
    assert (type(error), error.code) == (ConfigError, "DATABASE_URL")
    assert error.problems[0].values == {"found": found}
    assert "secret" not in str(error)


# URL that only connecting finds out about → part of what is said of it
MISSPELT = [
    ("postgresql://me:secret@127.0.0.1:1/x?sslmode=typo", "sslmode"),
    ("postgresql://me:secret@127.0.0.1:1/x?ssl=true", "sslmode"),
    ("postgresql://me:secret@127.0.0.1:99999/x", "port"),
    ("postgresql://me:secret@/x?host=127.0.0.1&port=many", "port"),
    ("postgresql://me:secret@db..example/x", "label"),
]


@pytest.mark.parametrize(("url", "found"), MISSPELT)
async def test_an_address_that_cannot_be_connected_to(url: str, found: str) -> None:
    error = await failure(url)
    assert (type(error), error.code) == (ConfigError, "DATABASE_URL")
    assert found in str(error.problems[0].values["found"])
    assert "secret" not in str(error)


NAMES = [
    ("sqlite:///data/x.db", "data/x.db"),
    ("sqlite+aiosqlite:////data/x.db", "/data/x.db"),
    ("postgresql://me:secret@host:5432/x?sslmode=require", "postgresql://me@host:5432/x"),
    ("postgresql+asyncpg://host/x?user=me&password=secret", "postgresql://host/x"),
]


@pytest.mark.parametrize(("url", "name"), NAMES)
async def test_a_database_is_named_without_its_password(url: str, name: str) -> None:
    assert parse_address(url).name == name


def test_libpq_words_for_tls_are_understood() -> None:
    assert parse_address("postgresql://host/x?sslmode=require").url.query == {"ssl": "require"}


@pytest.mark.parametrize(
    ("dialect", "odd"), [("postgresql", "\0"), ("postgresql", "\ud800"), ("sqlite", "\ud800")]
)
async def test_text_that_the_database_cannot_take(database: Database, odd: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        async with database.read_all() as reader:
            await tenants.find(reader, odd)
    assert caught.value.code == "TEXT_UNSTORABLE"


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_a_connection_that_is_gone_when_it_is_let_go(
    database: Database, postgres: PostgresServer
) -> None:
    async def left() -> None:
        async with database.read_all():
            await asyncio.to_thread(postgres.end_sessions)

    with pytest.raises(TransientError) as caught:
        await left()
    assert caught.value.code == "DATABASE_UNREACHABLE"
