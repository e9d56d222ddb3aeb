"""Subscribers: who is told of notices, by webhook or by mail. Who was removed stays as a number alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, insert, select, update

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.errors import Locale
from steelyard.store.tables import SUBSCRIBER
from steelyard.store.transaction import Reader, Writer


class Channel(StrEnum):
    """How somebody is told."""

    WEBHOOK = "webhook"
    MAIL = "mail"


class SubscriberState(StrEnum):
    """What is meant for a paused subscriber waits; a removed one is told no more."""

    ACTIVE = "active"
    PAUSED = "paused"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class NewSubscriber:
    """Somebody to be told. kinds: JSON, see `services.notices.want`; unit_id: None for all units.

    secret: signs what a webhook is sent; of a mail address it only keeps the address out of acts.
    """

    channel: Channel
    address: str = field(repr=False)
    kinds: Sequence[Mapping[str, Any]]
    unit_id: int | None
    secret: str = field(repr=False)
    locale: Locale


@dataclass(frozen=True, slots=True)
class SubscriberRecord:
    """A subscriber as lists show one. address: empty once removed."""

    id: int
    number: int
    channel: Channel
    address: str = field(repr=False)
    kinds: tuple[Mapping[str, Any], ...]
    unit_id: int | None
    locale: Locale
    state: SubscriberState
    created_at: datetime
    created_by: str


_SHOWN = [SUBSCRIBER.c[name] for name in SubscriberRecord.__slots__]


async def load(
    reader: Reader, scope: Scope, *, numbers: Collection[int] | None = None, removed: bool = False
) -> list[SubscriberRecord]:
    """Return the tenant's subscribers by number, all or these; with `removed` those it had as well."""
    query = select(*_SHOWN).where(SUBSCRIBER.c.tenant_id == scope.tenant_id).order_by(SUBSCRIBER.c.number)
    if numbers is not None:
        query = query.where(reader.within(SUBSCRIBER.c.number, numbers))
    if not removed:
        query = query.where(SUBSCRIBER.c.state != SubscriberState.REMOVED)
    return [_record(row) for row in await reader.rows(query)]


async def secrets(reader: Reader, scope: Scope, ids: Collection[int]) -> dict[int, str]:
    """Return the secrets of subscribers by id; none of those removed."""
    mine = (SUBSCRIBER.c.tenant_id == scope.tenant_id) & SUBSCRIBER.c.secret.is_not(None)
    query = select(SUBSCRIBER.c.id, SUBSCRIBER.c.secret).where(mine, reader.within(SUBSCRIBER.c.id, ids))
    return {row.id: row.secret for row in await reader.rows(query)}


async def add(writer: Writer, scope: Scope, new: NewSubscriber, by: Actor) -> int:
    """Record a subscriber and return its number; the caller holds the topic of notices."""
    mine = SUBSCRIBER.c.tenant_id == scope.tenant_id
    last = await writer.rows(select(func.coalesce(func.max(SUBSCRIBER.c.number), 0)).where(mine))
    number = int(last[0][0]) + 1
    row = {name: getattr(new, name) for name in NewSubscriber.__slots__}
    fixed = {"tenant_id": scope.tenant_id, "number": number, "state": SubscriberState.ACTIVE}
    made = {"created_at": writer.now, "created_by": by.id}
    await writer.run(insert(SUBSCRIBER), [{**row, **fixed, **made}])
    return number


async def set_state(writer: Writer, scope: Scope, id: int, state: SubscriberState) -> None:
    """Pause a subscriber or let it go on."""
    await writer.run(_one(scope, id).values(state=state))


async def remove(writer: Writer, scope: Scope, id: int) -> None:
    """Forget address and secret of a subscriber; its number is not given again."""
    await writer.run(_one(scope, id).values(state=SubscriberState.REMOVED, address="", secret=None))


def _one(scope: Scope, id: int) -> Any:
    return update(SUBSCRIBER).where(SUBSCRIBER.c.tenant_id == scope.tenant_id, SUBSCRIBER.c.id == id)


def _record(row: Any) -> SubscriberRecord:
    values = dict(row._mapping)
    values |= {
        "channel": Channel(row.channel),
        "state": SubscriberState(row.state),
        "kinds": tuple(row.kinds),
    }
    return SubscriberRecord(**values)
