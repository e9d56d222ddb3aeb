"""Deliveries: notices on their way to subscribers.

Who delivers claims what is due: in one short transaction it counts the try and puts the next one off until
its lease is over. Nobody else sees it as due meanwhile, and should the process die between sending and
recording that, the lease runs out and it is sent again: at least once, with the same id.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, and_, func, select, update

from steelyard.access.scope import Scope
from steelyard.store.subscribers import SubscriberState
from steelyard.store.tables import DELIVERY, NOTICE, SUBSCRIBER
from steelyard.store.transaction import Reader, Writer


class DeliveryState(StrEnum):
    """FAILED: given up after the last try, or because it waited too long.

    CANCELLED: the subscriber was removed before it was told.
    """

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class DeliveryRecord:
    """How far a notice is on its way to the subscriber of that number; due_at: when it is tried next."""

    notice_id: int
    subscriber: int
    state: DeliveryState
    attempts: int
    due_at: datetime
    http_status: int | None
    error: str | None
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that the caller is to try now, for the `attempts`-th time."""

    id: int
    attempts: int
    payload: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a try: `error` is a code, None where it was delivered.

    wait: for how long the receiver asks not to be sent anything.
    """

    http_status: int | None = None
    error: str | None = None
    wait: timedelta | None = None


async def add(writer: Writer, scope: Scope, pairs: Sequence[tuple[int, int]]) -> None:
    """Send notices on their way: (notice id, subscriber id) of each, new pairs all."""
    fixed = {"tenant_id": scope.tenant_id, "state": DeliveryState.WAITING, "attempts": 0}
    rows = [{**fixed, "due_at": writer.now, "notice_id": one, "subscriber_id": who} for one, who in pairs]
    await writer.append(DELIVERY, rows)


async def due(reader: Reader, scope: Scope, now: datetime) -> list[int]:
    """Return the ids of the active subscribers for whom something is due."""
    query = select(DELIVERY.c.subscriber_id).distinct().join(SUBSCRIBER, _of_subscriber(scope))
    query = query.where(_is_due(scope, now), SUBSCRIBER.c.state == SubscriberState.ACTIVE)
    return [row.subscriber_id for row in await reader.rows(query.order_by(DELIVERY.c.subscriber_id))]


async def claim(
    writer: Writer, scope: Scope, subscriber_id: int, lease: timedelta, limit: int
) -> list[Claim]:
    """Take what is due for a subscriber, the longest due first; nobody else is given it for the lease."""
    notice = and_(NOTICE.c.tenant_id == scope.tenant_id, NOTICE.c.id == DELIVERY.c.notice_id)
    query = (
        select(DELIVERY.c.id, DELIVERY.c.attempts, NOTICE.c.payload)
        .join(NOTICE, notice)
        .join(SUBSCRIBER, _of_subscriber(scope))
        .where(_is_due(scope, writer.now), DELIVERY.c.subscriber_id == subscriber_id)
        .where(SUBSCRIBER.c.state == SubscriberState.ACTIVE)
        .order_by(DELIVERY.c.due_at, DELIVERY.c.id)
        .limit(limit)
        # SQLite, where one writes at a time, has no such clause and is not sent it.
        .with_for_update(of=DELIVERY, skip_locked=True)
    )
    found = [Claim(row.id, row.attempts + 1, row.payload) for row in await writer.rows(query)]
    taken = writer.within(DELIVERY.c.id, [each.id for each in found])
    tried = {"attempts": DELIVERY.c.attempts + 1, "due_at": writer.now + lease}
    await writer.run(update(DELIVERY).where(DELIVERY.c.tenant_id == scope.tenant_id, taken).values(**tried))
    return found


async def settle(
    writer: Writer, scope: Scope, claim: Claim, answer: Answer, again_at: datetime | None
) -> None:
    """Record what came of a try. again_at: when it is tried again; None gives it up, unless it was delivered.

    Where its lease ran out and somebody else has tried meanwhile, only a success counts.
    """
    table = DELIVERY.c
    mine = (table.tenant_id == scope.tenant_id) & (table.id == claim.id)
    mine &= table.state == DeliveryState.WAITING
    told: dict[str, Any] = {"http_status": answer.http_status, "error": answer.error}
    if answer.error is None:
        told |= {"state": DeliveryState.DELIVERED, "delivered_at": writer.now}
    else:
        mine &= table.attempts == claim.attempts
        told |= {"state": DeliveryState.FAILED} if again_at is None else {"due_at": again_at}
    await writer.run(update(DELIVERY).where(mine).values(**told))


async def put_off(writer: Writer, scope: Scope, subscriber_id: int, until: datetime) -> None:
    """Let all that waits for a subscriber wait at least until then, but what another is recording."""
    table = DELIVERY.c
    mine = (table.tenant_id == scope.tenant_id) & (table.subscriber_id == subscriber_id)
    query = select(table.id).where(mine, table.state == DeliveryState.WAITING, table.due_at < until)
    # Of two that put each other's off, neither may wait for the other.
    found = await writer.rows(query.with_for_update(skip_locked=True))
    taken = writer.within(table.id, [row.id for row in found])
    await writer.run(update(DELIVERY).where(table.tenant_id == scope.tenant_id, taken).values(due_at=until))


async def give_up(writer: Writer, scope: Scope, before: datetime, limit: int) -> int:
    """Give up deliveries that have been due since before then, so many at most; return how many.

    What is being tried is due later, and so is what is tried again.
    """
    table = DELIVERY.c
    query = select(table.id).where(_is_due(scope, before)).order_by(table.due_at, table.id).limit(limit)
    found = [row.id for row in await writer.rows(query.with_for_update(skip_locked=True))]
    taken = (table.tenant_id == scope.tenant_id) & writer.within(table.id, found)
    await writer.run(update(DELIVERY).where(taken).values(state=DeliveryState.FAILED))
    return len(found)


async def cancel(writer: Writer, scope: Scope, subscriber_id: int) -> None:
    """Give up all that a subscriber was not told yet."""
    mine = (DELIVERY.c.tenant_id == scope.tenant_id) & (DELIVERY.c.subscriber_id == subscriber_id)
    waiting = update(DELIVERY).where(mine, DELIVERY.c.state == DeliveryState.WAITING)
    await writer.run(waiting.values(state=DeliveryState.CANCELLED))


async def renew(writer: Writer, scope: Scope, notice_id: int, subscriber_ids: Collection[int]) -> None:
    """Send a notice to subscribers once more, from now on, as if it had never been tried."""
    mine = (DELIVERY.c.tenant_id == scope.tenant_id) & (DELIVERY.c.notice_id == notice_id)
    these = update(DELIVERY).where(mine, writer.within(DELIVERY.c.subscriber_id, subscriber_ids))
    anew = {"state": DeliveryState.WAITING, "attempts": 0, "due_at": writer.now, "delivered_at": None}
    await writer.run(these.values(**anew, http_status=None, error=None))


async def of_notices(
    reader: Reader, scope: Scope, notice_ids: Collection[int]
) -> dict[int, list[DeliveryRecord]]:
    """Return the deliveries of notices by notice id, those of one by the subscriber's number."""
    names = ["notice_id", "state", "attempts", "due_at", "http_status", "error", "delivered_at"]
    shown = [DELIVERY.c[name] for name in names]
    query = select(*shown, SUBSCRIBER.c.number.label("subscriber")).join(SUBSCRIBER, _of_subscriber(scope))
    query = query.where(DELIVERY.c.tenant_id == scope.tenant_id)
    query = query.where(reader.within(DELIVERY.c.notice_id, notice_ids)).order_by(SUBSCRIBER.c.number)
    found: dict[int, list[DeliveryRecord]] = {id: [] for id in notice_ids}
    for row in await reader.rows(query):
        values = {**row._mapping, "state": DeliveryState(row.state)}
        found[row.notice_id].append(DeliveryRecord(**values))
    return found


async def counts(reader: Reader, scope: Scope) -> dict[tuple[int, DeliveryState], int]:
    """Return how many deliveries of each subscriber, by id, are in each state."""
    table = DELIVERY.c
    query: Select[Any] = select(table.subscriber_id, table.state, func.count(table.id).label("n"))
    query = query.where(table.tenant_id == scope.tenant_id).group_by(table.subscriber_id, table.state)
    rows = await reader.rows(query)
    return {(row.subscriber_id, DeliveryState(row.state)): row.n for row in rows}


def _of_subscriber(scope: Scope) -> Any:
    return and_(SUBSCRIBER.c.tenant_id == scope.tenant_id, SUBSCRIBER.c.id == DELIVERY.c.subscriber_id)


def _is_due(scope: Scope, now: datetime) -> Any:
    table = DELIVERY.c
    return and_(
        table.tenant_id == scope.tenant_id,
        table.state == DeliveryState.WAITING,
        table.due_at <= now,
    )
