"""Imports: one content read once; who read it, when, and how many rows it had."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.store import stamps
from steelyard.store.tables import IMPORT_BATCH
from steelyard.store.transaction import Reader, Writer

_SHOWN = [
    IMPORT_BATCH.c[name] for name in ("id", "file_name", "content", "rows", "recorded_at", "recorded_by")
]
_TOPIC = "imports"


@dataclass(frozen=True, slots=True)
class NewImport:
    """An import to be recorded.

    `content` is the sha256 in hex of all that decides what is imported: the file's bytes, and what it
    was read for (pack, scheme, the period of a table that names none).
    """

    file_name: str
    content: str
    rows: int


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One import."""

    id: int
    file_name: str
    content: str
    rows: int
    recorded_at: datetime
    recorded_by: str


async def load(reader: Reader, scope: Scope, ids: Collection[int] | None = None) -> list[ImportRecord]:
    """Return the tenant's imports, the oldest first: all, or those of these ids."""
    table = IMPORT_BATCH.c
    query = select(*_SHOWN).where(table.tenant_id == scope.tenant_id).order_by(table.id)
    if ids is not None:
        query = query.where(reader.within(table.id, ids))
    return [ImportRecord(*row) for row in await reader.rows(query)]


async def record(writer: Writer, scope: Scope, new: NewImport, by: Actor) -> tuple[ImportRecord, bool]:
    """Record an import; where the same content was imported before, return that one and False.

    Periods and units may be made of what is imported, before it is recorded or after. So the structure is
    claimed first in either case: else two imports could each wait for what the other one holds.
    """
    await stamps.claim(writer, scope, stamps.STRUCTURE)
    await stamps.claim(writer, scope, _TOPIC)
    table = IMPORT_BATCH.c
    query = select(*_SHOWN).where(table.tenant_id == scope.tenant_id, table.content == new.content)
    if found := await writer.first(query):
        return ImportRecord(*found), False
    row = {
        "tenant_id": scope.tenant_id,
        "file_name": new.file_name,
        "content": new.content,
        "rows": new.rows,
        "recorded_at": writer.now,
        "recorded_by": by.id,
    }
    await writer.run(IMPORT_BATCH.insert(), [row])
    await stamps.advance(writer, scope, _TOPIC)
    return ImportRecord(*(await writer.rows(query))[0]), True
