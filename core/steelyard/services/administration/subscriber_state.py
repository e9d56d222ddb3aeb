"""Subscribers as subjects of acts.

An address may lead to a person or hold a key, and acts stay for good. So they tell of it by a seal made with
the subscriber's secret: it shows that an address was changed by hand, and once the subscriber is removed, and
the secret with it, it says nothing to anybody any more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from steelyard.access.scope import Scope
from steelyard.errors import NotFound, Problem
from steelyard.services.administration.canonical import State
from steelyard.services.administration.governed import Governed
from steelyard.services.notices.problems import SUBSCRIBER_NOT_FOUND
from steelyard.services.notices.signing import seal
from steelyard.store import subscribers, units
from steelyard.store.subscribers import SubscriberRecord, SubscriberState
from steelyard.store.transaction import Reader


async def _subscribers(reader: Reader, scope: Scope, keys: Collection[str] | None) -> Mapping[str, State]:
    numbers = None if keys is None else [int(key) for key in keys]
    found = await subscribers.load(reader, scope, numbers=numbers, removed=True)
    secrets = await subscribers.secrets(reader, scope, [each.id for each in found])
    placed = {each.unit_id for each in found if each.unit_id is not None}
    codes = await units.codes_of(reader, Scope(scope.tenant_id), placed) if placed else {}
    return {
        str(each.number): {
            "channel": each.channel.value,
            "address": seal(secrets[each.id], each.address) if each.id in secrets else None,
            "wants": [dict(want) for want in each.kinds],
            "unit": None if each.unit_id is None else codes[each.unit_id],
            "locale": each.locale,
            "state": each.state.value,
            "created_at": each.created_at.isoformat(timespec="microseconds"),
            "created_by": each.created_by,
        }
        for each in found
    }


SUBSCRIBER = Governed("subscriber", _subscribers)


async def find_subscriber(reader: Reader, scope: Scope, number: int) -> SubscriberRecord:
    """The subscriber of that number; NotFound (SUBSCRIBER_NOT_FOUND), also once it was removed."""
    for found in await subscribers.load(reader, scope, numbers=[number]):
        if found.state is not SubscriberState.REMOVED:
            return found
    raise NotFound(Problem(SUBSCRIBER_NOT_FOUND, values={"number": number}))
