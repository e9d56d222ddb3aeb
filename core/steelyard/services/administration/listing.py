"""Listing acts, proposals and persons."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import NotFound, Problem, Text
from steelyard.services.administration.beginning import BEGIN
from steelyard.services.administration.deed import Deed, deed_from
from steelyard.services.administration.problems import PERSON_NOT_FOUND, PROPOSAL_NOT_FOUND
from steelyard.services.administration.proposal import APPROVE, DRAFT, REJECT, WITHDRAW
from steelyard.services.administration.registry import DEEDS
from steelyard.services.administration.texts import shown
from steelyard.services.context import View
from steelyard.store import acts, persons, proposals
from steelyard.store.acts import ActRecord, ChainEnd
from steelyard.store.persons import PersonRecord
from steelyard.store.proposals import ProposalRecord, ProposalState
from steelyard.store.transaction import Reader

AT_MOST = 100
"""How many are listed at a time."""
TITLES: Mapping[str, Text] = MappingProxyType(
    {
        BEGIN: Text("开始记录", "Begin the chain"),
        DRAFT: Text("提交复核", "Draft a proposal"),
        APPROVE: Text("同意提议", "Approve a proposal"),
        REJECT: Text("拒绝提议", "Reject a proposal"),
        WITHDRAW: Text("撤回提议", "Withdraw a proposal"),
        "sample.load": Text("载入示例", "Load samples"),
        "measurement.import": Text("导入度量", "Import measurements"),
        "measurement.record": Text("录入度量", "Record a measurement"),
        "assessment.begin": Text("开始评估", "Begin an assessment"),
    }
)
"""Acts that are no deeds by themselves."""


def title_of(deed: str) -> Text:
    """What an act of that name did, in words."""
    kind = DEEDS.get(deed)
    return TITLES.get(deed, Text(deed, deed)) if kind is None else kind.title


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


async def act(view: View, actor: Actor, scope: Scope, number: int) -> ActRecord | None:
    """One act by its number. Needs act.read."""
    actor.require(Permission.ACT_READ)
    async with view.context.database.read(scope) as reader:
        return await acts.find(reader, scope, number)


async def count_acts(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    before: int | None = None,
    deed: str | None = None,
    subject: str | None = None,
    by: str | None = None,
) -> tuple[int, int]:
    """How many acts there are, and how many of them have a lower number than `before`. Needs act.read."""
    actor.require(Permission.ACT_READ)
    async with view.context.database.read(scope) as reader:
        return await acts.count(reader, scope, before=before, deed=deed, subject=subject, actor=by)


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
    limit: int = AT_MOST,
) -> list[ProposalRecord]:
    """Proposals that the actor may see, the latest first.

    Who may see one: who may do what it proposes, and whoever has act.read.
    """
    seen: list[ProposalRecord] = []
    before: ProposalRecord | None = None
    async with view.context.database.read(scope) as reader:
        while len(seen) < limit:
            found = await proposals.load(reader, scope, state=state, before=before, limit=AT_MOST)
            seen += [each for each in found if await may_see(reader, actor, scope, each)]
            if len(found) < AT_MOST:
                break
            before = found[-1]
    return seen[:limit]


async def proposal(view: View, actor: Actor, scope: Scope, number: int) -> ProposalRecord:
    """One proposal that the actor may see; NotFound (PROPOSAL_NOT_FOUND)."""
    async with view.context.database.read(scope) as reader:
        for found in await proposals.load(reader, scope, ids=[number]):
            if await may_see(reader, actor, scope, found):
                return found
    raise NotFound(Problem(PROPOSAL_NOT_FOUND, values={"proposal": number}))


async def persons_after(
    view: View, actor: Actor, scope: Scope, *, after: str | None = None, limit: int = AT_MOST
) -> tuple[list[PersonRecord], int]:
    """Persons by pseudonym, those behind `after`, and how many there are in all. Needs person.read."""
    actor.require(Permission.PERSON_READ)
    async with view.context.database.read(scope) as reader:
        found = await persons.load(reader, scope, after=after, limit=limit)
        return found, await persons.count(reader, scope)


async def persons_of(view: View, actor: Actor, scope: Scope, ids: Collection[int]) -> dict[int, PersonRecord]:
    """Persons by database id. Needs person.read."""
    actor.require(Permission.PERSON_READ)
    async with view.context.database.read(scope) as reader:
        return {each.id: each for each in await persons.load(reader, scope, ids=ids)}


async def person(view: View, actor: Actor, scope: Scope, pseudonym: str) -> PersonRecord:
    """One person; NotFound (PERSON_NOT_FOUND). Needs person.read."""
    actor.require(Permission.PERSON_READ)
    async with view.context.database.read(scope) as reader:
        for found in await persons.load(reader, scope, pseudonyms=[pseudonym]):
            return found
    raise NotFound(Problem(PERSON_NOT_FOUND, values={"person": shown(pseudonym)}))


async def may_see(reader: Reader, actor: Actor, scope: Scope, proposal: ProposalRecord) -> bool:
    """Tell whether an actor may know of a proposal."""
    # Having drafted it is not enough: an account's token may leave less than the account has.
    return actor.may(Permission.ACT_READ) or await may_do(reader, actor, scope, deed_of(proposal))


async def may_do(reader: Reader, actor: Actor, scope: Scope, deed: Deed[Any]) -> bool:
    """Tell whether an actor has the permission where a deed needs it."""
    try:
        return actor.may(deed.permission, await deed.where(reader, scope))
    except NotFound:
        return False


def deed_of(proposal: ProposalRecord) -> Deed[Any]:
    """The deed that is proposed."""
    return deed_from(DEEDS[proposal.deed], proposal.input)
