"""Data quality: what the checks of records examined and flagged, by unit and period."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import delete, select

from steelyard.access.scope import Scope
from steelyard.store import record_imports, stamps
from steelyard.store.tables import RECORD_QUALITY
from steelyard.store.transaction import Reader, Writer


class QualityRecord(NamedTuple):
    """How many rows of a unit in a period a check of a pack's table examined, and how many it flagged."""

    pack: str
    record_table: str
    check: str
    period_id: int
    unit_id: int
    examined: int
    flagged: int


async def replace(writer: Writer, scope: Scope, records: Sequence[QualityRecord]) -> None:
    """Put what was found in the place of what was found before; NotFound for units out of scope."""
    scope.require(each.unit_id for each in records)
    for pack, name in sorted({(each.pack, each.record_table) for each in records}):
        await _advance(writer, scope, pack, name)
    await writer.upsert(RECORD_QUALITY, [_row(scope.tenant_id, each) for each in records])


async def clear(
    writer: Writer, scope: Scope, pack: str, record_table: str, period_ids: Collection[int]
) -> None:
    """Forget what was found of a table in these periods, by whatever checks it had."""
    await _advance(writer, scope, pack, record_table)
    table = RECORD_QUALITY.c
    of_table = delete(RECORD_QUALITY).where(table.tenant_id == scope.tenant_id, table.pack == pack)
    of_table = of_table.where(table.record_table == record_table)
    if scope.unit_ids is not None:
        of_table = of_table.where(writer.within(table.unit_id, scope.unit_ids))
    await writer.run(of_table.where(writer.within(table.period_id, period_ids)))


async def load(
    reader: Reader,
    scope: Scope,
    pack: str,
    *,
    tables: Collection[str],
    unit_ids: Collection[int],
    period_ids: Collection[int],
) -> list[QualityRecord]:
    """What was found of some units in some periods, by table, check, period and unit."""
    table = RECORD_QUALITY.c
    query = (
        select(RECORD_QUALITY)
        .where(table.tenant_id == scope.tenant_id, table.pack == pack)
        .where(reader.within(table.record_table, tables))
        .where(reader.within(table.unit_id, [each for each in unit_ids if scope.sees(each)]))
        .where(reader.within(table.period_id, period_ids))
        .order_by(table.record_table, table.check, table.period_id, table.unit_id)
    )
    return [
        QualityRecord(
            row.pack, row.record_table, row.check, row.period_id, row.unit_id, row.examined, row.flagged
        )
        for row in await reader.rows(query)
    ]


def _row(tenant_id: int, record: QualityRecord) -> dict[str, Any]:
    return {
        "tenant_id": tenant_id,
        "pack": record.pack,
        "record_table": record.record_table,
        "check": record.check,
        "period_id": record.period_id,
        "unit_id": record.unit_id,
        "examined": record.examined,
        "flagged": record.flagged,
    }


async def _advance(writer: Writer, scope: Scope, pack: str, record_table: str) -> None:
    """What is said of records in memory is not what stands any more."""
    topic = record_imports.topic(pack, record_table)
    await stamps.claim(writer, scope, topic)
    await stamps.advance(writer, scope, topic)
