"""Identities: who an account is to an identity provider."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, delete, select

from steelyard.access.scope import Scope
from steelyard.store import accounts
from steelyard.store.tables import ACCOUNT, ACCOUNT_IDENTITY, IDENTITY_PROVIDER
from steelyard.store.transaction import Reader, Writer


@dataclass(frozen=True, slots=True)
class IdentityRecord:
    """`account` is the code of the account that `subject` is at the provider."""

    provider_id: int
    issuer: str
    audience: str
    subject: str
    account: str


async def load(reader: Reader, scope: Scope, *, account: str | None = None) -> list[IdentityRecord]:
    """Return the identities of the accounts in scope, or of one account."""
    query = _query(scope).where(*accounts.seen(reader, scope))
    if account is not None:
        query = query.where(ACCOUNT.c.code == account)
    table = ACCOUNT_IDENTITY.c
    rows = await reader.rows(query.order_by(ACCOUNT.c.code, table.provider_id, table.subject))
    return [IdentityRecord(*row) for row in rows]


async def find(reader: Reader, scope: Scope, provider_id: int, subject: str) -> IdentityRecord | None:
    """Return who a subject is, None where it is nobody."""
    table = ACCOUNT_IDENTITY.c
    query = _query(scope).where(table.provider_id == provider_id, table.subject == subject)
    row = await reader.first(query)
    return None if row is None else IdentityRecord(*row)


async def link(writer: Writer, scope: Scope, provider_id: int, subject: str, account_id: int) -> None:
    """Let a subject of a provider be an account; whoever it was before, it is no more."""
    row = {
        "tenant_id": scope.tenant_id,
        "provider_id": provider_id,
        "subject": subject,
        "account_id": account_id,
    }
    await writer.upsert(ACCOUNT_IDENTITY, [row])


async def unlink(writer: Writer, scope: Scope, provider_id: int, subject: str) -> None:
    """Let a subject be nobody."""
    table = ACCOUNT_IDENTITY.c
    mine = and_(
        table.tenant_id == scope.tenant_id, table.provider_id == provider_id, table.subject == subject
    )
    await writer.run(delete(ACCOUNT_IDENTITY).where(mine))


def _query(scope: Scope) -> Select[Any]:
    identity, provider, account = ACCOUNT_IDENTITY.c, IDENTITY_PROVIDER.c, ACCOUNT.c
    of_provider = and_(provider.tenant_id == scope.tenant_id, provider.id == identity.provider_id)
    of_account = and_(account.tenant_id == scope.tenant_id, account.id == identity.account_id)
    return (
        select(
            identity.provider_id,
            provider.issuer,
            provider.audience,
            identity.subject,
            account.code,
        )
        .join_from(ACCOUNT_IDENTITY, IDENTITY_PROVIDER, of_provider)
        .join(ACCOUNT, of_account)
        .where(identity.tenant_id == scope.tenant_id)
    )
