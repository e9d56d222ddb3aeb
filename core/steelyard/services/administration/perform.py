"""Performing deeds: permission, second person, the change, its act and its stamps in one transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput, Problem
from steelyard.services.administration import chain, policy
from steelyard.services.administration.deed import Change, Deed, input_of
from steelyard.services.administration.proposal import DRAFT, proposal_state, proposal_subject
from steelyard.services.administration.texts import reason_problems
from steelyard.services.context import View
from steelyard.store import proposals, stamps
from steelyard.store.acts import ActRecord
from steelyard.store.proposals import ProposalRecord
from steelyard.store.transaction import Writer

R = TypeVar("R")
ORDER = (
    stamps.TENANTS,
    stamps.STRUCTURE,
    stamps.RUNS,
    stamps.CLOSED,
    stamps.PERSONS,
    stamps.ACCESS,
    stamps.POLICIES,
)
"""The order in which topics are claimed; others come between structure and runs, the chain last."""


@dataclass(frozen=True, slots=True)
class Performed(Generic[R]):
    """A deed that was done: its act, and what its caller is given."""

    act: ActRecord
    result: R


class _Waits(Exception):
    """Takes back a deed that needs a second person's consent."""

    def __init__(self, subject: str) -> None:
        self.subject = subject


async def perform(
    view: View, actor: Actor, scope: Scope, deed: Deed[R], *, reason: str
) -> Performed[R] | ProposalRecord:
    """Do a deed and record its act, or record a proposal where a second person is to consent.

    A proposal is recorded only of what could be done as things stand. Raises InvalidInput (all problems of
    reason and input), NotFound, Forbidden, and what the deed raises.
    """
    refuse_problems([*reason_problems(reason), *deed.problems()])
    try:
        async with claimed(view, scope, deed.topics) as writer:
            # Under the lock of the policies, so that one set before this act holds for it.
            await stamps.claim(writer, scope, stamps.POLICIES)
            asked = (await policy.read(writer, scope)).second_person
            change = await apply(writer, actor, scope, deed)
            if deed.waits(asked):
                raise _Waits(change.subject)
            act = await chain.append(writer, scope, actor, deed.name, change, reason=reason)
    except _Waits as waits:
        return await _propose(view, actor, scope, deed, waits.subject, reason)
    await deed.settle(view.context.content, change.result)
    return Performed(act, change.result)


def refuse_problems(problems: Sequence[Problem]) -> None:
    """Raise InvalidInput if there are any."""
    if problems:
        raise InvalidInput(problems)


async def apply(writer: Writer, actor: Actor, scope: Scope, deed: Deed[R]) -> Change[R]:
    """Check the permission where the deed says and apply it; the caller holds its topics."""
    actor.require(deed.permission, await deed.where(writer, scope))
    return await deed.apply(writer, scope, actor)


@asynccontextmanager
async def claimed(view: View, scope: Scope, topics: Sequence[str]) -> AsyncIterator[Writer]:
    """Write while holding topics, which are raised at the end; then the view looks again."""
    async with view.context.database.write(scope) as writer:
        for topic in sorted(set(topics), key=_turn):
            await stamps.claim(writer, scope, topic)
        yield writer
        for topic in sorted(set(topics), key=_turn):
            await stamps.advance(writer, scope, topic)
    view.renew()


def _turn(topic: str) -> tuple[float, str]:
    return (ORDER.index(topic) if topic in ORDER else 1.5), topic


async def _propose(
    view: View, actor: Actor, scope: Scope, deed: Deed[Any], subject: str, reason: str
) -> ProposalRecord:
    async with claimed(view, scope, ()) as writer:
        drafted = await proposals.draft(
            writer,
            scope,
            deed=deed.name,
            subject=subject,
            input=input_of(deed),
            reason=reason,
            drafted_by=actor.id,
        )
        change = Change(proposal_subject(drafted.id), None, proposal_state(drafted), None)
        await chain.append(writer, scope, actor, DRAFT, change, reason=reason)
    return drafted
