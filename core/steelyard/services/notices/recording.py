"""Notices are written with their deliveries, in the transaction of what caused them; each key once."""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.access.scope import Scope
from steelyard.services.notices.message import Message
from steelyard.services.notices.want import wants_of
from steelyard.store import deliveries, notices, stamps, subscribers
from steelyard.store.subscribers import SubscriberRecord
from steelyard.store.transaction import Writer


async def record(writer: Writer, scope: Scope, messages: Sequence[Message]) -> int:
    """Record the messages that were not told yet and that a subscriber wants; return how many.

    The topic of notices is claimed, so nobody else tells of the same meanwhile.
    """
    if not messages:
        return 0
    tenant = Scope(scope.tenant_id)
    await stamps.claim(writer, tenant, notices.TOPIC)
    told = await notices.known(writer, tenant, {each.key for each in messages})
    heard = await subscribers.load(writer, tenant)
    meant = {each.key: (each, _subscribers(each, heard)) for each in messages if each.key not in told}
    new = [(message, whom) for message, whom in meant.values() if whom]
    if not new:
        return 0
    rows = [
        {
            "key": message.key,
            "kind": message.about.kind.value,
            "unit_id": message.unit.id,
            "payload": message.payload(writer.now),
        }
        for message, _ in new
    ]
    ids = await notices.record(writer, tenant, rows)
    pairs = [(id, who) for id, (_, whom) in zip(ids, new, strict=True) for who in whom]
    await deliveries.add(writer, tenant, pairs)
    await stamps.advance(writer, tenant, notices.TOPIC)
    return len(ids)


def _subscribers(message: Message, heard: Sequence[SubscriberRecord]) -> list[int]:
    return [
        each.id
        for each in heard
        if (each.unit_id is None or each.unit_id in message.above)
        and any(want.matches(message.about) for want in wants_of(each.kinds))
    ]
