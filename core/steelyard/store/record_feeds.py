"""Feeds: whether all records of a unit in a period are there, as somebody declared."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.store import record_imports, stamps
from steelyard.store.tables import RECORD_FEED
from steelyard.store.transaction import Reader, Writer


@dataclass(frozen=True, slots=True)
class Feed:
    """What was last declared of a unit and period."""

    unit_id: int
    period_id: int
    complete: bool
    declared_at: datetime
    declared_by: str


async def declare(
    writer: Writer,
    scope: Scope,
    pack: str,
    record_table: str,
    pairs: Sequence[tuple[int, int]],
    *,
    complete: bool,
    by: Actor,
) -> None:
    """Declare the records of (unit_id, period_id) pairs complete or not; NotFound for units out of scope."""
    scope.require(unit_id for unit_id, _ in pairs)
    topic = record_imports.topic(pack, record_table)
    await stamps.claim(writer, scope, topic)
    common = {
        "tenant_id": scope.tenant_id,
        "pack": pack,
        "record_table": record_table,
        "complete": complete,
        "declared_at": writer.now,
        "declared_by": by.id,
    }
    pairs = sorted(set(pairs))
    rows = [{**common, "unit_id": unit_id, "period_id": period_id} for unit_id, period_id in pairs]
    await writer.upsert(RECORD_FEED, rows)
    await stamps.advance(writer, scope, topic)


async def load(
    reader: Reader,
    scope: Scope,
    pack: str,
    record_table: str,
    *,
    period_ids: Collection[int] | None = None,
) -> list[Feed]:
    """Return what was declared of the units in scope, by period and unit."""
    table = RECORD_FEED.c
    query = select(*(table[name] for name in Feed.__slots__)).where(
        table.tenant_id == scope.tenant_id, table.pack == pack, table.record_table == record_table
    )
    if period_ids is not None:
        query = query.where(reader.within(table.period_id, period_ids))
    if scope.unit_ids is not None:
        query = query.where(reader.within(table.unit_id, scope.unit_ids))
    query = query.order_by(table.period_id, table.unit_id)
    return [Feed(*row) for row in await reader.rows(query)]
