"""Transactions: one commit, snapshots, writers that queue."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from steelyard.access.scope import Scope
from steelyard.errors import Text, TransientError
from steelyard.store import stamps, tenants
from steelyard.store.engine import Database, open_database

ACME = Text("甲", "Acme")


async def read_stamp(database: Database, scope: Scope) -> int:
    async with database.read(scope) as reader:
        return (await stamps.read(reader, scope)).get("t", 0)


async def raise_stamp(database: Database, scope: Scope) -> None:
    """Read, then write: with a deferred BEGIN this is what fails as locked."""
    async with database.write(scope) as writer:
        await stamps.read(writer, scope)
        await asyncio.sleep(0)
        await stamps.claim(writer, scope, "t")
        await stamps.advance(writer, scope, "t")


@pytest.fixture
async def scope(database: Database) -> Scope:
    async with database.write_all() as writer:
        return Scope((await tenants.ensure(writer, "acme", ACME)).id)


async def test_a_write_is_there_after_the_commit(database: Database, scope: Scope) -> None:
    await raise_stamp(database, scope)
    assert await read_stamp(database, scope) == 1


async def test_an_exception_takes_everything_back(database: Database, scope: Scope) -> None:
    async def fail() -> None:
        async with database.write(scope) as writer:
            await stamps.claim(writer, scope, "t")
            await stamps.advance(writer, scope, "t")
            raise KeyError

    with pytest.raises(KeyError):
        await fail()
    assert await read_stamp(database, scope) == 0


async def test_who_is_cancelled_while_they_let_go_leaves_nothing_half_closed(
    database: Database, scope: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads, lets_go, closed = asyncio.Event(), asyncio.Event(), asyncio.Event()
    close = AsyncConnection.close

    async def slowly(self: AsyncConnection) -> None:
        lets_go.set()
        await asyncio.sleep(0.01)
        await close(self)
        closed.set()

    async def read() -> None:
        async with database.read(scope):
            reads.set()
            await asyncio.Event().wait()

    monkeypatch.setattr(AsyncConnection, "close", slowly)
    reading = asyncio.create_task(read())
    for moment in (reads, lets_go):
        await moment.wait()
        reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert closed.is_set()


async def test_a_reader_sees_one_snapshot(database: Database, scope: Scope) -> None:
    async with database.read(scope) as reader:
        before = await stamps.read(reader, scope)
        await raise_stamp(database, scope)
        assert await stamps.read(reader, scope) == before
    assert await read_stamp(database, scope) == 1


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_a_reader_cannot_write(database: Database) -> None:
    async with database.bare() as connection:
        with pytest.raises(Exception, match="read-only transaction"):
            await connection.execute(text("DELETE FROM version_stamp"))


async def test_fifty_tasks_that_read_and_then_write_all_succeed(database: Database, scope: Scope) -> None:
    await asyncio.gather(*(raise_stamp(database, scope) for _ in range(50)))
    assert await read_stamp(database, scope) == 50


async def test_writers_of_two_processes_wait_for_each_other(
    database: Database, database_url: str, scope: Scope
) -> None:
    async with open_database(database_url) as other:
        tasks = [raise_stamp(each, scope) for _ in range(10) for each in (database, other)]
        await asyncio.gather(*tasks)
    assert await read_stamp(database, scope) == 20


async def test_a_write_lock_that_is_held_too_long_is_reported(
    database: Database, database_url: str, scope: Scope
) -> None:
    async with open_database(database_url, lock_timeout=0.05) as other, database.write(scope) as writer:
        await stamps.claim(writer, scope, "t")
        for _ in range(2):
            with pytest.raises(TransientError) as caught:
                await raise_stamp(other, scope)
            assert caught.value.code == "DATABASE_LOCKED"


async def test_a_writer_of_the_same_process_waits_its_time(database_url: str, scope: Scope) -> None:
    async with open_database(database_url, lock_timeout=0.05) as database:
        async with database.write(scope) as writer:
            await stamps.claim(writer, scope, "t")
            with pytest.raises(TransientError) as caught:
                await raise_stamp(database, scope)
        assert caught.value.code == "DATABASE_LOCKED"
        await raise_stamp(database, scope)


async def test_all_connections_in_use_is_reported_as_locked(database_url: str) -> None:
    async def take_all() -> None:
        async with (
            open_database(database_url, lock_timeout=0.05) as database,
            AsyncExitStack() as held,
        ):
            for _ in range(100):
                await held.enter_async_context(database.read_all())

    with pytest.raises(TransientError) as caught:
        await take_all()
    assert caught.value.code == "DATABASE_LOCKED"


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 1), ("foreign_keys", 1)]
)
async def test_sqlite_is_set_up(database: Database, pragma: str, value: object) -> None:
    async with database.bare() as connection:
        assert await connection.scalar(text(f"PRAGMA {pragma}")) == value
