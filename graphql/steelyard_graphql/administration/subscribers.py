"""Subscribers: who is told of notices, by webhook or by mail."""

from __future__ import annotations

import datetime
from enum import Enum
from typing import Annotated, Any, Self

import strawberry

from steelyard.access.permissions import Permission
from steelyard.services.administration.subscribers import (
    AddSubscriber,
    CreatedSubscriber,
    PauseSubscriber,
    RemoveSubscriber,
    ResumeSubscriber,
)
from steelyard.services.notices.listing import Served, subscribers_in
from steelyard.services.notices.want import Want as Wanted
from steelyard.services.notices.want import wants_of
from steelyard.store.subscribers import SubscriberRecord
from steelyard.store.subscribers import SubscriberState as State
from steelyard_graphql.administration.accounts import unit_of
from steelyard_graphql.administration.deeds import Done, ProposalMade, deed_mutation
from steelyard_graphql.administration.notice_kinds import NoticeKind, SubscriberChannel
from steelyard_graphql.administration.results import Acted
from steelyard_graphql.context import Info, RequestContext
from steelyard_graphql.faults import Problem
from steelyard_graphql.fields import computed
from steelyard_graphql.locale import Locale
from steelyard_graphql.units import Unit


@strawberry.enum(description="Whether a subscriber is told.")
class SubscriberState(Enum):
    """The states of the store that are shown."""

    ACTIVE = strawberry.enum_value(State.ACTIVE.value, description="It is told.")
    PAUSED = strawberry.enum_value(State.PAUSED.value, description="What is meant for it waits.")


@strawberry.type(description="What a subscriber wants to be told of.")
class NoticeWant:
    """A kind of notices."""

    kind: NoticeKind = strawberry.field(description="The kind.")
    scheme: str | None = strawberry.field(description="Of which scheme only, by its code; null for all.")
    node: str | None = strawberry.field(description="The code of the node, of a threshold.")
    below: float | None = strawberry.field(description="The score that it is to be below, of a threshold.")

    @classmethod
    def of(cls, want: Wanted) -> Self:
        """Show a want."""
        return cls(kind=NoticeKind(want.kind.value), scheme=want.scheme, node=want.node, below=want.below)


@strawberry.type(description="Somebody who is told of notices. The secret that signs them is told once.")
class Subscriber:
    """A subscriber."""

    number: int = strawberry.field(description="Its number in the tenant, by which it is known.")
    channel: SubscriberChannel = strawberry.field(description="How it is told.")
    address: str = strawberry.field(description="The webhook's URL, or the mailbox.")
    wants: list[NoticeWant] = strawberry.field(description="What it is told of.")
    locale: Locale = strawberry.field(description="The language that comes first in its mails.")
    state: SubscriberState = strawberry.field(description="Whether it is told.")
    created_at: datetime.datetime = strawberry.field(description="When it was added.")
    created_by: str = strawberry.field(description="The code of the account that added it.")
    waiting: int = strawberry.field(description="How many notices it was not told yet.")
    failed: int = strawberry.field(description="How many were given up.")
    record: strawberry.Private[SubscriberRecord]

    @computed("Of which unit and those below it; null for all, or for one that one does not see.")
    async def unit(self, info: Info) -> Unit | None:
        """Return the unit."""
        return await unit_of(info.context, self.record.unit_id)

    @classmethod
    def of(cls, found: Served) -> Self:
        """Show a subscriber."""
        record = found.record
        return cls(
            number=record.number,
            channel=SubscriberChannel(record.channel.value),
            address=record.address,
            wants=[NoticeWant.of(want) for want in wants_of(record.kinds)],
            locale=Locale(record.locale),
            state=SubscriberState(record.state.value),
            created_at=record.created_at,
            created_by=record.created_by,
            waiting=found.waiting,
            failed=found.failed,
            record=record,
        )


@strawberry.type(description="A subscriber was added.")
class SubscriberAdded(Acted):
    """A subscriber was added."""

    subscriber: Subscriber = strawberry.field(description="The subscriber.")
    secret: str | None = strawberry.field(
        description="With which its webhooks are signed: told this once. Null for mail, which is not signed."
    )


@strawberry.type(description="A subscriber was paused or resumed.")
class SubscriberChanged(Acted):
    """A subscriber was paused or resumed."""

    subscriber: Subscriber = strawberry.field(description="The subscriber as it is now.")


@strawberry.type(description="A subscriber was removed.")
class SubscriberRemoved(Acted):
    """A subscriber was removed."""

    number: int = strawberry.field(description="The number that it had.")


SubscriberAdditionResult = Annotated[
    SubscriberAdded | ProposalMade | Problem,
    strawberry.union("SubscriberAdditionResult", description="What was done, what waits, or what is wrong."),
]
SubscriberResult = Annotated[
    SubscriberChanged | ProposalMade | Problem,
    strawberry.union("SubscriberResult", description="What was done, what waits, or what is wrong."),
]
SubscriberRemovalResult = Annotated[
    SubscriberRemoved | ProposalMade | Problem,
    strawberry.union("SubscriberRemovalResult", description="What was done, what waits, or what is wrong."),
]


async def _added(_: RequestContext, deed: Any, done: Done[CreatedSubscriber]) -> SubscriberAdded:
    made = Subscriber.of(Served(done.result.record, 0, 0))
    return SubscriberAdded(subscriber=made, secret=done.result.secret, act=done.act)


async def _changed(context: RequestContext, deed: Any, done: Done[SubscriberRecord]) -> SubscriberChanged:
    known = await subscribers_in(*context.seat)
    [found] = [each for each in known if each.record.number == done.result.number]
    return SubscriberChanged(subscriber=Subscriber.of(found), act=done.act)


async def _removed(_: RequestContext, deed: RemoveSubscriber, done: Done[None]) -> SubscriberRemoved:
    return SubscriberRemoved(number=deed.subscriber, act=done.act)


@strawberry.type
class SubscriberQueries:
    """The queries about subscribers."""

    @computed("Who is told of notices, by number.", needs=Permission.SUBSCRIBER_EDIT)
    async def subscribers(self, info: Info) -> list[Subscriber] | None:
        """Return all subscribers."""
        return [Subscriber.of(each) for each in await subscribers_in(*info.context.seat)]


@strawberry.type
class SubscriberChanges:
    """The mutations about subscribers."""

    add_subscriber = deed_mutation(AddSubscriber, SubscriberAdditionResult, _added)
    pause_subscriber = deed_mutation(PauseSubscriber, SubscriberResult, _changed)
    resume_subscriber = deed_mutation(ResumeSubscriber, SubscriberResult, _changed)
    remove_subscriber = deed_mutation(RemoveSubscriber, SubscriberRemovalResult, _removed)
