"""Scheme versions, known by the hash of their content: what was evaluated with can never change."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from steelyard.access.scope import Scope
from steelyard.store import stamps
from steelyard.store.tables import SCHEME_VERSION
from steelyard.store.transaction import Reader, Writer

_SHOWN = [SCHEME_VERSION.c[name] for name in ("id", "scheme", "version", "hash", "pack", "recorded_at")]


@dataclass(frozen=True, slots=True)
class NewScheme:
    """A scheme version to be recorded: `hash` is the sha256 of its content in hex, `source` its text."""

    code: str
    version: str
    hash: str
    pack: str
    source: str


@dataclass(frozen=True, slots=True)
class SchemeRecord:
    """One scheme version."""

    id: int
    code: str
    version: str
    hash: str
    pack: str
    recorded_at: datetime


async def load(reader: Reader, scope: Scope, *, code: str | None = None) -> list[SchemeRecord]:
    """Return the scheme versions by code, the oldest first; all or those of one scheme."""
    table = SCHEME_VERSION.c
    query = (
        select(*_SHOWN)
        .where(table.tenant_id == scope.tenant_id)
        .order_by(table.scheme, table.recorded_at, table.id)
    )
    if code is not None:
        query = query.where(table.scheme == code)
    return [SchemeRecord(*row) for row in await reader.rows(query)]


async def sources(reader: Reader, scope: Scope, scheme_ids: Collection[int]) -> dict[int, str]:
    """Return the texts of scheme versions by id."""
    table = SCHEME_VERSION.c
    mine = (table.tenant_id == scope.tenant_id) & reader.within(table.id, scheme_ids)
    rows = await reader.rows(select(table.id, table.source).where(mine))
    return {row.id: str(row.source) for row in rows}


async def record(writer: Writer, scope: Scope, new: NewScheme) -> SchemeRecord:
    """Record a scheme version, or return the one with the same hash."""
    await stamps.claim(writer, scope, stamps.STRUCTURE)
    table = SCHEME_VERSION.c
    query = select(*_SHOWN).where(table.tenant_id == scope.tenant_id, table.hash == new.hash)
    if found := await writer.first(query):
        return SchemeRecord(*found)
    row = {
        "tenant_id": scope.tenant_id,
        "scheme": new.code,
        "version": new.version,
        "hash": new.hash,
        "pack": new.pack,
        "source": new.source,
        "recorded_at": writer.now,
    }
    await writer.run(SCHEME_VERSION.insert(), [row])
    await stamps.advance(writer, scope, stamps.STRUCTURE)
    return SchemeRecord(*(await writer.rows(query))[0])
