"""The mutations that try other weights on one period or on the last ones; nothing is stored."""

from __future__ import annotations

from operator import attrgetter
from typing import Annotated, Self

import strawberry

from steelyard.access.permissions import Permission
from steelyard.errors import NotFound
from steelyard.scoring.observations import Rows
from steelyard.services.weights.back_test import back_test
from steelyard.services.weights.what_if import WhatIf, propose
from steelyard_graphql.connections import After, Before, Edge, First, Last, PageArguments, page
from steelyard_graphql.context import Info
from steelyard_graphql.faults import Problem
from steelyard_graphql.fields import computed
from steelyard_graphql.limits import within
from steelyard_graphql.mutations import mutation
from steelyard_graphql.periods import Period
from steelyard_graphql.weights.changes import (
    REGRADED_MOST,
    REGRADED_USUAL,
    FirstRegraded,
    ProposalSummary,
    ProposedChange,
    ProposedChangeConnection,
)
from steelyard_graphql.weights.inputs import ProposedWeightInput, naming_units, proposed, told_about
from steelyard_graphql.weights.shares import WeightComparison

LIST = "weightChanges"
PERIODS_MOST = 36
WEIGHTS = "The weights that differ; all other indicators keep theirs."
WEIGHT_SET = (
    "The number of the weight set that they are laid over, drafts included, 0 for the scheme's own weights;"
    " the one in force if left out."
)
UNITS = (
    "The codes of the units to tell about; all one sees that the scheme scores if left out, none if empty:"
    " the summary is of all that one sees in any case."
)

Regraded = Annotated[
    bool, strawberry.argument(description="Only those that would get another band or verdict.")
]


@strawberry.input(description="Other weights for a scheme, tried on one period.")
class ProposeWeightsInput:
    """What is to be tried."""

    scheme: str = strawberry.field(description="The code of the scheme.")
    period: str = strawberry.field(description="The code of the period.")
    weights: list[ProposedWeightInput] = strawberry.field(default_factory=list, description=WEIGHTS)
    weight_set: int | None = strawberry.field(default=None, description=WEIGHT_SET)
    units: list[str] | None = strawberry.field(default=None, description=UNITS)


@strawberry.input(description="Other weights for a scheme, tried on the last periods.")
class BackTestWeightsInput:
    """What is to be tried."""

    scheme: str = strawberry.field(description="The code of the scheme.")
    until: str = strawberry.field(description="The code of the last period; the others are of its calendar.")
    periods: int = strawberry.field(
        description=f"How many periods with data, that one included: 1 to {PERIODS_MOST}."
    )
    weights: list[ProposedWeightInput] = strawberry.field(default_factory=list, description=WEIGHTS)
    weight_set: int | None = strawberry.field(default=None, description=WEIGHT_SET)
    units: list[str] | None = strawberry.field(default=None, description=UNITS)


@strawberry.type(description="What other weights make of one period.")
class Tried:
    """What was tried."""

    period: Period = strawberry.field(description="The period they were tried on.")
    summary: ProposalSummary = strawberry.field(description="What would change, in numbers of units.")
    found: strawberry.Private[WhatIf]

    @computed(
        "The units by code. Of some thousands that is more than a request may ask for: `changePage` has them"
        " page by page."
    )
    def changes(self) -> list[ProposedChange]:
        """Return all units that were asked for."""
        return _shown(self.found, self.found.wanted)

    @computed("The units by code, page by page.")
    def change_page(
        self,
        regraded: Regraded = False,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> ProposedChangeConnection | None:
        """Return a page of the units that were asked for."""
        found, asked = self.found, PageArguments(first, after, last, before)
        places = found.regraded_at if regraded else found.wanted
        chosen, cursors = page([found.units[at] for at in places.tolist()], attrgetter("code"), LIST, asked)
        nodes = _shown(found, places[chosen.start : chosen.end])
        return ProposedChangeConnection(
            edges=[Edge(cursor=cursor, node=node) for cursor, node in zip(cursors, nodes, strict=True)],
            nodes=nodes,
            page_info=chosen.info(cursors),
            total_count=chosen.total,
        )

    @computed("The units among them that would get another band or verdict.")
    def regraded(self, first: FirstRegraded = REGRADED_USUAL) -> list[ProposedChange] | None:
        """Return the first of them."""
        within(first, 0, REGRADED_MOST, "first")
        return _shown(self.found, self.found.regraded_at[:first])


def _shown(found: WhatIf, at: Rows) -> list[ProposedChange]:
    return [ProposedChange.of(change) for change in found.changes_at(at)]


@strawberry.type(description="The scores that the proposed weights would give; nothing of it is stored.")
class WeightsProposed(Tried):
    """The success of proposeWeights."""

    weights: list[WeightComparison] = strawberry.field(
        description="The shares of all indicators, parents before children."
    )

    @classmethod
    def of(cls, found: WhatIf) -> Self:
        """Show what the weights would give."""
        return cls(
            period=Period.of(found.period),
            summary=ProposalSummary.of(found.summary),
            found=found,
            weights=[WeightComparison.of(node, found.entry) for node in found.nodes],
        )


@strawberry.type(description="What other weights would have made of one of the last periods.")
class BackTestedPeriod(Tried):
    """One of the periods."""

    @classmethod
    def of(cls, found: WhatIf) -> Self:
        """Show a period."""
        return cls(period=Period.of(found.period), summary=ProposalSummary.of(found.summary), found=found)


@strawberry.type(
    description="What other weights would have made of the last periods; nothing of it is stored."
)
class WeightsBackTested:
    """The success of backTestWeights."""

    periods: list[BackTestedPeriod] = strawberry.field(description="The periods, the oldest first.")


ProposeWeightsResult = Annotated[
    WeightsProposed | Problem,
    strawberry.union(
        "ProposeWeightsResult", description="What the weights would give, or what is wrong with them."
    ),
]
BackTestWeightsResult = Annotated[
    WeightsBackTested | Problem,
    strawberry.union(
        "BackTestWeightsResult", description="What the weights would have given, or what is wrong with them."
    ),
]


@strawberry.type
class TryingMutations:
    """The mutations that try weights."""

    @mutation("Try other weights on one period. Nothing is stored.", needs=Permission.WEIGHTS_PROPOSE)
    async def propose_weights(
        self,
        info: Info,
        input: Annotated[ProposeWeightsInput, strawberry.argument(description="What is to be tried.")],
    ) -> ProposeWeightsResult:
        """Propose weights."""
        try:
            found = await propose(
                *info.context.seat,
                scheme=input.scheme,
                period=input.period,
                weights=proposed(input.weights),
                weight_set=input.weight_set,
                units=told_about(input.units),
            )
        except NotFound as error:
            raise naming_units(error) from error
        return WeightsProposed.of(found)

    @mutation("Try other weights on the last periods. Nothing is stored.", needs=Permission.WEIGHTS_PROPOSE)
    async def back_test_weights(
        self,
        info: Info,
        input: Annotated[BackTestWeightsInput, strawberry.argument(description="What is to be tried.")],
    ) -> BackTestWeightsResult:
        """Try weights on the past."""
        try:
            found = await back_test(
                *info.context.seat,
                scheme=input.scheme,
                until=input.until,
                periods=within(input.periods, 1, PERIODS_MOST, "periods"),
                weights=proposed(input.weights),
                weight_set=input.weight_set,
                units=told_about(input.units),
            )
        except NotFound as error:
            raise naming_units(error) from error
        return WeightsBackTested(periods=[BackTestedPeriod.of(each) for each in found])
