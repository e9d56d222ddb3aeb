"""Tenants: who keeps data here.  The one noun without a scope, because scopes begin with a tenant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from steelyard.errors import Text
from steelyard.store.tables import TENANT
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


async def find(reader: Reader, code: str) -> TenantRecord | None:
    """Return the tenant of that code, None where there is none."""
    row = await reader.first(select(TENANT).where(TENANT.c.code == code))
    return None if row is None else _record(row)


async def ensure(writer: Writer, code: str, title: Text) -> TenantRecord:
    """Return the tenant of that code, made now if it was not there; its title is left as it is."""
    insert = postgresql.insert if writer.is_postgresql else sqlite.insert
    new = insert(TENANT).values(
        code=code,
        title_zh=title.zh,
        title_en=title.en,
        state=TenantState.ACTIVE,
        created_at=writer.now,
    )
    await writer.run(new.on_conflict_do_nothing(index_elements=["code"]))
    rows = await writer.rows(select(TENANT).where(TENANT.c.code == code))
    return _record(rows[0])


def _record(row: Any) -> TenantRecord:
    return TenantRecord(
        row.id, row.code, Text(row.title_zh, row.title_en), TenantState(row.state), row.created_at
    )
