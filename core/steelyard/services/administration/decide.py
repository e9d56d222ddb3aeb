"""Deciding on proposals: approved by another person, rejected by one, or withdrawn by who drafted it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, Forbidden, NotFound, Problem
from steelyard.services.administration import chain
from steelyard.services.administration import problems as p
from steelyard.services.administration.afresh import checked
from steelyard.services.administration.canonical import state_text
from steelyard.services.administration.deed import Change
from steelyard.services.administration.listing import deed_of, may_see
from steelyard.services.administration.perform import Performed, apply, claimed, refuse_problems
from steelyard.services.administration.proposal import (
    APPROVE,
    DRAFT,
    REJECT,
    WITHDRAW,
    proposal_state,
    proposal_subject,
)
from steelyard.services.administration.texts import reason_problems
from steelyard.services.context import View
from steelyard.store import acts, principals, proposals, stamps
from steelyard.store.proposals import ProposalRecord, ProposalState
from steelyard.store.transaction import Writer


async def approve(view: View, actor: Actor, scope: Scope, proposal: int, *, reason: str) -> Performed[Any]:
    """Do what was proposed: the act names who drafted it.

    Raises NotFound, Conflict where it was decided already, Forbidden (SECOND_PERSON) for who drafted it, also
    through another account, Conflict (PROPOSAL_OUTDATED) where it does not fit the packs that are installed
    by now, and whatever the deed raises as things stand now; then it stays open.
    """
    refuse_problems([*reason_problems(reason)])
    seen = await _seen(view, actor, scope, proposal)
    deed = deed_of(seen)
    if seen.state is ProposalState.OPEN:
        deed = await checked(view, actor, scope, proposal, deed)
    async with claimed(view, scope, deed.topics) as writer:
        found = await _open(writer, scope, proposal)
        await _require_other(writer, scope, actor, found)
        change = await apply(writer, actor, scope, deed)
        await _record(writer, scope, actor, found, ProposalState.APPROVED, reason)
        act = await chain.append(
            writer, scope, actor, deed.name, change, reason=found.reason, drafted_by=found.drafted_by
        )
    await deed.settle(view.context.content, change.result)
    return Performed(act, change.result)


async def reject(view: View, actor: Actor, scope: Scope, proposal: int, *, reason: str) -> ProposalRecord:
    """Decide that a proposal is not done; needs the permission of the deed, and another person."""
    refuse_problems([*reason_problems(reason)])
    deed = deed_of(await _seen(view, actor, scope, proposal))
    async with claimed(view, scope, ()) as writer:
        found = await _open(writer, scope, proposal)
        actor.require(deed.permission, await deed.where(writer, scope))
        await _require_other(writer, scope, actor, found)
        return await _record(writer, scope, actor, found, ProposalState.REJECTED, reason)


async def withdraw(view: View, actor: Actor, scope: Scope, proposal: int, *, reason: str) -> ProposalRecord:
    """Take back one's own proposal, with the deed's permission; Forbidden (ONLY_THE_DRAFTER) for others."""
    refuse_problems([*reason_problems(reason)])
    deed = deed_of(await _seen(view, actor, scope, proposal))
    async with claimed(view, scope, ()) as writer:
        found = await _open(writer, scope, proposal)
        if found.drafted_by != actor.id:
            raise Forbidden(Problem(p.ONLY_THE_DRAFTER, values={"proposal": proposal}))
        actor.require(deed.permission, await deed.where(writer, scope))
        return await _record(writer, scope, actor, found, ProposalState.WITHDRAWN, reason)


async def _seen(view: View, actor: Actor, scope: Scope, proposal: int) -> ProposalRecord:
    async with view.context.database.read(scope) as reader:
        for found in await proposals.load(reader, scope, ids=[proposal]):
            if await may_see(reader, actor, scope, found):
                return found
    raise NotFound(Problem(p.PROPOSAL_NOT_FOUND, values={"proposal": proposal}))


async def _open(writer: Writer, scope: Scope, proposal: int) -> ProposalRecord:
    """The proposal, under the lock of the policies: as it was drafted, and not yet decided."""
    await stamps.claim(writer, scope, stamps.POLICIES)
    [found] = await proposals.load(writer, scope, ids=[proposal])
    if found.state is not ProposalState.OPEN:
        values = {"proposal": proposal, "state": found.state.value}
        raise Conflict(Problem(p.PROPOSAL_DECIDED, values=values))
    drafted = await acts.load(writer, scope, subject=proposal_subject(proposal), deed=DRAFT, limit=1)
    if not drafted or drafted[0].after != state_text(proposal_state(found)):
        raise Conflict(Problem(p.PROPOSAL_ALTERED, values={"proposal": proposal}))
    return found


async def _require_other(writer: Writer, scope: Scope, actor: Actor, found: ProposalRecord) -> None:
    if await principals.same(writer, scope, actor.id, found.drafted_by):
        values = {"proposal": found.id, "drafter": found.drafted_by}
        raise Forbidden(Problem(p.SECOND_PERSON, values=values))


async def _record(
    writer: Writer, scope: Scope, actor: Actor, found: ProposalRecord, state: ProposalState, reason: str
) -> ProposalRecord:
    await proposals.decide(writer, scope, found.id, state, decided_by=actor.id, reason=reason)
    decided = replace(found, state=state, decided_by=actor.id, decided_at=writer.now, decision_reason=reason)
    change = Change(proposal_subject(found.id), proposal_state(found), proposal_state(decided), None)
    await chain.append(writer, scope, actor, _DEEDS[state], change, reason=reason)
    return decided


_DEEDS = {
    ProposalState.APPROVED: APPROVE,
    ProposalState.REJECTED: REJECT,
    ProposalState.WITHDRAWN: WITHDRAW,
}
