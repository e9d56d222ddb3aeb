"""The same content is one import."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.access.scope import Scope
from steelyard.store import imports
from steelyard.store.engine import Database
from steelyard.store.imports import ImportRecord, NewImport

NEW = NewImport("january.csv", "ab" * 32, 12)


async def record(database: Database, scope: Scope, new: NewImport = NEW) -> tuple[ImportRecord, bool]:
    async with database.write(scope) as writer:
        return await imports.record(writer, scope, new, LOCAL_ADMINISTRATOR)


async def test_the_same_content_twice_is_one_import(database: Database, scope: Scope) -> None:
    first, is_new = await record(database, scope)
    assert is_new
    assert await record(database, scope, replace(NEW, file_name="copy.csv")) == (first, False)


async def test_the_same_content_at_once_is_one_import(database: Database, scope: Scope) -> None:
    done = await asyncio.gather(*(record(database, scope) for _ in range(5)))
    assert sorted(is_new for _, is_new in done) == [False, False, False, False, True]


async def test_imports_are_listed(database: Database, scope: Scope, other_scope: Scope) -> None:
    first, _ = await record(database, scope)
    second, _ = await record(database, scope, replace(NEW, content="cd" * 32))
    async with database.read(scope) as reader:
        assert await imports.load(reader, scope) == [first, second]
    async with database.read(other_scope) as reader:
        assert await imports.load(reader, other_scope) == []
