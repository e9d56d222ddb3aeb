"""Policies: what a tenant decided otherwise than usual."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select

from steelyard.access.scope import Scope
from steelyard.store.tables import POLICY
from steelyard.store.transaction import Reader, Writer


async def load(reader: Reader, scope: Scope, names: Collection[str] | None = None) -> dict[str, str]:
    """Return the policies on record by name, all or those of these names; values are canonical JSON."""
    query = select(POLICY.c.name, POLICY.c.value).where(POLICY.c.tenant_id == scope.tenant_id)
    if names is not None:
        query = query.where(reader.within(POLICY.c.name, names))
    return {row.name: row.value for row in await reader.rows(query.order_by(POLICY.c.name))}


async def put(writer: Writer, scope: Scope, name: str, value: str) -> None:
    """Record a policy in place of the one of that name."""
    await writer.upsert(POLICY, [{"tenant_id": scope.tenant_id, "name": name, "value": value}])


async def drop(writer: Writer, scope: Scope, name: str) -> None:
    """Forget a policy: what is usual holds again."""
    mine = (POLICY.c.tenant_id == scope.tenant_id) & (POLICY.c.name == name)
    await writer.run(delete(POLICY).where(mine))
