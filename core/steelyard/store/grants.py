"""Grants: which roles accounts hold on which units. Grants that ended stay on record.

Where a scope names units, it shows the grants on them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, insert, select, update

from steelyard.access.rights import Granted
from steelyard.access.roles import Role
from steelyard.access.scope import Scope
from steelyard.store.tables import ACCOUNT, ACCOUNT_GRANT
from steelyard.store.transaction import Reader, Writer


@dataclass(frozen=True, slots=True)
class NewGrant:
    """A role to be granted on a unit, or for None on the whole tenant."""

    account_id: int
    role: Role
    unit_id: int | None
    granted_by: str
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class GrantRecord:
    """A role on a unit and all below it, or for None on the whole tenant; `account` is the account's code."""

    id: int
    account: str
    role: Role
    unit_id: int | None
    granted_at: datetime
    granted_by: str
    expires_at: datetime | None
    revoked_at: datetime | None

    def holds_at(self, moment: datetime) -> bool:
        """Tell whether it has not ended."""
        return self.revoked_at is None and (self.expires_at is None or moment < self.expires_at)

    @property
    def granted(self) -> Granted:
        """What it gives while it holds."""
        return Granted(self.role, self.unit_id)


async def load(
    reader: Reader,
    scope: Scope,
    *,
    account: str | None = None,
    ids: Collection[int] | None = None,
    ended: bool = False,
) -> list[GrantRecord]:
    """Return the grants in scope, all or an account's or these, in the order in which they were made.

    ended: those that were revoked as well.
    """
    query = _query(scope).order_by(ACCOUNT_GRANT.c.id)
    if scope.unit_ids is not None:
        query = query.where(reader.within(ACCOUNT_GRANT.c.unit_id, scope.unit_ids))
    if account is not None:
        query = query.where(ACCOUNT.c.code == account)
    if ids is not None:
        query = query.where(reader.within(ACCOUNT_GRANT.c.id, ids))
    if not ended:
        query = query.where(ACCOUNT_GRANT.c.revoked_at.is_(None))
    return [record(row) for row in await reader.rows(query)]


async def find(reader: Reader, scope: Scope, id: int) -> GrantRecord | None:
    """Return a grant, None where the scope shows none."""
    return next(iter(await load(reader, scope, ids=[id], ended=True)), None)


async def add(writer: Writer, scope: Scope, new: NewGrant) -> int:
    """Record a grant and return its number."""
    (id,) = await writer.numbers(ACCOUNT_GRANT, 1)
    values = {
        "id": id,
        "tenant_id": scope.tenant_id,
        "account_id": new.account_id,
        "role": new.role,
        "unit_id": new.unit_id,
        "granted_at": writer.now,
        "granted_by": new.granted_by,
        "expires_at": new.expires_at,
    }
    await writer.run(insert(ACCOUNT_GRANT), [values])
    return id


async def revoke(writer: Writer, scope: Scope, id: int) -> None:
    """End a grant now."""
    mine = (ACCOUNT_GRANT.c.tenant_id == scope.tenant_id) & (ACCOUNT_GRANT.c.id == id)
    await writer.run(update(ACCOUNT_GRANT).where(mine).values(revoked_at=writer.now))


def record(row: Any) -> GrantRecord:
    """Make a record of a row that has the columns of a grant, and the code of its `account`."""
    return GrantRecord(
        row.id,
        row.account,
        Role(row.role),
        row.unit_id,
        row.granted_at,
        row.granted_by,
        row.expires_at,
        row.revoked_at,
    )


def _query(scope: Scope) -> Any:
    same = and_(ACCOUNT.c.tenant_id == scope.tenant_id, ACCOUNT.c.id == ACCOUNT_GRANT.c.account_id)
    return (
        select(ACCOUNT_GRANT, ACCOUNT.c.code.label("account"))
        .join_from(ACCOUNT_GRANT, ACCOUNT, same)
        .where(ACCOUNT_GRANT.c.tenant_id == scope.tenant_id)
    )


def holding(records: Sequence[GrantRecord], moment: datetime) -> tuple[Granted, ...]:
    """What grants give at a moment."""
    return tuple(each.granted for each in records if each.holds_at(moment))
