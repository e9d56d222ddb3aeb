"""Credentials: all that decides whether a request is let in, and as whom, in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import FromClause, Label, Select, Table, bindparam, select

from steelyard.access.scope import Scope
from steelyard.store import accounts, grants, tokens
from steelyard.store.accounts import AccountRecord
from steelyard.store.grants import GrantRecord
from steelyard.store.tables import (
    ACCOUNT,
    ACCOUNT_GRANT,
    ACCOUNT_IDENTITY,
    API_TOKEN,
    IDENTITY_PROVIDER,
    TENANT,
)
from steelyard.store.tenants import TenantState
from steelyard.store.tokens import TokenRecord
from steelyard.store.transaction import Reader

_KEY = "presented"
_TENANTS = 64
"""Of how many tenants a query is kept."""


@dataclass(frozen=True, slots=True)
class Credential:
    """An account as a request names it: with one of its tokens, or with none of ours.

    `grants` are those that were not revoked; they may have expired.
    """

    token: TokenRecord | None
    account: AccountRecord
    tenant_state: TenantState
    grants: tuple[GrantRecord, ...]


async def by_token(reader: Reader, scope: Scope, key: str) -> Credential | None:
    """Find the account of a token; what it is worth, the caller checks. One statement."""
    return _credential(await reader.rows(_of_token(scope.tenant_id), {_KEY: key}))


async def by_account(reader: Reader, scope: Scope, code: str) -> Credential | None:
    """Find an account without a token of ours. One statement."""
    return _credential(await reader.rows(_query(scope, ACCOUNT).where(ACCOUNT.c.code == code)))


async def by_identity(
    reader: Reader, scope: Scope, *, issuer: str, audience: str, subject: str
) -> Credential | None:
    """Find the account that a subject is at a provider that the tenant trusts now. One statement."""
    identity, provider = ACCOUNT_IDENTITY.c, IDENTITY_PROVIDER.c
    known = ACCOUNT.join(ACCOUNT_IDENTITY, identity.account_id == ACCOUNT.c.id)
    query = _query(scope, known.join(IDENTITY_PROVIDER, provider.id == identity.provider_id)).where(
        identity.tenant_id == scope.tenant_id,
        identity.subject == subject,
        provider.tenant_id == scope.tenant_id,
        provider.issuer == issuer,
        provider.audience == audience,
        provider.removed_at.is_(None),
    )
    return _credential(await reader.rows(query))


@lru_cache(_TENANTS)
def _of_token(tenant_id: int) -> Select[Any]:
    """A tenant's query by the key of a token: to write it anew takes as long as to ask it."""
    token = API_TOKEN.c
    source = ACCOUNT.join(API_TOKEN, token.account_id == ACCOUNT.c.id)
    query = _query(Scope(tenant_id), source, API_TOKEN)
    return query.where(token.tenant_id == tenant_id, token.key == bindparam(_KEY))


def _query(scope: Scope, source: FromClause, *tables: Table) -> Select[Any]:
    held = (ACCOUNT_GRANT.c.tenant_id == scope.tenant_id, ACCOUNT_GRANT.c.revoked_at.is_(None))
    granted = select(*_labelled(ACCOUNT_GRANT)).where(*held).subquery("granted")
    columns = [column for table in (ACCOUNT, *tables) for column in _labelled(table)]
    return (
        select(TENANT.c.state.label("tenant_state"), *columns, *granted.c)
        .select_from(
            source.join(TENANT, TENANT.c.id == ACCOUNT.c.tenant_id).outerjoin(
                granted, granted.c.account_grant_account_id == ACCOUNT.c.id
            )
        )
        .where(ACCOUNT.c.tenant_id == scope.tenant_id, TENANT.c.id == scope.tenant_id)
        .order_by(granted.c.account_grant_id)
    )


def _labelled(table: Table) -> Sequence[Label[Any]]:
    return [column.label(f"{table.name}_{column.name}") for column in table.c]


def _credential(rows: Sequence[Any]) -> Credential | None:
    if not rows:
        return None
    account = accounts.record(_Part(rows[0], ACCOUNT))
    token = hasattr(rows[0], f"{API_TOKEN.name}_id")
    granted = (_Part(row, ACCOUNT_GRANT, account.code) for row in rows if row.account_grant_id is not None)
    return Credential(
        tokens.record(_Part(rows[0], API_TOKEN, account.code)) if token else None,
        account,
        TenantState(rows[0].tenant_state),
        tuple(grants.record(part) for part in granted),
    )


class _Part:
    """One table's columns of a row of several tables, by their own names."""

    def __init__(self, row: Any, table: Table, account: str = "") -> None:
        self._row, self._table = row, table
        self.account = account

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, f"{self._table.name}_{name}")
