"""Acts: what was done in administration, append-only and numbered without a gap."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select

from steelyard.access.scope import Scope
from steelyard.store.tables import ACT, TENANT
from steelyard.store.transaction import Reader, Writer

AT_ONCE = 500
"""How many acts are in memory while all of them are read."""


@dataclass(frozen=True, slots=True)
class ActRecord:
    """One act. actor, drafted_by: accounts' codes. before, after: canonical JSON, None for nothing."""

    number: int
    acted_at: datetime
    actor: str
    drafted_by: str | None
    deed: str
    subject: str
    reason: str
    before: str | None
    after: str | None
    previous: str
    hash: str

    def hashed(self, hash: str) -> ActRecord:
        """The same act with its hash."""
        return replace(self, hash=hash)


@dataclass(frozen=True, slots=True)
class ChainEnd:
    """Where a tenant's chain ends: number 0 and no hash before the first act."""

    tenant: str
    number: int
    hash: str | None

    def __str__(self) -> str:
        """The head, as it is kept elsewhere: `tenant:number:hash`."""
        return f"{self.tenant}:{self.number}:{self.hash or ''}"


async def end(reader: Reader, scope: Scope) -> ChainEnd:
    """Return where the tenant's chain ends."""
    here = (ACT.c.tenant_id == scope.tenant_id) & (TENANT.c.id == scope.tenant_id)
    last = (
        select(TENANT.c.code, ACT.c.number, ACT.c.hash)
        .join_from(TENANT, ACT, here, isouter=True)
        .where(TENANT.c.id == scope.tenant_id)
        .order_by(ACT.c.number.desc())
        .limit(1)
    )
    found = await reader.first(last)
    if found is None:
        return ChainEnd("", 0, None)
    return ChainEnd(found.code, found.number or 0, found.hash)


async def add(writer: Writer, scope: Scope, act: ActRecord) -> None:
    """Record an act; the caller holds the topic `acts` and has read the end of the chain."""
    await writer.run(insert(ACT), [{"tenant_id": scope.tenant_id, **_columns(act)}])


async def load(
    reader: Reader,
    scope: Scope,
    *,
    before: int | None = None,
    limit: int,
    deed: str | None = None,
    subject: str | None = None,
    actor: str | None = None,
) -> list[ActRecord]:
    """Return at most `limit` acts, the latest first: those with a lower number than `before`."""
    query = select(ACT).where(*_among(scope, deed, subject, actor))
    if before is not None:
        query = query.where(ACT.c.number < before)
    rows = await reader.rows(query.order_by(ACT.c.number.desc()).limit(limit))
    return [_record(row) for row in rows]


async def count(
    reader: Reader,
    scope: Scope,
    *,
    before: int | None = None,
    deed: str | None = None,
    subject: str | None = None,
    actor: str | None = None,
) -> tuple[int, int]:
    """Return how many acts there are, and how many of them have a lower number than `before`."""
    earlier = func.count() if before is None else func.count().filter(ACT.c.number < before)
    query = select(func.count(), earlier).where(*_among(scope, deed, subject, actor))
    [row] = await reader.rows(query)
    return row[0], row[1]


async def find(reader: Reader, scope: Scope, number: int) -> ActRecord | None:
    """Return the act with that number."""
    mine = (ACT.c.tenant_id == scope.tenant_id) & (ACT.c.number == number)
    row = await reader.first(select(ACT).where(mine))
    return None if row is None else _record(row)


async def every(reader: Reader, scope: Scope) -> AsyncIterator[ActRecord]:
    """Hand out all of the tenant's acts by number, never all of them in memory."""
    query = select(ACT).where(ACT.c.tenant_id == scope.tenant_id).order_by(ACT.c.number)
    async for rows in reader.partitions(query, AT_ONCE):
        for row in _records(rows):
            yield row


async def numbers(reader: Reader, scope: Scope, *, after: int) -> list[int]:
    """Return the numbers of the tenant's acts behind this one."""
    mine = (ACT.c.tenant_id == scope.tenant_id) & (ACT.c.number > after)
    return [row.number for row in await reader.rows(select(ACT.c.number).where(mine).order_by(ACT.c.number))]


def _among(
    scope: Scope, deed: str | None, subject: str | None, actor: str | None
) -> list[ColumnElement[bool]]:
    wanted = ((ACT.c.deed, deed), (ACT.c.subject, subject), (ACT.c.actor, actor))
    mine = ACT.c.tenant_id == scope.tenant_id
    return [mine, *(column == value for column, value in wanted if value is not None)]


def _records(rows: Sequence[Any]) -> list[ActRecord]:
    return [_record(row) for row in rows]


def _columns(act: ActRecord) -> dict[str, Any]:
    return {name: getattr(act, name) for name in ActRecord.__slots__}


def _record(row: Any) -> ActRecord:
    return ActRecord(**{name: getattr(row, name) for name in ActRecord.__slots__})
