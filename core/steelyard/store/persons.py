"""Persons: the one place where names stand, and what is left of them when they are erased."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import func, insert, select, update

from steelyard.access.scope import Scope
from steelyard.store.tables import PERSON
from steelyard.store.transaction import Reader, Writer


class PersonKind(StrEnum):
    """Whom a pseudonym stands for."""

    EMPLOYEE = "employee"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person to be registered. reference: how a source system knows them."""

    pseudonym: str
    kind: PersonKind
    reference: str | None = None
    name: str | None = None
    contact: str | None = None
    retain_until: date | None = None


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """One person; reference, name and contact are None where they are erased or unknown."""

    id: int
    pseudonym: str
    kind: PersonKind
    reference: str | None
    name: str | None
    contact: str | None
    retain_until: date | None
    created_at: datetime
    erased_at: datetime | None

    @property
    def is_blank(self) -> bool:
        """Tell that nothing is left that says who it is."""
        return self.reference is None and self.name is None and self.contact is None


async def pseudonyms(reader: Reader, scope: Scope, ids: Collection[int]) -> dict[int, str]:
    """Return what persons are called in acts by id, whatever else stands in their rows."""
    query = select(PERSON.c.id, PERSON.c.pseudonym).where(PERSON.c.tenant_id == scope.tenant_id)
    return {row.id: row.pseudonym for row in await reader.rows(query.where(reader.within(PERSON.c.id, ids)))}


async def load(
    reader: Reader,
    scope: Scope,
    *,
    pseudonyms: Collection[str] | None = None,
    references: Collection[str] | None = None,
    ids: Collection[int] | None = None,
    kind: PersonKind | None = None,
    due: date | None = None,
    created_before: date | None = None,
    after: str | None = None,
    limit: int | None = None,
) -> list[PersonRecord]:
    """Return persons by pseudonym.

    due: those that are kept until before that day. created_before: those that are kept for no time of their
    own and were registered before that day. Neither returns who was erased.
    """
    query = select(PERSON).where(PERSON.c.tenant_id == scope.tenant_id).order_by(PERSON.c.pseudonym)
    if pseudonyms is not None:
        query = query.where(reader.within(PERSON.c.pseudonym, pseudonyms))
    if references is not None:
        query = query.where(reader.within(PERSON.c.reference, references))
    if ids is not None:
        query = query.where(reader.within(PERSON.c.id, ids))
    if due is not None:
        query = query.where(PERSON.c.retain_until < due, PERSON.c.erased_at.is_(None))
    if kind is not None:
        query = query.where(PERSON.c.kind == kind)
    if created_before is not None:
        start = datetime.combine(created_before, time(), UTC)
        query = query.where(PERSON.c.created_at < start, PERSON.c.retain_until.is_(None))
        query = query.where(PERSON.c.erased_at.is_(None))
    if after is not None:
        query = query.where(PERSON.c.pseudonym > after)
    return [_record(row) for row in await reader.rows(query.limit(limit))]


async def count(reader: Reader, scope: Scope) -> int:
    """Return how many persons there are."""
    query = select(func.count()).select_from(PERSON).where(PERSON.c.tenant_id == scope.tenant_id)
    return int((await reader.rows(query))[0][0])


async def add(writer: Writer, scope: Scope, new: NewPerson) -> None:
    """Record a person."""
    values = {name: getattr(new, name) for name in NewPerson.__slots__}
    row = {"tenant_id": scope.tenant_id, "created_at": writer.now, **values}
    await writer.run(insert(PERSON), [row])


async def change(writer: Writer, scope: Scope, pseudonym: str, **values: Any) -> None:
    """Change columns of a person."""
    mine = (PERSON.c.tenant_id == scope.tenant_id) & (PERSON.c.pseudonym == pseudonym)
    await writer.run(update(PERSON).where(mine).values(**values))


async def erase(writer: Writer, scope: Scope, pseudonyms: Collection[str]) -> None:
    """Empty all that says who these persons are; the pseudonyms stay."""
    mine = (PERSON.c.tenant_id == scope.tenant_id) & writer.within(PERSON.c.pseudonym, pseudonyms)
    blank = {"reference": None, "name": None, "contact": None, "erased_at": writer.now}
    await writer.run(update(PERSON).where(mine).values(**blank))


def _record(row: Any) -> PersonRecord:
    values = {name: getattr(row, name) for name in PersonRecord.__slots__}
    return PersonRecord(**{**values, "kind": PersonKind(row.kind)})
