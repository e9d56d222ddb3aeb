"""A backup has everything of all tenants as it was at one moment, and is restored on either database."""

from __future__ import annotations

import asyncio
import io
import json
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Double,
    Integer,
    LargeBinary,
    Table,
    select,
)

from postgres_server import SERVICE, PostgresServer
from steelyard.access.scope import Scope
from steelyard.errors import ConfigError, Conflict, SteelyardError, Text
from steelyard.services.backups import TABLES, back_up, restore
from steelyard.services.progress import Progress
from steelyard.store import migrate, service_role, tenants, units
from steelyard.store.content import ContentStore
from steelyard.store.engine import Database, open_database
from steelyard.store.tables import CONTENT_FOLDER, METADATA, TENANT
from steelyard.store.tables.columns import UtcTime
from steelyard.store.units import NewUnit

MOMENT = datetime(2025, 1, 2, 3, 4, 5, 678901, UTC)
SAMPLES: tuple[tuple[type, Any], ...] = (
    (JSON, [1, {"甲": ["0.1", None]}]),
    (UtcTime, MOMENT),
    (Date, date(2025, 1, 2)),
    (LargeBinary, bytes(range(256))),
    (Boolean, True),
    (Double, 0.1 + 0.2),
)
CONTENTS = {"part", "rejects", "content"}
"""Columns that name files."""


def value(column: Column[Any], tenant_id: int, content: str) -> Any:
    """Something of the column's type; keys are the tenant's number and 1,000."""
    if column.name in CONTENTS:
        return content
    if column.name == "tenant_id":
        return tenant_id
    if column.name == "status":
        return "value"
    if column.name in ("valid_to", "end_date"):
        return date(2026, 1, 1)
    for kind, sample in SAMPLES:
        if isinstance(column.type, kind):
            return sample
    if isinstance(column.type, Integer | BigInteger):
        return tenant_id + 1_000
    return f"文 {tenant_id}\n\u2028'\""


def filled(table: Table, tenant_id: int, content: str) -> dict[str, Any]:
    return {column.name: value(column, tenant_id, content) for column in table.columns}


async def fill(database: Database, parts: Path) -> None:
    """Two tenants with a row in every table, and a file."""
    for code in ("acme", "other"):
        async with database.write_all() as writer:
            scope = Scope((await tenants.ensure(writer, code, Text("甲", "Alpha"))).id)
        files = await ContentStore(database, parts).of(scope)
        with files.temporary() as folder:
            (folder / "new").write_bytes(f"rows of {code}".encode())
            content = files.put(folder / "new")
        async with database.write_all() as writer, writer.visiting(scope.tenant_id):
            for table in METADATA.sorted_tables:
                if table not in (TENANT, CONTENT_FOLDER):
                    await writer.append(table, [filled(table, scope.tenant_id, content)])


async def everything(database: Database) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in METADATA.tables}
    async with database.read_all() as reader:
        for tenant in sorted(await tenants.load(reader), key=lambda each: each.id):
            async with reader.visiting(tenant.id):
                for name, table in METADATA.tables.items():
                    mine = (TENANT.c.id if table is TENANT else table.c.tenant_id) == tenant.id
                    rows = await reader.rows(select(table).where(mine).order_by(*table.primary_key))
                    found[name] += [row._asdict() for row in rows]
    return found


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def lose_one(parts: Path) -> None:
    next(each for each in parts.glob("*/*") if len(each.name) == 64).unlink()


async def backed_up(url: str, parts: Path) -> io.BytesIO:
    target = io.BytesIO()
    await back_up(url, target, parts=parts)
    return target


@pytest.fixture(params=["sqlite", "postgresql"])
def target_url(request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path) -> str:
    """The address of a second database, which nobody has used."""
    if request.param == "sqlite":
        shutil.copy(sqlite_template, tmp_path / "target.db")
        return f"sqlite:///{tmp_path / 'target.db'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    name = server.create()
    with asyncio.Runner() as runner:
        runner.run(migrate.upgrade(server.url(name)))
        runner.run(service_role.grant(server.url(name), SERVICE))
    return server.url(name, SERVICE)


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """The address of a SQLite database that nobody has used."""
    shutil.copy(sqlite_template, tmp_path / "new.db")
    return f"sqlite:///{tmp_path / 'new.db'}"


async def test_all_rows_and_files_come_back_on_either_database(
    database_url: str, database: Database, target_url: str, tmp_path: Path
) -> None:
    parts, other = tmp_path / "parts", tmp_path / "restored"
    await fill(database, parts)
    before = await everything(database)
    assert {name for name, rows in before.items() if len(rows) != 2} == set()
    extent = await restore(target_url, await backed_up(database_url, parts), "b.zip", parts=other)
    assert (extent.tenants, extent.rows, extent.files) == (2, 2 * len(METADATA.tables), 2)
    async with open_database(target_url) as restored:
        assert await everything(restored) == before
        await goes_on(restored, before)
    assert files_in(other) == files_in(parts)


async def goes_on(restored: Database, before: dict[str, list[dict[str, Any]]]) -> None:
    """New rows get numbers of their own, and the files are the database's."""
    scope = Scope(before["tenant"][0]["id"])
    async with restored.write(scope) as writer:
        made = await units.ensure(writer, scope, [NewUnit("new", Text("新", "New"), "shop")])
    assert made["new"].id > max(row["id"] for row in before["unit"])


async def test_what_is_written_meanwhile_is_not_in_it(
    database_url: str, database: Database, sqlite_url: str, tmp_path: Path
) -> None:
    await fill(database, tmp_path / "parts")
    before = await everything(database)
    scope = Scope(before["tenant"][-1]["id"])
    writing: list[asyncio.Task[None]] = []

    async def write(code: str) -> None:
        async with database.write(scope) as writer:
            await units.ensure(writer, scope, [NewUnit(code, Text("新", "New"), "shop")])

    def step(done: Progress) -> None:
        if done.stage == TABLES and done.done % 20 == 1:
            writing.append(asyncio.create_task(write(f"new{done.done}")))

    target = io.BytesIO()
    await back_up(database_url, target, parts=tmp_path / "parts", progress=step)
    await asyncio.gather(*writing)
    await restore(sqlite_url, target, "b.zip", parts=tmp_path / "restored")
    async with open_database(sqlite_url) as restored:
        assert await everything(restored) == before
    assert len((await everything(database))["unit"]) == len(before["unit"]) + len(writing)


async def test_a_database_with_a_tenant_is_refused(
    database_url: str, database: Database, tmp_path: Path
) -> None:
    await fill(database, tmp_path / "parts")
    with pytest.raises(Conflict) as refused:
        await restore(
            database_url, await backed_up(database_url, tmp_path / "parts"), "b.zip", parts=tmp_path / "new"
        )
    assert refused.value.code == "RESTORE_NOT_EMPTY"
    assert not (tmp_path / "new").exists()


@pytest.fixture
async def small(sqlite_template: Path, tmp_path: Path) -> bytes:
    """A backup of a SQLite database."""
    shutil.copy(sqlite_template, tmp_path / "small.db")
    url = f"sqlite:///{tmp_path / 'small.db'}"
    async with open_database(url) as database:
        await fill(database, tmp_path / "parts")
    return (await backed_up(url, tmp_path / "parts")).getvalue()


def changed(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The backup with other entries."""
    with ZipFile(io.BytesIO(data)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    target = io.BytesIO()
    with ZipFile(target, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


def other_row(entries: dict[str, bytes]) -> None:
    entries["1/unit.jsonl"] = entries["1/unit.jsonl"].replace(b"1001", b"1003")


def other_file(entries: dict[str, bytes]) -> None:
    entries[next(name for name in entries if "/content/" in name)] = b"other"


def one_more(entries: dict[str, bytes]) -> None:
    entries["1/../../more"] = b""


def one_less(entries: dict[str, bytes]) -> None:
    del entries["2/act.jsonl"]


def cut(entries: dict[str, bytes]) -> None:
    del entries["manifest.json"]


def newer(entries: dict[str, bytes]) -> None:
    entries["manifest.json"] = entries["manifest.json"].replace(f'"{migrate.head()}"'.encode(), b'"9999"')


def of_a_tenant(entries: dict[str, bytes]) -> None:
    entries["manifest.json"] = entries["manifest.json"].replace(b"steelyard-backup", b"steelyard-tenant")


def without_tables(entries: dict[str, bytes]) -> None:
    manifest = json.loads(entries["manifest.json"])
    manifest["tenants"]["1"]["tables"] = {}
    entries["manifest.json"] = json.dumps(manifest).encode()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (other_row, "BACKUP_DAMAGED"),
        (other_file, "BACKUP_DAMAGED"),
        (one_more, "BACKUP_DAMAGED"),
        (one_less, "BACKUP_DAMAGED"),
        (cut, "BACKUP_FOREIGN"),
        (of_a_tenant, "BACKUP_FOREIGN"),
        (without_tables, "BACKUP_FOREIGN"),
        (newer, "BACKUP_VERSION"),
    ],
)
async def test_a_backup_that_was_changed_is_refused(
    change: Callable[[dict[str, bytes]], None], code: str, small: bytes, sqlite_url: str, tmp_path: Path
) -> None:
    await refused(sqlite_url, changed(small, change), code, tmp_path / "restored")


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
async def test_a_backup_that_was_cut_is_refused(
    share: float, small: bytes, sqlite_url: str, tmp_path: Path
) -> None:
    await refused(sqlite_url, small[: int(len(small) * share)], "BACKUP_FOREIGN", tmp_path / "restored")


async def refused(url: str, data: bytes, code: str, parts: Path) -> None:
    """The backup is refused, and nothing of it stays."""
    with pytest.raises(SteelyardError) as caught:
        await restore(url, io.BytesIO(data), "b.zip", parts=parts)
    assert caught.value.code == code
    assert files_in(parts) == {}
    async with open_database(url) as database:
        assert not any((await everything(database)).values())


@pytest.mark.parametrize("name", ["1/unit.jsonl", "2/run.jsonl", "1/act.jsonl"])
async def test_a_flipped_bit_is_found(name: str, small: bytes, sqlite_url: str, tmp_path: Path) -> None:
    with ZipFile(io.BytesIO(small)) as archive:
        entry = archive.getinfo(name)
    torn = bytearray(small)
    torn[entry.header_offset + 30 + len(name) + 20 + entry.compress_size // 2] ^= 1
    await refused(sqlite_url, bytes(torn), "BACKUP_DAMAGED", tmp_path / "restored")


async def test_a_file_that_is_missing_is_an_error(
    database_url: str, database: Database, tmp_path: Path
) -> None:
    await fill(database, tmp_path / "parts")
    lose_one(tmp_path / "parts")
    with pytest.raises(ConfigError) as caught:
        await backed_up(database_url, tmp_path / "parts")
    assert caught.value.code == "CONTENT_LOST"


async def test_a_folder_of_another_database_is_left_alone(
    small: bytes, sqlite_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "restored" / "1"
    folder.mkdir(parents=True)
    (folder / "note").write_text("somebody else's")
    with pytest.raises(ConfigError) as caught:
        await restore(sqlite_url, io.BytesIO(small), "b.zip", parts=tmp_path / "restored")
    assert caught.value.code == "CONTENT_FOREIGN"
    assert files_in(tmp_path / "restored") == {"1/note": b"somebody else's"}
