"""Deeds as mutations: each does one deed, or says that it waits, or what is wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

import strawberry

from steelyard.access.permissions import Permission
from steelyard.services.administration.deed import Deed
from steelyard.services.administration.perform import perform
from steelyard.store.proposals import ProposalRecord
from steelyard_graphql.administration.acts import Act
from steelyard_graphql.administration.inputs import deed_of, input_type
from steelyard_graphql.administration.proposals import Proposal
from steelyard_graphql.context import Info, RequestContext
from steelyard_graphql.mutations import mutation

R = TypeVar("R")
D = TypeVar("D", bound=Deed[Any])


@strawberry.type(description="Somebody else has to consent before it is done.")
class ProposalMade:
    """A deed that waits."""

    proposal: Proposal = strawberry.field(description="What waits for a second person.")


@dataclass(frozen=True, slots=True)
class Done(Generic[R]):
    """What a deed gave, and its act, which is None for those who may not see acts."""

    result: R
    act: Act | None


async def done(context: RequestContext, deed: Deed[R], reason: str) -> Done[R] | ProposalMade:
    """Do a deed; after it the request reads what it wrote."""
    outcome = await perform(*context.seat, deed, reason=reason)
    context.renew()
    if isinstance(outcome, ProposalRecord):
        return ProposalMade(proposal=Proposal.of(outcome))
    seen = context.actor.may(Permission.ACT_READ)
    return Done(outcome.result, Act.of(outcome.act) if seen else None)


def deed_mutation(
    kind: type[D], answer: Any, show: Callable[[RequestContext, D, Done[Any]], Awaitable[object]]
) -> Any:
    """A mutation that does deeds of a kind. answer: the union of its results. show: makes the success."""

    async def resolver(info: Any, input: Any) -> object:
        deed = deed_of(kind, input)
        outcome: Done[Any] | ProposalMade = await done(info.context, deed, input.reason)
        return outcome if isinstance(outcome, ProposalMade) else await show(info.context, deed, outcome)

    argument = strawberry.argument(description="What is to be done, and why.")
    resolver.__annotations__ = {
        "info": Info,
        "input": Annotated[input_type(kind), argument],
        "return": answer,
    }
    return mutation(f"{kind.title.en}.", needs=kind.permission)(resolver)
