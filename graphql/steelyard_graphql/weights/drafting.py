"""The mutations that draft weights, change and discard drafts, and publish them."""

from __future__ import annotations

from typing import Annotated

import strawberry

from steelyard.access.permissions import Permission
from steelyard.services.weights import drafting
from steelyard.services.weights.publishing import publication
from steelyard.services.weights.sets import SCHEMES_OWN
from steelyard_graphql.administration.deeds import ProposalMade, done
from steelyard_graphql.administration.results import Acted
from steelyard_graphql.context import Info
from steelyard_graphql.faults import Problem
from steelyard_graphql.mutations import mutation
from steelyard_graphql.weights.finding import BASE, GROUPS, PROPORTION, WEIGHTS, Asked, found_beside
from steelyard_graphql.weights.methods import GroupWeightsInput, WrittenWeightInput
from steelyard_graphql.weights.sets import WeightSet
from steelyard_graphql.weights.standards import STANDARDS_MOST, WeightStandardInput, standards

REVISION = "The revision of the draft that was looked at."
STANDARDS = (
    "Pass lines and targets in place of all that one sees; as they were if left out. They may come without"
    f" weights. At most {STANDARDS_MOST}."
)


@strawberry.input(description="Draft a weight set.")
class DraftWeightsInput:
    """What is to be drafted."""

    scheme: str = strawberry.field(description="The code of the scheme.")
    base: int = strawberry.field(default=SCHEMES_OWN, description=BASE)
    weights: list[WrittenWeightInput] = strawberry.field(default_factory=list, description=WEIGHTS)
    keep_proportion: bool = strawberry.field(default=False, description=PROPORTION)
    groups: list[GroupWeightsInput] = strawberry.field(default_factory=list, description=GROUPS)
    standards: list[WeightStandardInput] | None = strawberry.field(default=None, description=STANDARDS)
    reason: str = strawberry.field(description="Why, in your own words: it is kept with the set.")


@strawberry.input(description="Put weights in place of a draft's.")
class ChangeWeightDraftInput:
    """What is to be changed."""

    scheme: str = strawberry.field(description="The code of the scheme.")
    number: int = strawberry.field(description="The number of the draft.")
    revision: int = strawberry.field(description=REVISION)
    weights: list[WrittenWeightInput] = strawberry.field(default_factory=list, description=WEIGHTS)
    keep_proportion: bool = strawberry.field(default=False, description=PROPORTION)
    groups: list[GroupWeightsInput] = strawberry.field(default_factory=list, description=GROUPS)
    standards: list[WeightStandardInput] | None = strawberry.field(default=None, description=STANDARDS)
    reason: str | None = strawberry.field(
        default=None, description="Why, in your own words; as it was if left out."
    )


@strawberry.input(description="Drop a draft.")
class DiscardWeightDraftInput:
    """What is to be dropped."""

    scheme: str = strawberry.field(description="The code of the scheme.")
    number: int = strawberry.field(description="The number of the draft.")
    revision: int = strawberry.field(description=REVISION)


@strawberry.input(description="Let a draft decide from a period on.")
class PublishWeightsInput:
    """What is to be published."""

    scheme: str = strawberry.field(description="The code of the scheme.")
    number: int = strawberry.field(description="The number of the draft.")
    revision: int = strawberry.field(description=REVISION)
    period: str = strawberry.field(description="The code of the first period that it holds for.")
    seen: int = strawberry.field(
        default=SCHEMES_OWN,
        description="The number of the set that is in force in that period as one knows, 0 for the scheme's"
        " own weights: should another be by now, nothing is done.",
    )
    reason: str = strawberry.field(description="Why, in your own words: it stands in the act.")


@strawberry.type(description="A draft as it stands after a mutation.")
class WeightDraftKept:
    """The success of mutations on drafts."""

    weight_set: WeightSet = strawberry.field(description="The draft.")


@strawberry.type(description="A draft was dropped.")
class WeightDraftDiscarded:
    """The success of discardWeightDraft."""

    number: int = strawberry.field(description="The number that it had.")


@strawberry.type(description="A weight set was published.")
class WeightsPublished(Acted):
    """The success of publishWeights."""

    weight_set: WeightSet = strawberry.field(description="The set, which does not change any more.")


WeightDraftResult = Annotated[
    WeightDraftKept | Problem,
    strawberry.union("WeightDraftResult", description="The draft, or what is wrong."),
]
WeightDraftDiscardResult = Annotated[
    WeightDraftDiscarded | Problem,
    strawberry.union("WeightDraftDiscardResult", description="What was dropped, or what is wrong."),
]
WeightsPublishedResult = Annotated[
    WeightsPublished | ProposalMade | Problem,
    strawberry.union("WeightsPublishedResult", description="What was done, what waits, or what is wrong."),
]


@strawberry.type
class DraftMutations:
    """The mutations about weight sets."""

    @mutation(
        "Draft a weight set: weights are found as by `findWeights` and kept with how they were found, with"
        " pass lines and targets. A draft decides nothing.",
        needs=Permission.WEIGHTS_PROPOSE,
    )
    async def draft_weights(
        self,
        info: Info,
        input: Annotated[DraftWeightsInput, strawberry.argument(description="What is to be drafted.")],
    ) -> WeightDraftResult:
        """Draft a set."""
        context = info.context
        new = standards(input.standards)
        asked = Asked(input.scheme, input.base, input.weights, input.keep_proportion, input.groups)
        found = await found_beside(context, asked, new)
        record = await drafting.draft(
            *context.seat,
            scheme=input.scheme,
            weights=found.weights,
            reason=input.reason,
            base=input.base,
            standards=new,
            method=found.method,
        )
        context.renew()
        return WeightDraftKept(weight_set=WeightSet.of(record, found.entry))

    @mutation(
        "Put weights in place of a draft's, found as by `findWeights`; those not named stay. Or put pass"
        " lines and targets in place of its own. Refused where somebody else has changed it meanwhile.",
        needs=Permission.WEIGHTS_PROPOSE,
    )
    async def change_weight_draft(
        self,
        info: Info,
        input: Annotated[ChangeWeightDraftInput, strawberry.argument(description="What is to be changed.")],
    ) -> WeightDraftResult:
        """Change a draft."""
        context = info.context
        new = standards(input.standards)
        asked = Asked(input.scheme, input.number, input.weights, input.keep_proportion, input.groups)
        found = await found_beside(context, asked, new)
        record = await drafting.change(
            *context.seat,
            scheme=input.scheme,
            number=input.number,
            revision=input.revision,
            weights=found.weights,
            reason=input.reason,
            standards=new,
            method=found.method,
        )
        context.renew()
        return WeightDraftKept(weight_set=WeightSet.of(record, found.entry))

    @mutation("Drop a draft.", needs=Permission.WEIGHTS_PROPOSE)
    async def discard_weight_draft(
        self,
        info: Info,
        input: Annotated[DiscardWeightDraftInput, strawberry.argument(description="Which draft.")],
    ) -> WeightDraftDiscardResult:
        """Discard a draft."""
        context = info.context
        await drafting.discard(
            *context.seat, scheme=input.scheme, number=input.number, revision=input.revision
        )
        context.renew()
        return WeightDraftDiscarded(number=input.number)

    @mutation(
        "Let a draft decide from a period on; it does not change any more, and neither do closed periods.",
        needs=Permission.WEIGHTS_PUBLISH,
    )
    async def publish_weights(
        self,
        info: Info,
        input: Annotated[PublishWeightsInput, strawberry.argument(description="Which, from when, and why.")],
    ) -> WeightsPublishedResult:
        """Publish a draft."""
        context = info.context
        deed = await publication(
            *context.seat,
            scheme=input.scheme,
            number=input.number,
            revision=input.revision,
            period=input.period,
            seen=input.seen,
        )
        outcome = await done(context, deed, input.reason)
        if isinstance(outcome, ProposalMade):
            return outcome
        entry = context.view.context.entry(input.scheme)
        return WeightsPublished(weight_set=WeightSet.of(outcome.result, entry), act=outcome.act)
