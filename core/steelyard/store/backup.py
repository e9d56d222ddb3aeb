"""A backup of a whole database: the rows of all tenants, as they were at one moment, and their files.

One zip file, a folder for each tenant called by its number. In it there is `<table>.jsonl` for each table,
a row a line (see `row_text`), and `content/<sha256>` for each file that a row names.
`manifest.json` comes last:

| name | what |
|---|---|
| format | `steelyard-backup/1` |
| version | the version of the tables: the last migration |
| made_at | when |
| tenants | by number: the tenant's `code`, its `tables` and `files` as in the export of a tenant |

A file without a manifest was cut short.  Rows and files are read, written and forgotten in parts.  What
was backed up on SQLite can be restored on PostgreSQL, and the other way round.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from steelyard.access.scope import Scope
from steelyard.store import content_names, migrate, tenants
from steelyard.store.content import ContentStore
from steelyard.store.engine import Database
from steelyard.store.tables import METADATA
from steelyard.store.tenant_export import entry, write_files, write_table
from steelyard.store.transaction import Reader

FORMAT = "steelyard-backup/1"
MANIFEST = "manifest.json"
Step = Callable[[int, int], None]
"""Told how many of how many things are done."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a backup holds: tenants, rows of all tables, files."""

    tenants: int
    rows: int
    files: int


@dataclass(slots=True)
class _Tenant:
    """What was written of a tenant; `named`: the files that its rows name."""

    code: str
    named: list[str]
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)


async def write(
    database: Database, content: ContentStore, target: IO[bytes], *, rows: Step, files: Step
) -> Extent:
    """Write everything that is kept in a database into `target`; others write meanwhile.

    rows, files: told as tables and files are done. Raises ConfigError as `ContentStore.of` does, and
    (CONTENT_LOST) where a row names a file that is not there.
    """
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        async with database.read_all() as reader:
            written = await _write_rows(reader, archive, rows)
        await _write_files(written, content, archive, files)
        parts = {
            str(number): {"code": each.code, "tables": each.tables, "files": each.files}
            for number, each in written.items()
        }
        manifest = {
            "format": FORMAT,
            "version": migrate.head(),
            "made_at": datetime.now(UTC).isoformat(),
            "tenants": parts,
        }
        archive.writestr(entry(MANIFEST), json.dumps(manifest, indent=2).encode())
    return _extent(written)


async def _write_rows(reader: Reader, archive: ZipFile, step: Step) -> dict[int, _Tenant]:
    written = {}
    found = sorted(await tenants.load(reader), key=lambda tenant: tenant.id)
    tables = METADATA.sorted_tables
    for at, tenant in enumerate(found):
        scope = Scope(tenant.id)
        async with reader.visiting(tenant.id):
            part = _Tenant(tenant.code, sorted(await content_names.load(reader, scope)))
            for number, table in enumerate(tables):
                step(at * len(tables) + number, len(found) * len(tables))
                part.tables[table.name] = await write_table(reader, scope, table, archive, f"{tenant.id}/")
        written[tenant.id] = part
    step(len(found) * len(tables), len(found) * len(tables))
    return written


async def _write_files(
    written: dict[int, _Tenant], content: ContentStore, archive: ZipFile, step: Step
) -> None:
    total, done = sum(len(part.named) for part in written.values()), 0
    for tenant_id, part in written.items():
        if not part.named:
            continue
        files = await content.of(Scope(tenant_id))
        for name in part.named:
            step(done, total)
            part.files |= await asyncio.to_thread(write_files, files, [name], archive, f"{tenant_id}/")
            done += 1
    step(total, total)


def _extent(written: dict[int, _Tenant]) -> Extent:
    rows = sum(table["rows"] for part in written.values() for table in part.tables.values())
    return Extent(len(written), rows, sum(len(part.files) for part in written.values()))
