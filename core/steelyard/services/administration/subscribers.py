"""Deeds of subscribers: who is told of notices, told no more for a while, or for good."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, InvalidInput, Locale, Place, Problem, Text
from steelyard.services.administration.deed import Change, Deed
from steelyard.services.administration.subscriber_state import SUBSCRIBER, find_subscriber
from steelyard.services.administration.texts import shown
from steelyard.services.administration.unit_state import find_unit
from steelyard.services.notices.addresses import is_mailbox, is_webhook
from steelyard.services.notices.problems import (
    SUBSCRIBER_ADDRESS,
    SUBSCRIBER_IS_ALREADY,
    SUBSCRIBERS_TOO_MANY,
)
from steelyard.services.notices.signing import new_secret
from steelyard.services.notices.want import Want, wants_problems
from steelyard.store import deliveries, notices, subscribers
from steelyard.store.subscribers import Channel, NewSubscriber, SubscriberRecord, SubscriberState
from steelyard.store.transaction import Writer

MOST = 100


@dataclass(frozen=True, slots=True)
class CreatedSubscriber:
    """A new subscriber, and the secret with which its webhooks are signed, told this once; None for mail."""

    record: SubscriberRecord
    secret: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class AddSubscriber(Deed[CreatedSubscriber]):
    """Tell somebody of notices: of one unit and all below it, of all units without one."""

    name: ClassVar = "subscriber.add"
    title: ClassVar = Text("新增通知接收方", "Add a subscriber to notices")
    permission: ClassVar = Permission.SUBSCRIBER_EDIT
    topics: ClassVar = (notices.TOPIC,)

    channel: Channel
    address: str = field(repr=False)
    wants: tuple[Want, ...]
    unit: str | None = None
    locale: Locale = "zh"

    def problems(self) -> Iterable[Problem]:
        """What is wrong with the address and with what is wanted."""
        is_fit = is_webhook if self.channel is Channel.WEBHOOK else is_mailbox
        if not is_fit(self.address):
            values = {"found": shown(self.address), "channel": self.channel.value}
            yield Problem(SUBSCRIBER_ADDRESS, Place(field="address"), values)
        yield from wants_problems(self.wants)

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[CreatedSubscriber]:
        """Record the subscriber; NotFound (UNIT_NOT_FOUND), InvalidInput (SUBSCRIBERS_TOO_MANY)."""
        unit = None if self.unit is None else await find_unit(writer, scope, self.unit)
        if len(await subscribers.load(writer, scope)) >= MOST:
            raise InvalidInput(Problem(SUBSCRIBERS_TOO_MANY, values={"most": MOST}))
        secret = new_secret()
        new = NewSubscriber(
            channel=self.channel,
            address=self.address,
            kinds=[want.written() for want in self.wants],
            unit_id=None if unit is None else unit.id,
            secret=secret,
            locale=self.locale,
        )
        key = str(await subscribers.add(writer, scope, new, actor))
        made = await find_subscriber(writer, scope, int(key))
        after = await SUBSCRIBER.state(writer, scope, key)
        told = secret if self.channel is Channel.WEBHOOK else None
        return Change(SUBSCRIBER.subject(key), None, after, CreatedSubscriber(made, told))


class _OfOneSubscriber(Deed[SubscriberRecord]):
    """What changes whether a subscriber is told."""

    __slots__ = ()

    permission: ClassVar = Permission.SUBSCRIBER_EDIT
    topics: ClassVar = (notices.TOPIC,)
    state: ClassVar[Literal[SubscriberState.ACTIVE, SubscriberState.PAUSED]]

    subscriber: int

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[SubscriberRecord]:
        """Change the state; Conflict (SUBSCRIBER_IS_ALREADY), NotFound (SUBSCRIBER_NOT_FOUND)."""
        found = await find_subscriber(writer, scope, self.subscriber)
        if found.state is self.state:
            values = {"number": found.number, "state": found.state.value}
            raise Conflict(Problem(SUBSCRIBER_IS_ALREADY, Place(field="subscriber"), values))
        key = str(found.number)
        before = await SUBSCRIBER.state(writer, scope, key)
        await subscribers.set_state(writer, scope, found.id, self.state)
        made = await find_subscriber(writer, scope, found.number)
        return Change(SUBSCRIBER.subject(key), before, await SUBSCRIBER.state(writer, scope, key), made)


@dataclass(frozen=True, slots=True)
class PauseSubscriber(_OfOneSubscriber):
    """Tell a subscriber nothing for now; what happens meanwhile waits for it."""

    name: ClassVar = "subscriber.pause"
    title: ClassVar = Text("暂停通知接收方", "Pause a subscriber to notices")
    state: ClassVar = SubscriberState.PAUSED

    subscriber: int


@dataclass(frozen=True, slots=True)
class ResumeSubscriber(_OfOneSubscriber):
    """Tell a subscriber again, what waited first."""

    name: ClassVar = "subscriber.resume"
    title: ClassVar = Text("恢复通知接收方", "Resume a subscriber to notices")
    state: ClassVar = SubscriberState.ACTIVE

    subscriber: int


@dataclass(frozen=True, slots=True)
class RemoveSubscriber(Deed[None]):
    """Tell a subscriber nothing any more, and forget its address and secret."""

    name: ClassVar = "subscriber.remove"
    title: ClassVar = Text("移除通知接收方", "Remove a subscriber to notices")
    permission: ClassVar = Permission.SUBSCRIBER_EDIT
    topics: ClassVar = (notices.TOPIC,)

    subscriber: int

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[None]:
        """Forget it, and give up what is on its way; NotFound (SUBSCRIBER_NOT_FOUND)."""
        found = await find_subscriber(writer, scope, self.subscriber)
        key = str(found.number)
        before = await SUBSCRIBER.state(writer, scope, key)
        await subscribers.remove(writer, scope, found.id)
        await deliveries.cancel(writer, scope, found.id)
        return Change(SUBSCRIBER.subject(key), before, await SUBSCRIBER.state(writer, scope, key), None)
