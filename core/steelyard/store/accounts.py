"""Accounts: who may come in. What they were granted is in `grants`, how they are known in `credentials`.

Where a scope names units, it shows the accounts that belong to them or were granted something on them.
Whoever writes accounts, grants, tokens, providers or identities holds the topic `access`, as deeds do.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, insert, or_, select, update

from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.store.tables import ACCOUNT, ACCOUNT_GRANT
from steelyard.store.transaction import Reader, Writer


class AccountKind(StrEnum):
    """Whether a person or a program comes in with an account."""

    PERSON = "person"
    SERVICE = "service"


class AccountState(StrEnum):
    """Whether an account is let in."""

    ACTIVE = "active"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to be recorded; `code` is a pseudonym where it is a person's."""

    code: str
    kind: AccountKind
    title: Text
    person_id: int | None = None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """One account. `unit_id` is where they belong, and are rated."""

    id: int
    code: str
    kind: AccountKind
    title: Text
    state: AccountState
    person_id: int | None
    unit_id: int | None
    created_at: datetime


async def load(reader: Reader, scope: Scope, *, codes: Collection[str] | None = None) -> list[AccountRecord]:
    """Return the accounts in scope, all or those of these codes, by code."""
    query = select(ACCOUNT).where(ACCOUNT.c.tenant_id == scope.tenant_id, *seen(reader, scope))
    if codes is not None:
        query = query.where(reader.within(ACCOUNT.c.code, codes))
    return [record(row) for row in await reader.rows(query.order_by(ACCOUNT.c.code))]


async def find(reader: Reader, scope: Scope, code: str) -> AccountRecord | None:
    """Return the account of that code, None where the scope shows none."""
    return next(iter(await load(reader, scope, codes=[code])), None)


async def add(writer: Writer, scope: Scope, new: NewAccount) -> None:
    """Record an account, whose code must be new."""
    values = {
        "tenant_id": scope.tenant_id,
        "code": new.code,
        "kind": new.kind,
        "title_zh": new.title.zh,
        "title_en": new.title.en,
        "state": AccountState.ACTIVE,
        "person_id": new.person_id,
        "unit_id": new.unit_id,
        "created_at": writer.now,
    }
    await writer.run(insert(ACCOUNT), [values])


async def set_state(writer: Writer, scope: Scope, account_id: int, state: AccountState) -> None:
    """Let an account in, or not any more."""
    mine = (ACCOUNT.c.tenant_id == scope.tenant_id) & (ACCOUNT.c.id == account_id)
    await writer.run(update(ACCOUNT).where(mine).values(state=state))


def seen(reader: Reader, scope: Scope) -> Sequence[ColumnElement[bool]]:
    """What keeps a query for accounts to those that the scope shows."""
    if scope.unit_ids is None:
        return ()
    granted = select(ACCOUNT_GRANT.c.account_id).where(
        and_(
            ACCOUNT_GRANT.c.tenant_id == scope.tenant_id,
            ACCOUNT_GRANT.c.revoked_at.is_(None),
            reader.within(ACCOUNT_GRANT.c.unit_id, scope.unit_ids),
        )
    )
    return (or_(reader.within(ACCOUNT.c.unit_id, scope.unit_ids), ACCOUNT.c.id.in_(granted)),)


def record(row: Any) -> AccountRecord:
    """Make a record of a row that has the columns of an account."""
    return AccountRecord(
        row.id,
        row.code,
        AccountKind(row.kind),
        Text(row.title_zh, row.title_en),
        AccountState(row.state),
        row.person_id,
        row.unit_id,
        row.created_at,
    )
