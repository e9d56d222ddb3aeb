"""The mutation that finds weights by hand or by a method; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Annotated, Self

import strawberry

from steelyard.access.permissions import Permission
from steelyard.errors import InvalidInput, Place
from steelyard.errors import Problem as Found
from steelyard.scheme.number import decimal_text
from steelyard.services.weights import finding
from steelyard.services.weights.finding import FoundWeights
from steelyard.services.weights.proposal import laid_over, node_weights
from steelyard.services.weights.sets import SCHEMES_OWN, find, find_content
from steelyard.services.weights.shown import own_step
from steelyard.services.weights.wanted import by_hand
from steelyard.store.weight_sets import Standard
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.context import Info, RequestContext
from steelyard_graphql.faults import Problem
from steelyard_graphql.mutations import mutation
from steelyard_graphql.weights.methods import GroupWeightsInput, WrittenWeightInput, wanted
from steelyard_graphql.weights.sets import WeightingStep

WEIGHTS = (
    "Weights by hand. Those of a group in percent, if all carry %: the others share the rest in proportion;"
    " else on the scale of the others."
)
PROPORTION = "For `weights` that are no percents: the others of a group share what is left in proportion."
GROUPS = "Groups for which weights are to be found, and how; they and `weights` name each group once."
BASE = "The number of the weight set that the weights are laid over; 0 for the scheme's own weights."


@strawberry.input(description="Find weights for a scheme.")
class FindWeightsInput:
    """What is to be found."""

    scheme: str = strawberry.field(description="The code of the scheme.")
    base: int = strawberry.field(default=SCHEMES_OWN, description=BASE)
    weights: list[WrittenWeightInput] = strawberry.field(default_factory=list, description=WEIGHTS)
    keep_proportion: bool = strawberry.field(default=False, description=PROPORTION)
    groups: list[GroupWeightsInput] = strawberry.field(default_factory=list, description=GROUPS)


@plain
@strawberry.type(description="What an indicator is to weigh.")
class FoundWeight:
    """A weight."""

    indicator: str = strawberry.field(description="The code of the indicator.")
    exact_weight: str = strawberry.field(
        description="The weight as an exact decimal, relative to its siblings'."
    )
    weight: float = strawberry.field(description="The same as a number, as `proposeWeights` takes it.")
    local_weight: float = strawberry.field(description="Its share 0…1 among its siblings.")
    global_weight: float = strawberry.field(
        description="Its share 0…1 of the root where all that was found is laid over `base`."
    )


@strawberry.type(description="Weights that were found; nothing of it is stored.")
class WeightsFound:
    """The success of findWeights."""

    weights: list[FoundWeight] = strawberry.field(description="The weights that were found.")
    method: list[WeightingStep] = strawberry.field(description="How, group by group.")
    warnings: list[Problem] = strawberry.field(
        description="What should be looked at before they are used; the path is the code of the group."
    )

    @classmethod
    def of(cls, found: FoundWeights, base: Mapping[str, Fraction]) -> Self:
        """Show what was found."""
        laid = {each.node: each for each in node_weights(found.entry, laid_over(base, found.weights))}
        return cls(
            weights=[
                FoundWeight(
                    indicator=each.node,
                    exact_weight=decimal_text(each.weight),
                    weight=float(each.weight),
                    local_weight=laid[each.node].local,
                    global_weight=laid[each.node].whole,
                )
                for each in found.weights
            ],
            method=[WeightingStep.of(own_step(step)) for step in found.steps],
            warnings=[Problem.of(warning) for warning in found.warnings],
        )


FindWeightsResult = Annotated[
    WeightsFound | Problem,
    strawberry.union("FindWeightsResult", description="The weights, or what is wrong."),
]


@dataclass(frozen=True)
class Asked:
    """What is to be found, by hand and otherwise."""

    scheme: str
    base: int
    weights: Sequence[WrittenWeightInput]
    keep_proportion: bool
    groups: Sequence[GroupWeightsInput]


async def found_for(context: RequestContext, asked: Asked) -> FoundWeights:
    """Find weights, placing what is wrong with those by hand where they were given."""
    entry = context.view.context.entry(asked.scheme)
    written = [(each.indicator, each.weight) for each in asked.weights]
    hand = by_hand(entry, written, keep_proportion=asked.keep_proportion) if written else ()
    groups = wanted(asked.groups)
    try:
        return await finding.find(
            *context.seat, scheme=asked.scheme, wanted=[*groups, *hand], base=asked.base
        )
    except InvalidInput as error:
        raise InvalidInput(_placed(error.problems, len(groups), asked)) from error


async def found_beside(
    context: RequestContext, asked: Asked, standards: Sequence[Standard] | None
) -> FoundWeights:
    """The same for a draft; where only standards are given, how the weights of `base` were found is kept."""
    if asked.weights or asked.groups or standards is None:
        return await found_for(context, asked)
    entry = context.view.context.entry(asked.scheme)
    base = None if asked.base == SCHEMES_OWN else await find(*context.seat, asked.scheme, asked.base)
    return FoundWeights(entry, (), None if base is None else base.method)


def _placed(problems: Sequence[Found], groups: int, asked: Asked) -> Iterator[Found]:
    at = {each.indicator: number for number, each in enumerate(asked.weights)}
    for problem in problems:
        parts = (problem.place.field or "").split(".", 2)
        if parts[0] == "groups" and len(parts) > 1 and int(parts[1]) >= groups:
            number = at.get(parts[-1])
            field = "weights" if number is None else f"weights.{number}"
            yield replace(problem, place=Place(field=field))
        else:
            yield problem


@strawberry.type
class FindingMutations:
    """The mutation that finds weights."""

    @mutation(
        "Find weights by hand or by a method. Nothing is stored; `draftWeights` takes the same and keeps"
        " how.",
        needs=Permission.WEIGHTS_PROPOSE,
    )
    async def find_weights(
        self,
        info: Info,
        input: Annotated[FindWeightsInput, strawberry.argument(description="For what, and how.")],
    ) -> FindWeightsResult:
        """Find weights."""
        asked = Asked(input.scheme, input.base, input.weights, input.keep_proportion, input.groups)
        found = await found_for(info.context, asked)
        view, _, scope = info.context.seat
        base = await find_content(view, scope, found.entry, input.base)
        return WeightsFound.of(found, base.weights)
