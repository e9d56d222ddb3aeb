"""Tokens: how programs come in. Of a token's secret only the hash is here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, insert, or_, select, update

from steelyard.access.permissions import Permission
from steelyard.access.rights import Limit
from steelyard.access.scope import Scope
from steelyard.store import accounts
from steelyard.store.tables import ACCOUNT, API_TOKEN
from steelyard.store.transaction import Reader, Writer

USE_NOTED_EVERY = timedelta(minutes=1)
"""How exactly the last use of a token is on record."""


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token to be recorded; `hash` is the sha256 of its secret in hex."""

    key: str
    account_id: int
    title: str
    hash: str
    limit: Limit
    created_by: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class TokenRecord:
    """One token; `account` is the code of its account."""

    id: int
    key: str
    account: str
    title: str
    hash: str
    limit: Limit
    created_at: datetime
    created_by: str
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None


async def load(
    reader: Reader,
    scope: Scope,
    *,
    account: str | None = None,
    keys: Collection[str] | None = None,
    revoked: bool = False,
) -> list[TokenRecord]:
    """Return the tokens of the accounts in scope, all or an account's or these, the oldest first.

    Those that are limited to a unit out of scope are left out, whosever they are.
    revoked: those that were revoked as well.
    """
    query = _query(scope).where(*accounts.seen(reader, scope)).order_by(API_TOKEN.c.id)
    if scope.unit_ids is not None:
        within = reader.within(API_TOKEN.c.unit_id, scope.unit_ids)
        query = query.where(or_(API_TOKEN.c.unit_id.is_(None), within))
    if account is not None:
        query = query.where(ACCOUNT.c.code == account)
    if keys is not None:
        query = query.where(reader.within(API_TOKEN.c.key, keys))
    if not revoked:
        query = query.where(API_TOKEN.c.revoked_at.is_(None))
    return [record(row) for row in await reader.rows(query)]


async def find(reader: Reader, scope: Scope, key: str) -> TokenRecord | None:
    """Return the token of that key, None where the scope shows none."""
    return next(iter(await load(reader, scope, keys=[key], revoked=True)), None)


async def add(writer: Writer, scope: Scope, new: NewToken) -> None:
    """Record a token, whose key must be new."""
    values = {
        "tenant_id": scope.tenant_id,
        "key": new.key,
        "account_id": new.account_id,
        "title": new.title,
        "hash": new.hash,
        "permissions": _listed(new.limit),
        "unit_id": new.limit.unit_id,
        "created_at": writer.now,
        "created_by": new.created_by,
        "expires_at": new.expires_at,
    }
    await writer.run(insert(API_TOKEN), [values])


async def revoke(writer: Writer, scope: Scope, key: str) -> None:
    """End a token now."""
    mine = (API_TOKEN.c.tenant_id == scope.tenant_id) & (API_TOKEN.c.key == key)
    await writer.run(update(API_TOKEN).where(mine).values(revoked_at=writer.now))


async def note_use(writer: Writer, scope: Scope, key: str) -> None:
    """Record that a token is used now, unless that was said less than a minute ago."""
    before = writer.now - USE_NOTED_EVERY
    mine = and_(
        API_TOKEN.c.tenant_id == scope.tenant_id,
        API_TOKEN.c.key == key,
        or_(API_TOKEN.c.last_used_at.is_(None), API_TOKEN.c.last_used_at <= before),
    )
    await writer.run(update(API_TOKEN).where(mine).values(last_used_at=writer.now))


def record(row: Any) -> TokenRecord:
    """Make a record of a row that has the columns of a token, and the code of its `account`."""
    names = None if row.permissions is None else row.permissions.split()
    # A permission that this version does not know gives nothing.
    permissions = None if names is None else frozenset(each for each in Permission if each.value in names)
    return TokenRecord(
        row.id,
        row.key,
        row.account,
        row.title,
        row.hash,
        Limit(permissions, row.unit_id),
        row.created_at,
        row.created_by,
        row.expires_at,
        row.revoked_at,
        row.last_used_at,
    )


def _listed(limit: Limit) -> str | None:
    return None if limit.permissions is None else " ".join(sorted(limit.permissions))


def _query(scope: Scope) -> Select[Any]:
    same = and_(ACCOUNT.c.tenant_id == scope.tenant_id, ACCOUNT.c.id == API_TOKEN.c.account_id)
    return (
        select(API_TOKEN, ACCOUNT.c.code.label("account"))
        .join_from(API_TOKEN, ACCOUNT, same)
        .where(API_TOKEN.c.tenant_id == scope.tenant_id)
    )
