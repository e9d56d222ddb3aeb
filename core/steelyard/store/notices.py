"""Notices: things that happened and are told, each once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select

from steelyard.access.scope import Scope
from steelyard.store.deliveries import DeliveryState
from steelyard.store.tables import DELIVERY, NOTICE
from steelyard.store.transaction import Reader, Writer

TOPIC = "notices"
"""The stamp of notices and subscribers; whoever writes either claims it before they read."""


@dataclass(frozen=True, slots=True)
class NoticeRecord:
    """A notice. key: what happened, by which it is known; payload: what receivers are sent."""

    id: int
    key: str
    kind: str
    unit_id: int | None
    happened_at: datetime
    payload: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Seen:
    """Notices of these kinds are seen of these units, of all for None."""

    kinds: Collection[str]
    unit_ids: frozenset[int] | None


_SHOWN = [NOTICE.c[name] for name in NoticeRecord.__slots__]


async def known(reader: Reader, scope: Scope, keys: Collection[str]) -> set[str]:
    """Return those of the keys that were told of already."""
    mine = (NOTICE.c.tenant_id == scope.tenant_id) & reader.within(NOTICE.c.key, keys)
    return {row.key for row in await reader.rows(select(NOTICE.c.key).where(mine))}


async def record(writer: Writer, scope: Scope, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Record notices that are not known yet (key, kind, unit_id, payload); return their ids in this order.

    The caller holds the topic.
    """
    ids = list(await writer.numbers(NOTICE, len(rows))) if rows else []
    fixed = {"tenant_id": scope.tenant_id, "happened_at": writer.now}
    await writer.append(NOTICE, [{**row, **fixed, "id": id} for row, id in zip(rows, ids, strict=True)])
    return ids


async def remove(writer: Writer, scope: Scope, before: datetime, limit: int) -> int:
    """Remove notices from before then that wait for nobody, the oldest first, with their deliveries.

    So many at most; returns how many. The caller holds the topic.
    """
    notice, delivery = NOTICE.c, DELIVERY.c
    waiting = select(delivery.notice_id).where(
        delivery.tenant_id == scope.tenant_id, delivery.state == DeliveryState.WAITING
    )
    query = select(notice.id).where(notice.tenant_id == scope.tenant_id, notice.happened_at < before)
    query = query.where(notice.id.not_in(waiting)).order_by(notice.happened_at, notice.id).limit(limit)
    found = [row.id for row in await writer.rows(query)]
    sent = (delivery.tenant_id == scope.tenant_id) & writer.within(delivery.notice_id, found)
    await writer.run(delete(DELIVERY).where(sent))
    gone = (notice.tenant_id == scope.tenant_id) & writer.within(notice.id, found)
    await writer.run(delete(NOTICE).where(gone))
    return len(found)


async def find(reader: Reader, scope: Scope, key: str, seen: Sequence[Seen]) -> NoticeRecord | None:
    """Return the notice of that key, if it is seen."""
    row = await reader.first(_of(reader, scope, seen).where(NOTICE.c.key == key))
    return None if row is None else NoticeRecord(*row)


async def load(
    reader: Reader,
    scope: Scope,
    seen: Sequence[Seen],
    *,
    after: tuple[datetime, str] | None = None,
    limit: int,
) -> list[NoticeRecord]:
    """Return notices that are seen, the latest first, those of one moment by key.

    after: moment and key of the one that they follow.
    """
    query = _of(reader, scope, seen).order_by(NOTICE.c.happened_at.desc(), NOTICE.c.key).limit(limit)
    if after is not None:
        query = query.where(~_up_to(*after))
    return [NoticeRecord(*row) for row in await reader.rows(query)]


async def count(
    reader: Reader, scope: Scope, seen: Sequence[Seen], *, up_to: tuple[datetime, str] | None = None
) -> int:
    """Return how many notices are seen, all or those up to one in their order."""
    query = select(func.count(NOTICE.c.id)).where(NOTICE.c.tenant_id == scope.tenant_id)
    query = query.where(_seen(reader, seen))
    if up_to is not None:
        query = query.where(_up_to(*up_to))
    return int((await reader.rows(query))[0][0])


def _of(reader: Reader, scope: Scope, seen: Sequence[Seen]) -> Select[Any]:
    return select(*_SHOWN).where(NOTICE.c.tenant_id == scope.tenant_id, _seen(reader, seen))


def _seen(reader: Reader, seen: Sequence[Seen]) -> ColumnElement[bool]:
    return or_(
        *(
            reader.within(NOTICE.c.kind, each.kinds)
            if each.unit_ids is None
            else and_(
                reader.within(NOTICE.c.kind, each.kinds), reader.within(NOTICE.c.unit_id, each.unit_ids)
            )
            for each in seen
        )
    )


def _up_to(moment: datetime, key: str) -> ColumnElement[bool]:
    table = NOTICE.c
    return or_(table.happened_at > moment, and_(table.happened_at == moment, table.key <= key))
