"""Retention: notices are kept for a while, and what could not be delivered is given up before.

The policy `notice_days` says for how long. Little is removed at a time, so that nobody waits for it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from steelyard.access.scope import Scope
from steelyard.services.administration import policy
from steelyard.services.context import View
from steelyard.store import deliveries, notices, stamps

BATCH = 500
"""Of notices that are removed in one transaction, and of deliveries that are given up."""


async def clear(view: View, scope: Scope, now: datetime | None = None) -> int:
    """Give up what waited too long and remove a tenant's notices that are old; return how many were removed.

    What still waits for somebody stays, however old.
    """
    tenant, now = Scope(scope.tenant_id), now or datetime.now(UTC)
    days = (await policy.current(view, tenant)).notice_days
    overdue, old = now - timedelta(days=days.waiting), now - timedelta(days=days.told)
    database, removed = view.context.database, 0
    while True:
        async with database.write(tenant) as writer:
            if await deliveries.give_up(writer, tenant, overdue, BATCH) < BATCH:
                break
    while True:
        async with database.write(tenant) as writer:
            # Who sends a notice again, or tells of the same, waits for its turn.
            await stamps.claim(writer, tenant, notices.TOPIC)
            count = await notices.remove(writer, tenant, old, BATCH)
        removed += count
        if count < BATCH:
            return removed
