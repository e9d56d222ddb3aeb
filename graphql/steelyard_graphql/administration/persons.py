"""Persons: the names behind pseudonyms. All else in the schema carries the pseudonym alone."""

from __future__ import annotations

import datetime
from enum import Enum
from typing import Self

import strawberry

from steelyard.access.permissions import Permission
from steelyard.errors import Forbidden, NotFound
from steelyard.services.administration import listing
from steelyard.store.persons import PersonKind as Kind
from steelyard.store.persons import PersonRecord
from steelyard_graphql.connections import (
    After,
    Connection,
    Edge,
    First,
    PageArguments,
    PageInfo,
    check,
    read_cursor,
    size_of,
    write_cursor,
    wrong_cursor,
)
from steelyard_graphql.context import Info, RequestContext
from steelyard_graphql.fields import computed
from steelyard_graphql.ids import global_id
from steelyard_graphql.nodes import Node

LIST = "persons"


@strawberry.enum(description="Whom a pseudonym stands for.")
class PersonKind(Enum):
    """The kinds of the store."""

    EMPLOYEE = strawberry.enum_value(Kind.EMPLOYEE.value, description="Somebody who works for the tenant.")
    CUSTOMER = strawberry.enum_value(Kind.CUSTOMER.value, description="Somebody whom it serves.")


@strawberry.type(description="A person: the one place where a name stands. Needs `person.read`.")
class Person(Node):
    """A person."""

    pseudonym: str = strawberry.field(description="What everything else calls the person.")
    kind: PersonKind = strawberry.field(description="Whom the pseudonym stands for.")
    name: str | None = strawberry.field(description="The name; null where it is unknown or erased.")
    contact: str | None = strawberry.field(description="How to reach them; null where unknown or erased.")
    reference: str | None = strawberry.field(
        description="How a source system knows them; null where unknown or erased."
    )
    retain_until: datetime.date | None = strawberry.field(
        description="The last day on which the name is kept; null for as long as the policy says."
    )
    created_at: datetime.datetime = strawberry.field(description="When the person was registered.")
    erased_at: datetime.datetime | None = strawberry.field(description="When name and contact were erased.")

    @classmethod
    def of(cls, record: PersonRecord) -> Self:
        """Show a person."""
        return cls(
            id=strawberry.ID(global_id("Person", record.pseudonym)),
            pseudonym=record.pseudonym,
            kind=PersonKind(record.kind.value),
            name=record.name,
            contact=record.contact,
            reference=record.reference,
            retain_until=record.retain_until,
            created_at=record.created_at,
            erased_at=record.erased_at,
        )


@strawberry.type(description="A page of persons, by pseudonym.")
class PersonConnection(Connection[Person]):
    """A page of persons."""


async def find_person(context: RequestContext, pseudonym: str) -> Person:
    """Return one person; NotFound (PERSON_NOT_FOUND), also for those who may not see persons."""
    try:
        return Person.of(await listing.person(*context.seat, pseudonym))
    except Forbidden as error:
        raise NotFound(error.problems) from error


@strawberry.type
class PersonQueries:
    """The queries about persons."""

    @computed("Persons by pseudonym, page by page.", needs=Permission.PERSON_READ)
    async def persons(self, info: Info, first: First = None, after: After = None) -> PersonConnection | None:
        """Return a page of persons."""
        asked = PageArguments(first, after)
        check(asked)
        limit = size_of(asked)
        behind = None if after is None else _pseudonym(after)
        found, total = await listing.persons_after(*info.context.seat, after=behind, limit=limit + 1)
        people = [Person.of(record) for record in found[:limit]]
        cursors = [write_cursor(LIST, person.pseudonym) for person in people]
        return PersonConnection(
            edges=[Edge(cursor=cursor, node=node) for cursor, node in zip(cursors, people, strict=True)],
            nodes=people,
            page_info=PageInfo(
                has_next_page=len(found) > limit,
                has_previous_page=behind is not None,
                start_cursor=cursors[0] if cursors else None,
                end_cursor=cursors[-1] if cursors else None,
            ),
            total_count=total,
        )


def _pseudonym(cursor: str) -> str:
    match read_cursor(cursor, LIST, "after"):
        case [str(pseudonym)]:
            return pseudonym
        case _:
            raise wrong_cursor(cursor, "after")
