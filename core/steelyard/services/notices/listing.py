"""Notices, deliveries and subscribers as they are shown, and sending a notice again by hand.

Who sees a notice: whoever could see what it tells of, on its unit. Deliveries and subscribers need
`subscriber.edit`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, NotFound, Problem
from steelyard.services import structure
from steelyard.services.administration.texts import shown
from steelyard.services.context import View
from steelyard.services.notices.problems import NOTICE_NOT_FOUND, NOTICE_NOT_MEANT
from steelyard.services.notices.want import OF_ALL_UNITS, SEEN_WITH, NoticeKind
from steelyard.store import deliveries, notices, stamps, subscribers
from steelyard.store.deliveries import DeliveryRecord, DeliveryState
from steelyard.store.notices import NoticeRecord, Seen
from steelyard.store.subscribers import SubscriberRecord

AT_MOST = 100


@dataclass(frozen=True, slots=True)
class NoticePage:
    """Notices, the latest first; `before`: how many of `total` come before the first of them."""

    rows: tuple[NoticeRecord, ...]
    before: int
    total: int


@dataclass(frozen=True, slots=True)
class Served:
    """A subscriber, and how many deliveries to it wait and were given up."""

    record: SubscriberRecord
    waiting: int
    failed: int


async def notices_after(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    kinds: Collection[NoticeKind] | None = None,
    unit_ids: frozenset[int] | None = None,
    after: tuple[datetime, str] | None = None,
    limit: int = AT_MOST,
) -> NoticePage:
    """Notices that the actor may see, of all kinds and units or of these. after: moment and key."""
    seen = await _seen(view, actor, scope, kinds, unit_ids)
    if not seen:
        return NoticePage((), 0, 0)
    async with view.context.database.read(scope) as reader:
        rows = await notices.load(reader, scope, seen, after=after, limit=limit)
        total = await notices.count(reader, scope, seen)
        before = 0 if after is None else await notices.count(reader, scope, seen, up_to=after)
    return NoticePage(tuple(rows), before, total)


async def notice(view: View, actor: Actor, scope: Scope, key: str) -> NoticeRecord:
    """One notice that the actor may see; NotFound (NOTICE_NOT_FOUND)."""
    seen = await _seen(view, actor, scope, None, None)
    async with view.context.database.read(scope) as reader:
        found = await notices.find(reader, scope, key, seen) if seen else None
    if found is None:
        raise NotFound(Problem(NOTICE_NOT_FOUND, values={"key": shown(key)}))
    return found


async def deliveries_of(
    view: View, actor: Actor, scope: Scope, notice_ids: Collection[int]
) -> Mapping[int, list[DeliveryRecord]]:
    """The deliveries of notices by notice id. Needs subscriber.edit."""
    actor.require(Permission.SUBSCRIBER_EDIT)
    async with view.context.database.read(scope) as reader:
        return await deliveries.of_notices(reader, scope, notice_ids)


async def subscribers_in(view: View, actor: Actor, scope: Scope) -> list[Served]:
    """The subscribers by number, without those removed. Needs subscriber.edit."""
    actor.require(Permission.SUBSCRIBER_EDIT)
    async with view.context.database.read(scope) as reader:
        found = await subscribers.load(reader, scope)
        counts = await deliveries.counts(reader, scope)
    return [
        Served(
            each,
            counts.get((each.id, DeliveryState.WAITING), 0),
            counts.get((each.id, DeliveryState.FAILED), 0),
        )
        for each in found
    ]


async def redeliver(
    view: View, actor: Actor, scope: Scope, *, key: str, subscriber: int | None = None
) -> NoticeRecord:
    """Send a notice again: to one subscriber, else to all for whom it was given up. Needs subscriber.edit.

    Raises NotFound (NOTICE_NOT_FOUND), Conflict (NOTICE_NOT_MEANT) where there is nobody to send it to.
    """
    actor.require(Permission.SUBSCRIBER_EDIT)
    found = await notice(view, actor, scope, key)
    async with view.context.database.write(scope) as writer:
        await stamps.claim(writer, scope, notices.TOPIC)
        meant = (await deliveries.of_notices(writer, scope, [found.id]))[found.id]
        heard = {each.number: each.id for each in await subscribers.load(writer, scope)}
        whom = [
            heard[each.subscriber]
            for each in meant
            if each.subscriber in heard
            and (each.state is DeliveryState.FAILED if subscriber is None else each.subscriber == subscriber)
        ]
        if not whom:
            raise Conflict(Problem(NOTICE_NOT_MEANT, values={"key": shown(key)}))
        await deliveries.renew(writer, scope, found.id, whom)
    return found


async def _seen(
    view: View,
    actor: Actor,
    scope: Scope,
    kinds: Collection[NoticeKind] | None,
    unit_ids: frozenset[int] | None,
) -> list[Seen]:
    found = []
    for permission, those in SEEN_WITH.items():
        asked = those if kinds is None else those & set(kinds)
        held = _within(actor.units(permission), scope.unit_ids)
        if held is not None and asked & OF_ALL_UNITS and not await _is_whole(view, scope, held):
            asked -= OF_ALL_UNITS
        within = _within(held, unit_ids)
        if asked and (within is None or within):
            found.append(Seen([kind.value for kind in asked], within))
    return found


def _within(*limits: frozenset[int] | None) -> frozenset[int] | None:
    """What lies within all limits; None is none."""
    narrow = [each for each in limits if each is not None]
    return frozenset.intersection(*narrow) if narrow else None


async def _is_whole(view: View, scope: Scope, held: frozenset[int]) -> bool:
    """Whether these are all units of the tenant."""
    whole = await structure.load_whole(view, Scope(scope.tenant_id))
    return all(unit.id in held for unit in whole.units)
