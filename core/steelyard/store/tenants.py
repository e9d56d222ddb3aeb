"""Tenants: who keeps data here.

The one noun without a scope, because scopes begin with a tenant: its functions take any transaction and are
the operator's (`Reader.operating`) for as long as they run.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import delete as deletion
from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from steelyard.errors import Conflict, Problem, Text
from steelyard.store.problems import TENANT_EXISTS, TENANT_NOT_SUSPENDED
from steelyard.store.tables import METADATA, TENANT
from steelyard.store.transaction import Reader, Writer


class TenantState(StrEnum):
    """Whether a tenant is served."""

    ACTIVE = "active"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class TenantRecord:
    """One tenant."""

    id: int
    code: str
    title: Text
    state: TenantState
    created_at: datetime


async def load(reader: Reader, *, codes: Collection[str] | None = None) -> list[TenantRecord]:
    """Return the tenants by code, all or those of these codes."""
    query = select(TENANT).order_by(TENANT.c.code)
    if codes is not None:
        query = query.where(reader.within(TENANT.c.code, codes))
    async with reader.operating():
        rows = await reader.rows(query)
    return [_record(row) for row in rows]


async def find(reader: Reader, code: str) -> TenantRecord | None:
    """Return the tenant of that code, None where there is none."""
    async with reader.operating():
        row = await reader.first(select(TENANT).where(TENANT.c.code == code))
    return None if row is None else _record(row)


async def ensure(writer: Writer, code: str, title: Text) -> TenantRecord:
    """Return the tenant of that code, made now if it was not there; its title is left as it is."""
    insert = postgresql.insert if writer.is_postgresql else sqlite.insert
    async with writer.operating():
        new = insert(TENANT).on_conflict_do_nothing(index_elements=["code"])
        await writer.run(new, [_row(writer, code, title)])
        rows = await writer.rows(select(TENANT).where(TENANT.c.code == code))
    return _record(rows[0])


async def create(writer: Writer, code: str, title: Text) -> TenantRecord:
    """Make a tenant; Conflict (TENANT_EXISTS) where there is one of that code."""
    async with writer.operating():
        if await find(writer, code) is not None:
            raise Conflict(Problem(TENANT_EXISTS, values={"tenant": code}))
        await writer.run(insert(TENANT), [_row(writer, code, title)])
        rows = await writer.rows(select(TENANT).where(TENANT.c.code == code))
    return _record(rows[0])


async def set_state(writer: Writer, tenant_id: int, state: TenantState) -> None:
    """Suspend a tenant, or serve it again."""
    async with writer.operating():
        await writer.run(update(TENANT).where(TENANT.c.id == tenant_id).values(state=state))


async def delete(writer: Writer, tenant_id: int) -> None:
    """Delete a tenant and every row of it, acts and measurements too.

    Raises Conflict (TENANT_NOT_SUSPENDED): first it has to be suspended.
    """
    async with writer.operating():
        row = await writer.first(select(TENANT).where(TENANT.c.id == tenant_id))
        if row is not None and row.state != TenantState.SUSPENDED:
            raise Conflict(Problem(TENANT_NOT_SUSPENDED, values={"tenant": row.code}))
        async with writer.visiting(tenant_id):
            for table in reversed(METADATA.sorted_tables):
                if table is not TENANT:
                    await writer.run(deletion(table).where(table.c.tenant_id == tenant_id))
        await writer.run(deletion(TENANT).where(TENANT.c.id == tenant_id))


def _row(writer: Writer, code: str, title: Text) -> dict[str, Any]:
    return {
        "code": code,
        "title_zh": title.zh,
        "title_en": title.en,
        "state": TenantState.ACTIVE,
        "created_at": writer.now,
    }


def _record(row: Any) -> TenantRecord:
    return TenantRecord(
        row.id, row.code, Text(row.title_zh, row.title_en), TenantState(row.state), row.created_at
    )
