"""The export of a tenant: everything that is kept of it, in one zip file.

For each table there is `<table>.jsonl`, a row a line (see `row_text`) in the order of the table's key.
`manifest.json` comes last and has, by name:

| name | what |
|---|---|
| format | `steelyard-tenant/1` |
| version | the version of the tables: the last migration |
| tenant | the tenant's code |
| exported_at | when |
| tables | for each table the number of its `rows` and the `sha256` of its file in hex |
| files | for each file of `content/` its size in bytes; its name is its sha256 in hex |

`content/` has what rows name by content: parts with records, rejected rows and evidence.

Secrets are left out: those with which webhooks are signed are empty.

A file without a manifest was cut short.  Rows are read, written and forgotten in parts.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import shutil
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import Column, Table, null, select

from steelyard.access.scope import Scope
from steelyard.store import content_names, migrate
from steelyard.store.content import TenantContent
from steelyard.store.row_text import lines_of
from steelyard.store.tables import METADATA, RUN, SUBSCRIBER, TENANT
from steelyard.store.transaction import Reader

FORMAT = "steelyard-tenant/1"
SECRETS = frozenset({SUBSCRIBER.c.secret})
"""Columns that an export leaves out; a backup needs them."""
_AT_ONCE = 1_000
_LARGE_AT_ONCE = 10
"""A run's row holds the results of all units."""
_CHUNK = 1 << 20


async def write(
    reader: Reader, scope: Scope, target: IO[bytes], content: TenantContent | None = None
) -> None:
    """Write everything that is kept of the scope's tenant into `target`, which need not seek.

    content: the tenant's files; None where it never had any.
    """
    tables = {}
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for table in METADATA.sorted_tables:
            tables[table.name] = await write_table(reader, scope, table, archive, withheld=SECRETS)
        named = sorted(await content_names.load(reader, scope))
        files = {} if content is None else await asyncio.to_thread(write_files, content, named, archive)
        tenant = (await reader.rows(select(TENANT.c.code).where(TENANT.c.id == scope.tenant_id)))[0]
        manifest = {
            "format": FORMAT,
            "version": migrate.head(),
            "tenant": tenant.code,
            "exported_at": datetime.now(UTC).isoformat(),
            "tables": tables,
            "files": files,
        }
        archive.writestr(entry("manifest.json"), json.dumps(manifest, indent=2).encode())


async def write_table(
    reader: Reader,
    scope: Scope,
    table: Table,
    archive: ZipFile,
    prefix: str = "",
    withheld: Collection[Column[Any]] = (),
) -> dict[str, Any]:
    """Write the tenant's rows of a table as `<prefix><table>.jsonl`; return what a manifest says of it.

    withheld: columns that are written as empty.
    """
    mine = (TENANT.c.id if table is TENANT else table.c.tenant_id) == scope.tenant_id
    shown = [null().label(each.name) if each in withheld else each for each in table.c]
    query = select(*shown).where(mine).order_by(*table.primary_key)
    count, digest = 0, hashlib.sha256()
    with archive.open(entry(f"{prefix}{table.name}.jsonl"), "w", force_zip64=True) as file:
        async for rows in reader.partitions(query, _LARGE_AT_ONCE if table is RUN else _AT_ONCE):
            lines = await asyncio.to_thread(lines_of, rows)
            digest.update(lines)
            await asyncio.to_thread(file.write, lines)
            count += len(rows)
    return {"rows": count, "sha256": digest.hexdigest()}


def write_files(
    content: TenantContent, named: Sequence[str], archive: ZipFile, prefix: str = ""
) -> dict[str, int]:
    """Write files as `<prefix>content/<sha256>`; return their sizes. ConfigError (CONTENT_LOST)."""
    sizes = {}
    for name in named:
        path = content.path(name)
        with (
            path.open("rb") as source,
            archive.open(entry(f"{prefix}content/{name}"), "w", force_zip64=True) as file,
        ):
            shutil.copyfileobj(source, file, _CHUNK)
        sizes[name] = path.stat().st_size
    return sizes


def entry(name: str) -> ZipInfo:
    """An entry without a time: the same rows give the same bytes."""
    made = ZipInfo(name)
    made.compress_type = ZIP_DEFLATED
    return made
