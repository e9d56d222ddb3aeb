"""Acts: what was done in administration, by whom and why, in a chain that shows any change."""

from __future__ import annotations

import datetime
from typing import Annotated, Self

import strawberry

from steelyard.access.permissions import Permission
from steelyard.errors import NotFound, Problem, Text
from steelyard.services.administration import listing
from steelyard.store.acts import ActRecord
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.connections import (
    After,
    Connection,
    Edge,
    First,
    PageArguments,
    Window,
    check,
    read_cursor,
    size_of,
    write_cursor,
    wrong_cursor,
)
from steelyard_graphql.context import Info, RequestContext
from steelyard_graphql.fields import computed
from steelyard_graphql.ids import global_id
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.nodes import Node
from steelyard_graphql.problems import ACT_NOT_FOUND

LIST = "acts"


@plain
@strawberry.type(
    description="One administrative act. Acts form a chain: each hash covers the act and the hash before it."
)
class Act(Node):
    """An act."""

    number: int = strawberry.field(description="Its number in the tenant's chain, from 1 without a gap.")
    acted_at: datetime.datetime = strawberry.field(description="When it was done.")
    actor: str = strawberry.field(description="The code of the account that did it, or consented to it.")
    drafted_by: str | None = strawberry.field(
        description="The code of the account that drafted it, where a second person consented."
    )
    deed: str = strawberry.field(description="What was done, e.g. `unit.move`.")
    subject: str = strawberry.field(description="To what it was done, e.g. `unit:B01`.")
    reason: str = strawberry.field(description="Why, in the actor's words.")
    before: str | None = strawberry.field(description="The subject before, as canonical JSON; null for none.")
    after: str | None = strawberry.field(description="The subject after, as canonical JSON; null for none.")
    previous: str = strawberry.field(description="The hash of the act before it.")
    hash: str = strawberry.field(description="The SHA-256 of the act, in hex.")
    words: strawberry.Private[Text]

    @computed("What was done, in words.", plain=True)
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title of the deed in the language asked for."""
        return said(self.words, locale)

    @classmethod
    def of(cls, record: ActRecord) -> Self:
        """Show an act."""
        return cls(
            id=strawberry.ID(global_id("Act", str(record.number))),
            number=record.number,
            acted_at=record.acted_at,
            actor=record.actor,
            drafted_by=record.drafted_by,
            deed=record.deed,
            subject=record.subject,
            reason=record.reason,
            before=record.before,
            after=record.after,
            previous=record.previous,
            hash=record.hash,
            words=listing.title_of(record.deed),
        )


@plain
@strawberry.type(description="A page of acts, the latest first.")
class ActConnection(Connection[Act]):
    """A page of acts."""


async def find_act(context: RequestContext, number: str) -> Act:
    """Return one act; NotFound (ACT_NOT_FOUND), also for those who may not see acts."""
    if number.isdecimal() and len(number) <= 18 and context.actor.may(Permission.ACT_READ):
        found = await listing.act(*context.seat, number=int(number))
        if found is not None:
            return Act.of(found)
    raise NotFound(Problem(ACT_NOT_FOUND, values={"number": number[:20]}))


@strawberry.type
class ActQueries:
    """The queries about acts."""

    @computed("Administrative acts, the latest first.", needs=Permission.ACT_READ)
    async def acts(
        self,
        info: Info,
        deed: Annotated[
            str | None, strawberry.argument(description="Only acts of this name, e.g. `unit.move`.")
        ] = None,
        subject: Annotated[
            str | None, strawberry.argument(description="Only acts on this subject, e.g. `unit:B01`.")
        ] = None,
        actor: Annotated[
            str | None, strawberry.argument(description="Only acts of the account with this code.")
        ] = None,
        first: First = None,
        after: After = None,
    ) -> ActConnection | None:
        """Return a page of acts."""
        asked = PageArguments(first, after)
        check(asked)
        before = None if after is None else _number(after)
        limit = size_of(asked)
        found = await listing.acts_before(
            *info.context.seat, before=before, limit=limit, deed=deed, subject=subject, by=actor
        )
        total, rest = await listing.count_acts(
            *info.context.seat, before=before, deed=deed, subject=subject, by=actor
        )
        start = total - rest
        window = Window(start, start + len(found), total)
        acts = [Act.of(record) for record in found]
        cursors = [write_cursor(LIST, act.number) for act in acts]
        return ActConnection(
            edges=[Edge(cursor=cursor, node=act) for cursor, act in zip(cursors, acts, strict=True)],
            nodes=acts,
            page_info=window.info(cursors),
            total_count=total,
        )

    @computed(
        "Where the chain of acts ends, as `tenant:number:hash`: kept elsewhere, it lets `steelyard verify`"
        " find whatever is changed later; null before the first act.",
        needs=Permission.ACT_READ,
    )
    async def act_head(self, info: Info) -> str | None:
        """Return the head of the chain."""
        end = await listing.head(*info.context.seat)
        return str(end) if end.number else None


def _number(cursor: str) -> int:
    match read_cursor(cursor, LIST, "after"):
        case [int(number)]:
            return number
        case _:
            raise wrong_cursor(cursor, "after")
