"""Files that rows name: taken in whole, collected when nobody names them, and never another database's."""

from __future__ import annotations

import asyncio
import hashlib
import os
from pathlib import Path

import pytest

from steelyard.access.scope import Scope
from steelyard.errors import ConfigError, Text, TransientError
from steelyard.services.context import DEFAULT_TENANT
from steelyard.store import content as content_module
from steelyard.store import content_names, tenants
from steelyard.store.content import ContentStore, TenantContent
from steelyard.store.engine import Database, open_database

_HOUR = 3600.0


@pytest.fixture
async def scope(database: Database) -> Scope:
    async with database.write_all() as writer:
        made = await tenants.ensure(writer, DEFAULT_TENANT, Text("租户", "Tenant"))
    return Scope(made.id)


@pytest.fixture
async def content(database: Database, scope: Scope, tmp_path: Path) -> TenantContent:
    return await ContentStore(database, tmp_path / "parts").of(scope)


def _put(content: TenantContent, data: bytes) -> str:
    with content.temporary() as folder:
        (folder / "new").write_bytes(data)
        return content.put(folder / "new")


def _age(path: Path, seconds: float) -> None:
    changed = path.stat().st_mtime - seconds
    os.utime(path, (changed, changed))


async def test_a_file_is_called_by_what_is_in_it(content: TenantContent) -> None:
    name = _put(content, b"rows")
    assert name == hashlib.sha256(b"rows").hexdigest()
    assert content.path(name).read_bytes() == b"rows"


async def test_the_same_content_is_one_file(content: TenantContent) -> None:
    assert _put(content, b"rows") == _put(content, b"rows")
    assert sum(each.is_file() for each in content.folder.iterdir()) == 2


async def test_a_file_that_is_gone_is_told_with_a_code(content: TenantContent) -> None:
    with pytest.raises(ConfigError) as refused:
        content.path("0" * 64)
    assert refused.value.code == "CONTENT_LOST"


async def test_what_nobody_names_is_collected_after_the_grace(content: TenantContent) -> None:
    named, old, young = (_put(content, data) for data in (b"named", b"old", b"young"))
    for each in (named, old):
        _age(content.folder / each, 2 * _HOUR)
    assert content.collect({named}, grace=_HOUR).files == 1
    assert {each for each in (named, old, young) if (content.folder / each).exists()} == {named, young}


async def test_an_old_file_that_is_put_again_is_young(content: TenantContent) -> None:
    name = _put(content, b"rows")
    _age(content.folder / name, 2 * _HOUR)
    _put(content, b"rows")
    assert content.orphans((), grace=_HOUR) == []


async def test_temporary_files_of_who_died_are_collected(content: TenantContent) -> None:
    left = content.folder / "temporary" / "left"
    left.mkdir(parents=True)
    (left / "part").write_bytes(b"half")
    assert content.collect((), grace=-1).size == 4
    assert not left.exists()


async def test_a_folder_of_another_database_is_refused(
    database: Database, scope: Scope, content: TenantContent
) -> None:
    (content.folder / "identity").write_text("another")
    with pytest.raises(ConfigError) as refused:
        await ContentStore(database, content.folder.parent).of(scope)
    assert refused.value.code == "CONTENT_FOREIGN"


async def test_a_folder_that_vanished_is_refused(
    database: Database, scope: Scope, content: TenantContent, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError) as refused:
        await ContentStore(database, tmp_path / "elsewhere").of(scope)
    assert refused.value.code == "CONTENT_FOREIGN"
    assert not (tmp_path / "elsewhere").exists()


async def test_a_new_database_does_not_take_files_that_are_there(
    database: Database, scope: Scope, tmp_path: Path
) -> None:
    folder = tmp_path / "parts" / str(scope.tenant_id)
    folder.mkdir(parents=True)
    (folder / "part").write_bytes(b"of somebody else")
    with pytest.raises(ConfigError) as refused:
        await ContentStore(database, tmp_path / "parts").of(scope)
    assert refused.value.code == "CONTENT_FOREIGN"


async def test_a_server_does_not_guess_where_files_are(database: Database, scope: Scope) -> None:
    with pytest.raises(ConfigError) as refused:
        await ContentStore(database, None).of(scope)
    assert refused.value.code == "CONTENT_UNPLACED"


async def test_a_folder_that_cannot_be_made_is_told_with_a_code(
    database: Database, scope: Scope, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError) as refused:
        await ContentStore(database, tmp_path / "file").of(scope)
    assert refused.value.code == "CONTENT_UNUSABLE"


async def test_two_processes_that_are_first_at_once_agree(
    database_url: str, database: Database, scope: Scope, tmp_path: Path
) -> None:
    async with open_database(database_url) as other:
        stores = [ContentStore(each, tmp_path / "parts") for each in (database, other)]
        await asyncio.gather(*(each.of(scope) for each in stores))
    async with database.read(scope) as reader:
        known = await content_names.identity(reader, scope)
    assert (tmp_path / "parts" / str(scope.tenant_id) / "identity").read_text() == known


async def test_a_lock_is_held_by_one_at_a_time(database_url: str, scope: Scope) -> None:
    held = most = 0

    async def work(database: Database) -> None:
        nonlocal held, most
        async with database.exclusive(scope, "records"):
            held += 1
            most = max(most, held)
            await asyncio.sleep(0.005)
            held -= 1

    async with open_database(database_url) as one, open_database(database_url) as other:
        await asyncio.gather(*(work(each) for each in (one, other) for _ in range(4)))
    assert most == 1


async def test_who_does_not_want_to_wait_is_told(database_url: str, scope: Scope) -> None:
    async with open_database(database_url) as one, open_database(database_url) as other:
        async with one.exclusive(scope, "records"):
            async with other.exclusive(scope, "something else"):
                pass
            with pytest.raises(TransientError) as refused:
                async with other.exclusive(scope, "records", patience=0.05):
                    pass
        assert refused.value.code == "LOCK_HELD"
        async with other.exclusive(scope, "records", patience=1):
            pass


async def test_who_was_second_finds_the_files_of_who_was_first(
    database: Database, scope: Scope, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two looks of one process, another may introduce the folder and take a file in."""
    loop, prepared = asyncio.get_running_loop(), content_module._prepared
    first, second = (ContentStore(database, tmp_path / "parts") for _ in range(2))

    def overtaken(folder: Path) -> object:
        monkeypatch.setattr(content_module, "_prepared", prepared)
        _put(asyncio.run_coroutine_threadsafe(first.of(scope), loop).result(10), b"a part")
        return prepared(folder)

    monkeypatch.setattr(content_module, "_prepared", overtaken)
    assert (await second.of(scope)).folder == (await first.of(scope)).folder
