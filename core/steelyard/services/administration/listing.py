"""Listing acts and proposals."""

from __future__ import annotations

from typing import Any

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import NotFound
from steelyard.services.administration.deed import Deed, deed_from
from steelyard.services.administration.registry import DEEDS
from steelyard.services.context import View
from steelyard.store import acts, proposals
from steelyard.store.acts import ActRecord, ChainEnd
from steelyard.store.proposals import ProposalRecord, ProposalState
from steelyard.store.transaction import Reader

AT_MOST = 100
"""How many are listed at a time."""


async def acts_before(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    before: int | None = None,
    limit: int = AT_MOST,
    deed: str | None = None,
    subject: str | None = None,
    by: str | None = None,
) -> list[ActRecord]:
    """Acts, the latest first: those with a lower number than `before`. Needs act.read."""
    actor.require(Permission.ACT_READ)
    async with view.context.database.read(scope) as reader:
        return await acts.load(
            reader, scope, before=before, limit=limit, deed=deed, subject=subject, actor=by
        )


async def head(view: View, actor: Actor, scope: Scope) -> ChainEnd:
    """Where the tenant's chain ends. Needs act.read."""
    actor.require(Permission.ACT_READ)
    async with view.context.database.read(scope) as reader:
        return await acts.end(reader, scope)


async def proposals_before(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    state: ProposalState | None = None,
    before: int | None = None,
    limit: int = AT_MOST,
) -> list[ProposalRecord]:
    """Proposals that the actor may see, the latest first: those with a lower id than `before`.

    Who may see one: who drafted it, who may decide on it, and whoever has act.read.
    """
    seen: list[ProposalRecord] = []
    async with view.context.database.read(scope) as reader:
        while len(seen) < limit:
            found = await proposals.load(reader, scope, state=state, before=before, limit=AT_MOST)
            seen += [each for each in found if await may_see(reader, actor, scope, each)]
            if len(found) < AT_MOST:
                break
            before = found[-1].id
    return seen[:limit]


async def may_see(reader: Reader, actor: Actor, scope: Scope, proposal: ProposalRecord) -> bool:
    """Tell whether an actor may know of a proposal."""
    if proposal.drafted_by == actor.id or actor.may(Permission.ACT_READ):
        return True
    return await may_do(reader, actor, scope, deed_of(proposal))


async def may_do(reader: Reader, actor: Actor, scope: Scope, deed: Deed[Any]) -> bool:
    """Tell whether an actor has the permission where a deed needs it."""
    try:
        return actor.may(deed.permission, await deed.where(reader, scope))
    except NotFound:
        return False


def deed_of(proposal: ProposalRecord) -> Deed[Any]:
    """The deed that is proposed."""
    return deed_from(DEEDS[proposal.deed], proposal.input)
