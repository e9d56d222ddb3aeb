"""The mutations about exemptions and objections; each does one deed."""

from __future__ import annotations

import datetime
from typing import Annotated

import strawberry

from steelyard.access.permissions import Permission
from steelyard.services import exemptions, objections, structure
from steelyard.services.administration.deed import Deed
from steelyard.services.administration.objections import DecideObjection, WithdrawObjection
from steelyard.store.exemptions import ExemptionRecord
from steelyard.store.objections import ObjectionRecord, ObjectionState
from steelyard_graphql.administration.deeds import ProposalMade, done
from steelyard_graphql.administration.results import Acted
from steelyard_graphql.context import Info, RequestContext
from steelyard_graphql.exemptions import Exemption
from steelyard_graphql.faults import Problem
from steelyard_graphql.mutations import mutation
from steelyard_graphql.objections import Objection

WHY = "Why, in your own words: it stands in the act."
SEEN = "The revision of the objection that was looked at."


@strawberry.input(description="Exempt a unit: of node and rule one is named.")
class GrantExemptionInput:
    """What is to be granted."""

    scheme: str = strawberry.field(description="The code of the scheme.")
    unit: str = strawberry.field(description="The code of the unit; those below it are exempt, too.")
    node: str | None = strawberry.field(
        default=None, description="The code of the indicator, with all below it."
    )
    rule: str | None = strawberry.field(default=None, description="The id of the rule.")
    starts: datetime.date = strawberry.field(
        description="It holds in periods that begin on this day or later."
    )
    expires: datetime.date = strawberry.field(
        description="It holds in no period that begins on this day or later."
    )
    reason: str = strawberry.field(description=WHY)


@strawberry.input(description="End an exemption before it expires.")
class EndExemptionInput:
    """What is to be ended."""

    number: int = strawberry.field(description="The number of the exemption.")
    ended: datetime.date = strawberry.field(
        description="It holds in no period that begins on this day or later."
    )
    reason: str = strawberry.field(description=WHY)


@strawberry.input(description="Object to the final result of a unit.")
class FileObjectionInput:
    """What is said against what."""

    scheme: str = strawberry.field(description="The code of the scheme.")
    unit: str = strawberry.field(description="The code of the rated unit.")
    period: str = strawberry.field(description="The code of a closed period.")
    node: str | None = strawberry.field(
        default=None, description="The code of an indicator; the result as a whole if left out."
    )
    reason: str = strawberry.field(description="What is wrong with the result.")


@strawberry.input(description="Take back an objection.")
class WithdrawObjectionInput:
    """Which one."""

    number: str = strawberry.field(description="The number of the objection.")
    revision: int = strawberry.field(description=SEEN)
    reason: str = strawberry.field(description=WHY)


@strawberry.input(description="Decide on an objection.")
class DecideObjectionInput:
    """A decision."""

    number: str = strawberry.field(description="The number of the objection.")
    revision: int = strawberry.field(description=SEEN)
    accepted: bool = strawberry.field(
        description="Whether the result is to be corrected. No result changes by the decision itself."
    )
    reason: str = strawberry.field(description=WHY)


@strawberry.type(description="An exemption was granted or ended.")
class ExemptionChanged(Acted):
    """The success of mutations on exemptions."""

    exemption: Exemption = strawberry.field(description="The exemption as it is now.")


@strawberry.type(description="An objection was filed, withdrawn or decided on.")
class ObjectionChanged(Acted):
    """The success of mutations on objections."""

    objection: Objection = strawberry.field(description="The objection as it is now.")


ExemptionResult = Annotated[
    ExemptionChanged | ProposalMade | Problem,
    strawberry.union("ExemptionResult", description="What was done, what waits, or what is wrong."),
]
ObjectionResult = Annotated[
    ObjectionChanged | ProposalMade | Problem,
    strawberry.union("ObjectionResult", description="What was done, what waits, or what is wrong."),
]


@strawberry.type
class ClosingMutations:
    """The mutations about exemptions and objections."""

    @mutation(
        "Exempt a unit from an indicator or a rule until a day; closed periods stay as they are.",
        needs=Permission.EXEMPTION_GRANT,
    )
    async def grant_exemption(
        self, info: Info, input: Annotated[GrantExemptionInput, strawberry.argument(description="What.")]
    ) -> ExemptionResult:
        """Grant an exemption."""
        deed = exemptions.granting(
            info.context.view,
            scheme=input.scheme,
            unit=input.unit,
            node=input.node,
            rule=input.rule,
            starts=input.starts,
            expires=input.expires,
            why=input.reason,
        )
        return await _exemption(info.context, deed, input.reason)

    @mutation("End an exemption early; closed periods stay as they are.", needs=Permission.EXEMPTION_GRANT)
    async def end_exemption(
        self, info: Info, input: Annotated[EndExemptionInput, strawberry.argument(description="Which.")]
    ) -> ExemptionResult:
        """End an exemption."""
        view, _, scope = info.context.seat
        deed = await exemptions.ending(view, scope, number=input.number, ended=input.ended, why=input.reason)
        return await _exemption(info.context, deed, input.reason)

    @mutation("Object to the final result of a unit, in time.", needs=Permission.OBJECTION_FILE)
    async def file_objection(
        self, info: Info, input: Annotated[FileObjectionInput, strawberry.argument(description="What.")]
    ) -> ObjectionResult:
        """File an objection."""
        deed = await objections.filing(
            *info.context.seat,
            scheme=input.scheme,
            unit=input.unit,
            period=input.period,
            node=input.node,
            why=input.reason,
        )
        return await _objection(info.context, deed, input.reason)

    @mutation("Take back an objection that one filed.", needs=Permission.OBJECTION_FILE)
    async def withdraw_objection(
        self, info: Info, input: Annotated[WithdrawObjectionInput, strawberry.argument(description="Which.")]
    ) -> ObjectionResult:
        """Withdraw an objection."""
        deed = WithdrawObjection(input.number, input.revision, input.reason)
        return await _objection(info.context, deed, input.reason)

    @mutation(
        "Accept or reject an objection: not one's own, and not of a unit that one is rated with.",
        needs=Permission.OBJECTION_DECIDE,
    )
    async def decide_objection(
        self, info: Info, input: Annotated[DecideObjectionInput, strawberry.argument(description="How.")]
    ) -> ObjectionResult:
        """Decide on an objection."""
        decision = ObjectionState.ACCEPTED if input.accepted else ObjectionState.REJECTED
        deed = DecideObjection(input.number, input.revision, decision.value, input.reason)
        return await _objection(info.context, deed, input.reason)


async def _exemption(
    context: RequestContext, deed: Deed[ExemptionRecord], reason: str
) -> ExemptionChanged | ProposalMade:
    outcome = await done(context, deed, reason)
    if isinstance(outcome, ProposalMade):
        return outcome
    seen = await structure.load(*context.seat)
    record = outcome.result
    return ExemptionChanged(exemption=Exemption.of(record, seen.unit_by_id(record.unit_id)), act=outcome.act)


async def _objection(
    context: RequestContext, deed: Deed[ObjectionRecord], reason: str
) -> ObjectionChanged | ProposalMade:
    outcome = await done(context, deed, reason)
    if isinstance(outcome, ProposalMade):
        return outcome
    found = await objections.find_objection(*context.seat, outcome.result.number)
    return ObjectionChanged(objection=Objection.of(found), act=outcome.act)
