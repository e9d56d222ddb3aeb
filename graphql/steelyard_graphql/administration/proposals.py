"""Proposals: deeds that wait until somebody else than who drafted them consents."""

from __future__ import annotations

import datetime
from enum import Enum
from typing import Annotated, Self

import strawberry

from steelyard.errors import NotFound, Problem, Text
from steelyard.services.administration import decide, listing
from steelyard.services.administration.problems import PROPOSAL_NOT_FOUND
from steelyard.store.proposals import ProposalRecord
from steelyard.store.proposals import ProposalState as State
from steelyard_graphql.connections import First, PageArguments, check, size_of
from steelyard_graphql.context import Info, RequestContext
from steelyard_graphql.faults import Problem as Refusal
from steelyard_graphql.fields import computed
from steelyard_graphql.ids import global_id
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.mutations import mutation
from steelyard_graphql.nodes import Node


@strawberry.enum(description="What became of a proposal.")
class ProposalState(Enum):
    """The states of the store."""

    OPEN = strawberry.enum_value(State.OPEN.value, description="It waits for a decision.")
    APPROVED = strawberry.enum_value(State.APPROVED.value, description="Somebody consented; it is done.")
    REJECTED = strawberry.enum_value(State.REJECTED.value, description="Somebody refused; it is not done.")
    WITHDRAWN = strawberry.enum_value(State.WITHDRAWN.value, description="Who drafted it took it back.")


@strawberry.type(description="An administrative act that waits, or waited, for a second person's consent.")
class Proposal(Node):
    """A proposal."""

    number: int = strawberry.field(description="Its number, by which it is decided on.")
    deed: str = strawberry.field(description="What is to be done, e.g. `unit.move`.")
    subject: str = strawberry.field(description="To what it is to be done, e.g. `unit:B01`.")
    input: str = strawberry.field(description="What exactly is to be done, as canonical JSON.")
    reason: str = strawberry.field(description="Why, in the words of who drafted it.")
    drafted_by: str = strawberry.field(description="The code of the account that drafted it.")
    drafted_at: datetime.datetime = strawberry.field(description="When it was drafted.")
    state: ProposalState = strawberry.field(description="What became of it.")
    decided_by: str | None = strawberry.field(description="The code of the account that decided.")
    decided_at: datetime.datetime | None = strawberry.field(description="When it was decided.")
    decision_reason: str | None = strawberry.field(description="Why it was decided so.")
    words: strawberry.Private[Text]

    @computed("What is to be done, in words.")
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title of the deed in the language asked for."""
        return said(self.words, locale)

    @classmethod
    def of(cls, record: ProposalRecord) -> Self:
        """Show a proposal."""
        return cls(
            id=strawberry.ID(global_id("Proposal", str(record.id))),
            number=record.id,
            deed=record.deed,
            subject=record.subject,
            input=record.input,
            reason=record.reason,
            drafted_by=record.drafted_by,
            drafted_at=record.drafted_at,
            state=ProposalState(record.state.value),
            decided_by=record.decided_by,
            decided_at=record.decided_at,
            decision_reason=record.decision_reason,
            words=listing.title_of(record.deed),
        )


async def find_proposal(context: RequestContext, number: str) -> Proposal:
    """Return one proposal; NotFound (PROPOSAL_NOT_FOUND)."""
    if number.isdecimal() and len(number) <= 18:
        return Proposal.of(await listing.proposal(*context.seat, number=int(number)))
    raise NotFound(Problem(PROPOSAL_NOT_FOUND, values={"proposal": number[:20]}))


@strawberry.input(description="Decide on a proposal.")
class DecideInput:
    """A decision."""

    proposal: int = strawberry.field(description="The number of the proposal.")
    reason: str = strawberry.field(description="Why, in your own words: it stands in the act.")


@strawberry.type(description="A proposal was decided on.")
class ProposalDecided:
    """The success of a decision."""

    proposal: Proposal = strawberry.field(description="The proposal as it stands now.")


ProposalResult = Annotated[
    ProposalDecided | Refusal,
    strawberry.union("ProposalResult", description="What became of the proposal, or what is wrong."),
]
Decision = Annotated[DecideInput, strawberry.argument(description="Which proposal, and why.")]


@strawberry.type
class ProposalQueries:
    """The queries about proposals."""

    @computed("Proposals that one drafted, may decide on, or sees as one who may see acts; the latest first.")
    async def proposals(
        self,
        info: Info,
        state: Annotated[
            ProposalState | None, strawberry.argument(description="Only proposals of which this became.")
        ] = None,
        first: First = None,
    ) -> list[Proposal] | None:
        """Return proposals."""
        wanted = None if state is None else State(str(state.value))
        asked = PageArguments(first)
        check(asked)
        found = await listing.proposals_before(*info.context.seat, state=wanted, limit=size_of(asked))
        return [Proposal.of(record) for record in found]


@strawberry.type
class ProposalMutations:
    """The mutations about proposals: each needs the permission of the deed, checked when it is done."""

    @mutation(
        "Consent to a proposal, which is done then. Needs the permission of the deed, and another person."
    )
    async def approve_proposal(self, info: Info, input: Decision) -> ProposalResult:
        """Approve a proposal."""
        await decide.approve(*info.context.seat, input.proposal, reason=input.reason)
        return await _decided(info.context, input)

    @mutation(
        "Refuse a proposal, which is not done then. Needs the permission of the deed, and another person."
    )
    async def reject_proposal(self, info: Info, input: Decision) -> ProposalResult:
        """Reject a proposal."""
        await decide.reject(*info.context.seat, input.proposal, reason=input.reason)
        return await _decided(info.context, input)

    @mutation("Take back one's own proposal.")
    async def withdraw_proposal(self, info: Info, input: Decision) -> ProposalResult:
        """Withdraw a proposal."""
        await decide.withdraw(*info.context.seat, input.proposal, reason=input.reason)
        return await _decided(info.context, input)


async def _decided(context: RequestContext, input: DecideInput) -> ProposalDecided:
    context.renew()
    return ProposalDecided(proposal=await find_proposal(context, str(input.proposal)))
