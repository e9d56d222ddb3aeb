"""What governed rows are called, read without the rest of them: for when a row cannot be read as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Column, Select, and_, select
from sqlalchemy.exc import DBAPIError

from steelyard.access.scope import Scope
from steelyard.store.runs import RunState
from steelyard.store.tables import (
    ACCOUNT,
    ACCOUNT_GRANT,
    ACCOUNT_IDENTITY,
    API_TOKEN,
    CALENDAR,
    EXEMPTION,
    IDENTITY_PROVIDER,
    OBJECTION,
    PERIOD,
    PERSON,
    POLICY,
    PROPOSAL,
    RUN,
    SUBSCRIBER,
    TENANT,
    UNIT,
    WEIGHT_SET,
)
from steelyard.store.transaction import Reader
from steelyard.store.weight_sets import WeightSetState

UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, DBAPIError)
"""What reading a row raises that holds other values than Steelyard writes."""

_PLAIN: Mapping[str, Column[Any]] = MappingProxyType(
    {
        "account": ACCOUNT.c.code,
        "calendar": CALENDAR.c.code,
        "exemption": EXEMPTION.c.number,
        "grant": ACCOUNT_GRANT.c.id,
        "objection": OBJECTION.c.number,
        "person": PERSON.c.pseudonym,
        "policy": POLICY.c.name,
        "proposal": PROPOSAL.c.id,
        "subscriber": SUBSCRIBER.c.number,
        "token": API_TOKEN.c.key,
        "unit": UNIT.c.code,
    }
)


async def load(reader: Reader, scope: Scope, kind: str) -> list[tuple[Any, ...]]:
    """Return the columns that name each of the tenant's rows of a kind of subject."""
    if kind == "tenant":
        async with reader.operating():
            return [tuple(row) for row in await reader.rows(select(TENANT.c.code))]
    return [tuple(row) for row in await reader.rows(_query(kind, scope.tenant_id))]


def _query(kind: str, tenant_id: int) -> Select[Any]:
    if kind in _PLAIN:
        column = _PLAIN[kind]
        return select(column).where(column.table.c.tenant_id == tenant_id)
    provider, identity = IDENTITY_PROVIDER.c, ACCOUNT_IDENTITY.c
    if kind == "period":
        of_calendar = and_(CALENDAR.c.tenant_id == tenant_id, CALENDAR.c.id == PERIOD.c.calendar_id)
        periods = select(CALENDAR.c.code, PERIOD.c.code).join_from(PERIOD, CALENDAR, of_calendar)
        return periods.where(PERIOD.c.tenant_id == tenant_id)
    if kind == "weights":
        weights = WEIGHT_SET.c
        published = (weights.tenant_id == tenant_id) & (weights.state == WeightSetState.PUBLISHED)
        return select(weights.scheme, weights.number).where(published)
    if kind == "receipt":
        runs = select(RUN.c.scheme, RUN.c.period_id, RUN.c.revision)
        return runs.where(RUN.c.tenant_id == tenant_id, RUN.c.state == RunState.FINAL)
    if kind == "provider":
        return select(provider.issuer, provider.audience).where(provider.tenant_id == tenant_id)
    of_provider = and_(provider.tenant_id == tenant_id, provider.id == identity.provider_id)
    identities = select(provider.issuer, provider.audience, identity.subject)
    return identities.join_from(ACCOUNT_IDENTITY, IDENTITY_PROVIDER, of_provider).where(
        identity.tenant_id == tenant_id
    )
