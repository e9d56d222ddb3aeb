"""Principals: who stands behind accounts, and what ties accounts to the units that they are rated with.

Several accounts may be one person's. A program's account stands for those who hold its tokens:
whoever created one may act with it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, select

from steelyard.access.actor import LOCAL
from steelyard.access.roles import Role
from steelyard.access.scope import Scope
from steelyard.store.accounts import AccountKind
from steelyard.store.tables import ACCOUNT, ACCOUNT_GRANT, API_TOKEN
from steelyard.store.transaction import Reader


@dataclass(frozen=True, slots=True)
class Principal:
    """All accounts by code, and all persons, that may be one and the same."""

    accounts: frozenset[str]
    persons: frozenset[int]


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties an account to units: where it belongs, and one grant to manage a branch, if there is any.

    managed_id is None where it manages the whole tenant, or `manages` is False.
    """

    account: str
    person_id: int | None
    unit_id: int | None
    manages: bool
    managed_id: int | None
    expires_at: datetime | None

    def manages_at(self, moment: datetime) -> bool:
        """Tell whether the grant holds at a moment."""
        return self.manages and (self.expires_at is None or moment < self.expires_at)


async def behind(reader: Reader, scope: Scope, account: str) -> Principal:
    """Who may act with an account: its person's other accounts, and whoever created a token of a program."""
    codes, persons, new = {account}, set[int](), {account}
    while new:
        rows = await reader.rows(_of_tenant(scope).where(reader.within(ACCOUNT.c.code, new)))
        programs = [row.code for row in rows if row.kind == AccountKind.SERVICE]
        found = await _makers(reader, scope, programs)
        fresh = {row.person_id for row in rows if row.person_id is not None} - persons
        persons |= fresh
        if fresh:
            mates = await reader.rows(_of_tenant(scope).where(reader.within(ACCOUNT.c.person_id, fresh)))
            found |= {row.code for row in mates}
        new = found - codes
        codes |= new
    return Principal(frozenset(codes), frozenset(persons))


async def same(reader: Reader, scope: Scope, one: str, other: str) -> bool:
    """Tell whether the same person may act with both accounts, by code.

    Whoever sits at the machine gives programs their first tokens; that alone makes two of them not the same.
    """
    if one == other:
        return True
    shared = (await behind(reader, scope, one)).accounts & (await behind(reader, scope, other)).accounts
    return bool(shared if LOCAL in (one, other) else shared - {LOCAL})


async def apart(reader: Reader, scope: Scope, accounts: Collection[str]) -> dict[str, str]:
    """By each account the first of them, by code, that is the same person's as far as `same` can tell."""
    mates: dict[str, frozenset[str]] = {}
    first: dict[str, str] = {}
    for code in sorted(set(accounts)):
        mates[code] = (await behind(reader, scope, code)).accounts - {LOCAL} | {code}
        first[code] = next((first[other] for other in first if mates[other] & mates[code]), code)
    return first


async def ties(reader: Reader, scope: Scope) -> list[Tie]:
    """What ties the accounts of a tenant to units. One statement."""
    grant = ACCOUNT_GRANT.c
    manages = and_(
        grant.tenant_id == scope.tenant_id,
        grant.account_id == ACCOUNT.c.id,
        grant.role == Role.BRANCH_MANAGER,
        grant.revoked_at.is_(None),
    )
    query = (
        select(
            ACCOUNT.c.code,
            ACCOUNT.c.person_id,
            ACCOUNT.c.unit_id,
            grant.id.label("grant_id"),
            grant.unit_id.label("managed_id"),
            grant.expires_at,
        )
        .select_from(ACCOUNT.outerjoin(ACCOUNT_GRANT, manages))
        .where(ACCOUNT.c.tenant_id == scope.tenant_id)
    )
    return [
        Tie(row.code, row.person_id, row.unit_id, row.grant_id is not None, row.managed_id, row.expires_at)
        for row in await reader.rows(query)
    ]


def _of_tenant(scope: Scope) -> Select[Any]:
    return select(ACCOUNT.c.code, ACCOUNT.c.kind, ACCOUNT.c.person_id).where(
        ACCOUNT.c.tenant_id == scope.tenant_id
    )


async def _makers(reader: Reader, scope: Scope, programs: Collection[str]) -> set[str]:
    if not programs:
        return set()
    own = and_(ACCOUNT.c.tenant_id == scope.tenant_id, ACCOUNT.c.id == API_TOKEN.c.account_id)
    query = (
        select(API_TOKEN.c.created_by)
        .distinct()
        .join_from(API_TOKEN, ACCOUNT, own)
        .where(API_TOKEN.c.tenant_id == scope.tenant_id, reader.within(ACCOUNT.c.code, programs))
    )
    return {row.created_by for row in await reader.rows(query)}
