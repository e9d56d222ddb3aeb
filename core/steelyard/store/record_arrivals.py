"""Arrivals: the days of a unit for which a table's records are there, or were declared to be."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import literal, select

from steelyard.access.scope import Scope
from steelyard.store.tables import PERIOD, RECORD_EXTENT, RECORD_FEED, RECORD_IMPORT, RECORD_WITHDRAWAL
from steelyard.store.transaction import Reader

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Records of a unit from `first` up to, not including, `end`.

    complete: somebody declared that all of these days are there; else an import in force has rows of the
    first and of the last of them.
    """

    pack: str
    record_table: str
    unit_id: int
    first: date
    end: date
    complete: bool


async def load(
    reader: Reader, scope: Scope, *, unit_ids: Collection[int], tables: Collection[str]
) -> list[Arrival]:
    """Return what came of these units (those in scope) of tables, named within whatever pack.

    One statement, whatever the number of units, tables and imports.
    """
    extent, of, taken = RECORD_EXTENT.c, RECORD_IMPORT.c, RECORD_WITHDRAWAL.c
    feed, period, tenant = RECORD_FEED.c, PERIOD.c, scope.tenant_id
    seen = [each for each in unit_ids if scope.sees(each)]
    withdrawn = (taken.tenant_id == tenant) & (taken.import_id == of.import_id)
    columns = (of.pack, of.record_table, extent.unit_id, extent.first_day, extent.last_day, literal(0))
    came = (
        select(*columns)
        .join(RECORD_IMPORT, of.import_id == extent.import_id)
        .outerjoin(RECORD_WITHDRAWAL, withdrawn)
        .where(extent.tenant_id == tenant, of.tenant_id == tenant, taken.import_id.is_(None))
        .where(reader.within(extent.unit_id, seen), reader.within(of.record_table, tables))
        .distinct()
    )
    declared = (
        select(feed.pack, feed.record_table, feed.unit_id, period.start_date, period.end_date, literal(1))
        .join(PERIOD, period.id == feed.period_id)
        .where(feed.tenant_id == tenant, period.tenant_id == tenant, feed.complete.is_(True))
        .where(reader.within(feed.unit_id, seen), reader.within(feed.record_table, tables))
    )
    return [
        Arrival(pack, table, unit_id, first, last if complete else last + _DAY, bool(complete))
        for pack, table, unit_id, first, last, complete in await reader.rows(came.union_all(declared))
    ]
