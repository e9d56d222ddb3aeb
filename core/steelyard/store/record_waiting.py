"""Waiting corrections: rows that came for closed periods, until the periods are open and measured again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update

from steelyard.access.scope import Scope
from steelyard.store.tables import RECORD_IMPORT, RECORD_WAITING
from steelyard.store.transaction import Reader, Writer


@dataclass(frozen=True, slots=True)
class NewWaiting:
    """So many rows of an import that touch a unit in a closed period."""

    unit_id: int
    period_id: int
    rows: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A correction; `applied_at` is None while it waits."""

    import_id: int
    unit_id: int
    period_id: int
    rows: int
    applied_at: datetime | None


async def record(writer: Writer, scope: Scope, import_id: int, news: Sequence[NewWaiting]) -> None:
    """Let rows of an import wait, also where earlier ones of it were applied."""
    mine = {"tenant_id": scope.tenant_id, "import_id": import_id, "applied_at": None}
    rows = [{**mine, **{name: getattr(each, name) for name in NewWaiting.__slots__}} for each in news]
    await writer.upsert(RECORD_WAITING, rows)


async def load(
    reader: Reader,
    scope: Scope,
    *,
    pack: str | None = None,
    record_table: str | None = None,
    applied: bool | None = False,
) -> list[Waiting]:
    """Return the corrections of units in scope by import, period and unit: those that wait, or all (None)."""
    table = RECORD_WAITING.c
    query: Select[Any] = (
        select(*(table[name] for name in Waiting.__slots__))
        .join(RECORD_IMPORT, RECORD_IMPORT.c.import_id == table.import_id)
        .where(table.tenant_id == scope.tenant_id, RECORD_IMPORT.c.tenant_id == scope.tenant_id)
        .order_by(table.import_id, table.period_id, table.unit_id)
    )
    if pack is not None:
        query = query.where(RECORD_IMPORT.c.pack == pack)
    if record_table is not None:
        query = query.where(RECORD_IMPORT.c.record_table == record_table)
    if applied is not None:
        query = query.where(table.applied_at.is_not(None) if applied else table.applied_at.is_(None))
    if scope.unit_ids is not None:
        query = query.where(reader.within(table.unit_id, scope.unit_ids))
    return [Waiting(*row) for row in await reader.rows(query)]


async def apply(
    writer: Writer, scope: Scope, import_ids: Collection[int], period_ids: Collection[int]
) -> None:
    """Say that what waited of these imports for these periods counts now."""
    table = RECORD_WAITING.c
    mine = (table.tenant_id == scope.tenant_id) & table.applied_at.is_(None)
    among = (writer.within(table.import_id, import_ids), writer.within(table.period_id, period_ids))
    await writer.run(update(RECORD_WAITING).where(mine, *among).values(applied_at=writer.now))
