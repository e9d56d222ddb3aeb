"""The chain of acts: each act's hash covers the act and the hash of the one before it.

Where rows are there before the first act, that act takes them over (`chain.begin`): from then on every
row that is governed has an act.
"""

from __future__ import annotations

from typing import Any

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.services.administration.beginning import BEGIN, begin
from steelyard.services.administration.canonical import canonical, digest, state_text
from steelyard.services.administration.deed import Change
from steelyard.store import acts, stamps
from steelyard.store.acts import ActRecord, ChainEnd
from steelyard.store.transaction import Writer


def act_hash(tenant: str, act: ActRecord) -> str:
    """The sha256 in hex of an act of the tenant with that code, the hash before it included."""
    return digest(
        canonical(
            [
                tenant,
                act.number,
                act.acted_at.isoformat(timespec="microseconds"),
                act.actor,
                act.drafted_by,
                act.deed,
                act.subject,
                act.reason,
                act.before,
                act.after,
                act.previous,
            ]
        )
    )


def first_previous(tenant: str) -> str:
    """What stands for the hash before a tenant's first act."""
    return digest(tenant)


async def append(
    writer: Writer,
    scope: Scope,
    actor: Actor,
    deed: str,
    change: Change[Any],
    *,
    reason: str,
    drafted_by: str | None = None,
) -> ActRecord:
    """Append an act to the tenant's chain, in the transaction of what it tells.

    Claims the topic `acts`, so nothing else may be claimed after it: whoever appends does it last.
    """
    await stamps.claim(writer, scope, stamps.ACTS)
    end = await acts.end(writer, scope)
    if end.hash is None:
        begun = await begin(writer, scope, change)
        if begun is not None:
            first = await _add(writer, scope, actor, end, BEGIN, begun, reason=reason, drafted_by=None)
            end = ChainEnd(end.tenant, first.number, first.hash)
    act = await _add(writer, scope, actor, end, deed, change, reason=reason, drafted_by=drafted_by)
    await stamps.advance(writer, scope, stamps.ACTS)
    return act


async def _add(
    writer: Writer,
    scope: Scope,
    actor: Actor,
    end: ChainEnd,
    deed: str,
    change: Change[Any],
    *,
    reason: str,
    drafted_by: str | None,
) -> ActRecord:
    act = ActRecord(
        number=end.number + 1,
        acted_at=writer.now,
        actor=actor.id,
        drafted_by=drafted_by,
        deed=deed,
        subject=change.subject,
        reason=reason,
        before=state_text(change.before),
        after=state_text(change.after),
        previous=first_previous(end.tenant) if end.hash is None else end.hash,
        hash="",
    )
    act = act.hashed(act_hash(end.tenant, act))
    await acts.add(writer, scope, act)
    return act
