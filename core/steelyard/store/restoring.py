"""Restoring a backup (see `backup`) into a database that nobody has used.

The file is looked through as a whole before anything is written: what is in it, and the hash of every part.
Then come the files, which nobody sees without rows, and then all rows in one transaction.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from sqlalchemy import Table

from steelyard.errors import ConfigError, Conflict, InvalidInput, Problem
from steelyard.store import migrate, tenants
from steelyard.store.backup import FORMAT, MANIFEST, Extent, Step
from steelyard.store.backup_problems import BACKUP_DAMAGED, BACKUP_FOREIGN, BACKUP_VERSION, RESTORE_NOT_EMPTY
from steelyard.store.content import ContentStore, TenantContent
from steelyard.store.engine import Database
from steelyard.store.row_text import row_of
from steelyard.store.tables import ASSESSMENT_EVIDENCE, CONTENT_FOLDER, METADATA, PROPOSAL, TENANT
from steelyard.store.transaction import Reader, Writer

_ROWS_AT_ONCE = 1_000
_BYTES_AT_ONCE = 1 << 22
_CHUNK = 1 << 20
MANIFEST_FROM, MANIFEST_RATIO = 1 << 20, 20
"""Bytes of a manifest, and how many times as long as packed it may be: most of it are hashes."""
LINE_MOST = 64 << 20
"""Bytes of a row."""
_DRAWN = frozenset({ASSESSMENT_EVIDENCE, PROPOSAL})
"""Tables whose numbers are drawn, up to 2³¹ − 1, and never counted: there is nothing to count on from."""
_BROKEN = (BadZipFile, zlib.error, EOFError, RuntimeError)
"""What reading a damaged zip file raises; RuntimeError is its word for what it has no way to unpack."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a backup has of a tenant: for each table the number of rows, and the contents of its files."""

    rows: Mapping[str, int]
    files: tuple[str, ...]


class Backup:
    """An open backup whose manifest was read; `check` it before anything is taken from it."""

    def __init__(self, archive: ZipFile, name: str) -> None:
        self.name = name
        self._archive = archive
        manifest = self._manifest()
        try:
            self.kept = {int(number): _kept(part) for number, part in manifest["tenants"].items()}
            self._hashes = dict(_hashes(manifest["tenants"]))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise self._foreign(MANIFEST) from error

    @property
    def extent(self) -> Extent:
        """How much it holds."""
        parts = self.kept.values()
        rows, files = sum(sum(part.rows.values()) for part in parts), sum(len(part.files) for part in parts)
        return Extent(len(parts), rows, files)

    async def check(self, step: Step) -> None:
        """Raise InvalidInput (BACKUP_DAMAGED) unless it has exactly what its manifest says."""
        expected = [*self._hashes, MANIFEST]
        if sorted(self._archive.namelist()) != sorted(expected):
            wrong = set(self._archive.namelist()) ^ set(expected)
            raise self.damaged(min(wrong, default=MANIFEST))
        for done, (name, digest) in enumerate(self._hashes.items()):
            step(done, len(self._hashes))
            if await asyncio.to_thread(self._digest, name) != digest:
                raise self.damaged(name)
        step(len(self._hashes), len(self._hashes))

    def batches(self, tenant_id: int, table: Table) -> Iterator[list[dict[str, Any]]]:
        """Hand out the rows of a tenant's table in lists."""
        name = f"{tenant_id}/{table.name}.jsonl"
        with self._archive.open(name) as file:
            try:
                while rows := _batch(table, file):
                    yield rows
            except (ValueError, TypeError) as error:
                raise self.damaged(name) from error

    def unpack(self, tenant_id: int, name: str, content: TenantContent) -> None:
        """Take a file in."""
        with content.temporary() as folder:
            with (
                self._archive.open(f"{tenant_id}/content/{name}") as packed,
                (folder / name).open("wb") as new,
            ):
                while chunk := packed.read(_CHUNK):
                    new.write(chunk)
            content.put(folder / name)

    def damaged(self, entry: str) -> InvalidInput:
        """Say that a part is not what the manifest says."""
        return InvalidInput(Problem(BACKUP_DAMAGED, values={"file": self.name, "entry": entry}))

    def _manifest(self) -> Mapping[str, Any]:
        try:
            found = json.loads(self._packed_manifest())
        except (KeyError, ValueError, *_BROKEN) as error:
            raise self._foreign(MANIFEST) from error
        if not isinstance(found, dict) or found.get("format") != FORMAT:
            raise self._foreign(MANIFEST)
        if found.get("version") != migrate.head():
            values = {"file": self.name, "found": found.get("version"), "expected": migrate.head()}
            raise ConfigError(Problem(BACKUP_VERSION, values=values))
        return found

    def _packed_manifest(self) -> bytes:
        """The manifest's text. Raises ValueError for one that was packed to be large."""
        info = self._archive.getinfo(MANIFEST)
        if info.file_size > max(MANIFEST_FROM, MANIFEST_RATIO * info.compress_size):
            raise ValueError(info.file_size)
        return self._archive.read(info)

    def _digest(self, name: str) -> str:
        digest = hashlib.sha256()
        try:
            with self._archive.open(name) as packed:
                while chunk := packed.read(_CHUNK):
                    digest.update(chunk)
        except _BROKEN as error:
            raise self.damaged(name) from error
        return digest.hexdigest()

    def _foreign(self, reason: str) -> InvalidInput:
        return InvalidInput(Problem(BACKUP_FOREIGN, values={"file": self.name, "reason": reason}))


@contextmanager
def opened(source: IO[bytes], name: str) -> Iterator[Backup]:
    """Open a backup and read its manifest.

    name: how messages name it. Raises InvalidInput (BACKUP_FOREIGN) for any other file and one that was cut
    short, ConfigError (BACKUP_VERSION) for one of another version of the tables.
    """
    try:
        archive = ZipFile(source)
    except _BROKEN as error:
        raise InvalidInput(Problem(BACKUP_FOREIGN, values={"file": name, "reason": "zip"})) from error
    with archive:
        yield Backup(archive, name)


async def require_empty(database: Database, reader: Reader) -> None:
    """Raise Conflict (RESTORE_NOT_EMPTY) where there is a tenant."""
    if await tenants.load(reader):
        raise Conflict(Problem(RESTORE_NOT_EMPTY, values={"database": database.name}))


async def restore_files(content: ContentStore, backup: Backup, step: Step) -> None:
    """Take the files in, each tenant's under the identity by which its rows know the folder.

    Files that are there already under that identity stay. Raises ConfigError as `ContentStore.restored` does.
    """
    total, done = backup.extent.files, 0
    for tenant_id, kept in backup.kept.items():
        for rows in backup.batches(tenant_id, CONTENT_FOLDER):
            files = await asyncio.to_thread(content.restored, tenant_id, rows[0]["identity"])
            for name in kept.files:
                step(done, total)
                await asyncio.to_thread(backup.unpack, tenant_id, name, files)
                done += 1
    step(total, total)


async def restore_rows(database: Database, backup: Backup, step: Step) -> None:
    """Insert all rows in one transaction. Raises Conflict (RESTORE_NOT_EMPTY)."""
    total, done = backup.extent.rows, 0
    async with database.write_all() as writer:
        await require_empty(database, writer)
        for tenant_id in backup.kept:
            async with writer.visiting(tenant_id):
                for table in METADATA.sorted_tables:
                    step(done, total)
                    done += await _restore_table(writer, backup, tenant_id, table)
    step(total, total)


async def _restore_table(writer: Writer, backup: Backup, tenant_id: int, table: Table) -> int:
    count = last = 0
    batches = backup.batches(tenant_id, table)
    while rows := await asyncio.to_thread(next, batches, None):
        if any(row["id" if table is TENANT else "tenant_id"] != tenant_id for row in rows):
            raise backup.damaged(f"{tenant_id}/{table.name}.jsonl")
        await writer.append(table, rows)
        count += len(rows)
        last = max(last, *(row.get("id", 0) for row in rows))
    if last and table not in _DRAWN:
        await writer.pass_numbers(table, last)
    return count


def _batch(table: Table, file: IO[bytes]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    size = 0
    while len(rows) < _ROWS_AT_ONCE and size < _BYTES_AT_ONCE and (line := file.readline(LINE_MOST)):
        rows.append(row_of(table, line))
        size += len(line)
    return rows


def _kept(part: Mapping[str, Any]) -> _Kept:
    if set(part["tables"]) != set(METADATA.tables):
        raise ValueError("other tables")
    return _Kept({name: int(said["rows"]) for name, said in part["tables"].items()}, tuple(part["files"]))


def _hashes(parts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The entries with their sha256 in hex: of a file it is its name, so a name leads nowhere else."""
    for number, part in parts.items():
        for table, said in part["tables"].items():
            yield f"{int(number)}/{table}.jsonl", said["sha256"]
        for name in part["files"]:
            yield f"{int(number)}/content/{name}", name
