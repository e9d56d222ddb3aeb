"""Identity providers: whose signed tokens a tenant trusts. A pair of issuer and audience is one tenant's."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from steelyard.access.scope import Scope
from steelyard.store.tables import IDENTITY_PROVIDER
from steelyard.store.transaction import Reader, Writer


@dataclass(frozen=True, slots=True)
class ProviderRecord:
    """An OpenID Connect issuer, and the audience that its tokens must name."""

    id: int
    tenant_id: int
    issuer: str
    audience: str
    created_at: datetime
    removed_at: datetime | None


_COLUMNS = select(
    IDENTITY_PROVIDER.c.id,
    IDENTITY_PROVIDER.c.tenant_id,
    IDENTITY_PROVIDER.c.issuer,
    IDENTITY_PROVIDER.c.audience,
    IDENTITY_PROVIDER.c.created_at,
    IDENTITY_PROVIDER.c.removed_at,
)


async def load(
    reader: Reader, scope: Scope, *, removed: bool = False, issuers: Collection[str] | None = None
) -> list[ProviderRecord]:
    """Return a tenant's providers, by issuer and audience; with `removed` those it had as well.

    issuers: of these alone.
    """
    query = _COLUMNS.where(IDENTITY_PROVIDER.c.tenant_id == scope.tenant_id)
    if not removed:
        query = query.where(IDENTITY_PROVIDER.c.removed_at.is_(None))
    if issuers is not None:
        query = query.where(reader.within(IDENTITY_PROVIDER.c.issuer, issuers))
    ordered = query.order_by(IDENTITY_PROVIDER.c.issuer, IDENTITY_PROVIDER.c.audience)
    return [ProviderRecord(*row) for row in await reader.rows(ordered)]


async def trusting(reader: Reader, issuer: str) -> list[ProviderRecord]:
    """Return who trusts an issuer, whichever the tenants; for the operator's transactions alone."""
    query = _COLUMNS.where(IDENTITY_PROVIDER.c.issuer == issuer, IDENTITY_PROVIDER.c.removed_at.is_(None))
    return [ProviderRecord(*row) for row in await reader.rows(query)]


async def at(reader: Reader, issuer: str, audience: str) -> ProviderRecord | None:
    """Return the provider with this pair, whosever it is or was; for the operator's transactions alone."""
    pair = (IDENTITY_PROVIDER.c.issuer == issuer) & (IDENTITY_PROVIDER.c.audience == audience)
    row = await reader.first(_COLUMNS.where(pair))
    return None if row is None else ProviderRecord(*row)


async def add(writer: Writer, scope: Scope, issuer: str, audience: str) -> None:
    """Trust an issuer; the pair must be nobody's yet."""
    values = {
        "tenant_id": scope.tenant_id,
        "issuer": issuer,
        "audience": audience,
        "created_at": writer.now,
    }
    await writer.run(insert(IDENTITY_PROVIDER), [values])


async def set_removed(writer: Writer, scope: Scope, id: int, *, removed: bool) -> None:
    """Trust a provider of the tenant no more, or again; its identities are left as they are."""
    mine = (IDENTITY_PROVIDER.c.tenant_id == scope.tenant_id) & (IDENTITY_PROVIDER.c.id == id)
    moment = writer.now if removed else None
    await writer.run(update(IDENTITY_PROVIDER).where(mine).values(removed_at=moment))
