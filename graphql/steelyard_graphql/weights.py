"""The mutation `proposeWeights`: other weights, and the scores that they would give; nothing is stored."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Annotated, Self

import strawberry

from steelyard.access.permissions import Permission
from steelyard.access.problems import UNIT_NOT_FOUND
from steelyard.errors import NotFound, Place
from steelyard.errors import Problem as Found
from steelyard.services.problems import UNIT_NOT_SCORED
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.weights.proposal import ProposedWeight, WeightChange
from steelyard.services.weights.standing import Change, WhatIfSummary
from steelyard.services.weights.standing import Standing as FoundStanding
from steelyard.services.weights.what_if import WhatIf, propose
from steelyard_graphql.bands import Band
from steelyard_graphql.context import Info
from steelyard_graphql.faults import Problem
from steelyard_graphql.indicators import Indicator
from steelyard_graphql.limits import some
from steelyard_graphql.mutations import mutation
from steelyard_graphql.outcomes import Outcome
from steelyard_graphql.periods import Period
from steelyard_graphql.units import Unit

UNITS_MOST = 1000


@strawberry.input(description="A weight that one indicator is to have among its siblings.")
class ProposedWeightInput:
    """A proposed weight."""

    indicator: str = strawberry.field(description="The code of the indicator.")
    weight: float = strawberry.field(
        description="The weight, 0 or more, on the scale of its siblings' weights or points."
    )


@strawberry.input(description="Other weights for a scheme, tried on one period.")
class ProposeWeightsInput:
    """What is to be tried."""

    scheme: str = strawberry.field(description="The code of the scheme.")
    period: str = strawberry.field(description="The code of the period.")
    weights: list[ProposedWeightInput] = strawberry.field(
        description="The weights that differ; all other indicators keep theirs."
    )
    units: list[str] | None = strawberry.field(
        default=None,
        description="The codes of the units to tell about; all one sees that the scheme scores if left out.",
    )


@strawberry.type(description="How a unit stands with some weights.")
class Standing:
    """A standing."""

    outcome: Outcome = strawberry.field(description="Whether it has a score.")
    score: float | None = strawberry.field(description="The score (0…100).")
    points: float | None = strawberry.field(description="The points.")
    band: Band | None = strawberry.field(description="Its band, where the scheme has bands.")
    verdict: str | None = strawberry.field(description="What the rules finally say.")
    passed: bool | None = strawberry.field(description="Whether it reaches the pass line.")
    rank: int | None = strawberry.field(description="Its rank among the units one sees.")

    @classmethod
    def of(cls, found: FoundStanding) -> Self:
        """Show a standing."""
        return cls(
            outcome=Outcome(found.outcome.value),
            score=found.score,
            points=found.points,
            band=None if found.band is None else Band.of(found.band),
            verdict=found.verdict,
            passed=found.passed,
            rank=found.rank,
        )


@strawberry.type(description="What the proposed weights would change for one unit.")
class ProposedChange:
    """A change."""

    unit: Unit = strawberry.field(description="The unit.")
    current: Standing = strawberry.field(description="How it stands with the scheme's weights.")
    proposed: Standing = strawberry.field(description="How it would stand with the proposed ones.")
    score_change: float | None = strawberry.field(
        description="How far its score would rise; null without both."
    )
    band_changed: bool = strawberry.field(description="Whether its band would be another.")
    verdict_changed: bool = strawberry.field(description="Whether its verdict would be another.")
    rank_changed: bool = strawberry.field(description="Whether its rank would be another.")

    @classmethod
    def of(cls, found: Change) -> Self:
        """Show a change."""
        return cls(
            unit=Unit.of(found.unit),
            current=Standing.of(found.current),
            proposed=Standing.of(found.proposed),
            score_change=found.score_change,
            band_changed=found.band_changed,
            verdict_changed=found.verdict_changed,
            rank_changed=found.rank_changed,
        )


@strawberry.type(description="What the proposed weights would change, in numbers of units.")
class ProposalSummary:
    """A summary."""

    units: int = strawberry.field(description="How many units are told about.")
    scored: int = strawberry.field(description="How many of them have a score.")
    score_changed: int = strawberry.field(description="How many scores would be others.")
    rank_changed: int = strawberry.field(description="How many ranks would be others.")
    band_changed: int = strawberry.field(description="How many bands would be others.")
    verdict_changed: int = strawberry.field(description="How many verdicts would be others.")

    @classmethod
    def of(cls, found: WhatIfSummary) -> Self:
        """Show a summary."""
        return cls(
            units=found.units,
            scored=found.scored,
            score_changed=found.score_changed,
            rank_changed=found.rank_changed,
            band_changed=found.band_changed,
            verdict_changed=found.verdict_changed,
        )


@strawberry.type(description="The shares of an indicator, now and as proposed.")
class WeightComparison:
    """A weight."""

    indicator: Indicator = strawberry.field(description="The indicator.")
    current_local: float = strawberry.field(description="Its share 0…1 among its siblings now.")
    proposed_local: float = strawberry.field(description="Its share 0…1 among its siblings as proposed.")
    current_global: float = strawberry.field(description="Its share 0…1 of the root now.")
    proposed_global: float = strawberry.field(description="Its share 0…1 of the root as proposed.")

    @classmethod
    def of(cls, found: WeightChange, entry: SchemeEntry) -> Self:
        """Show a weight."""
        return cls(
            indicator=Indicator.of(entry, entry.node(found.node)),
            current_local=found.current_local,
            proposed_local=found.proposed_local,
            current_global=found.current_global,
            proposed_global=found.proposed_global,
        )


@strawberry.type(description="The scores that the proposed weights would give; nothing of it is stored.")
class WeightsProposed:
    """The success of proposeWeights."""

    period: Period = strawberry.field(description="The period they were tried on.")
    weights: list[WeightComparison] = strawberry.field(
        description="The shares of all indicators, parents before children."
    )
    summary: ProposalSummary = strawberry.field(description="What would change, in numbers of units.")
    changes: list[ProposedChange] = strawberry.field(description="The units by code.")

    @classmethod
    def of(cls, found: WhatIf) -> Self:
        """Show what the weights would give."""
        return cls(
            period=Period.of(found.period),
            weights=[WeightComparison.of(node, found.entry) for node in found.nodes],
            summary=ProposalSummary.of(found.summary),
            changes=[ProposedChange.of(change) for change in found.changes],
        )


def _placed(found: Found) -> Found:
    """Place what is wrong with a unit: this input names several, others one."""
    if found.kind in (UNIT_NOT_FOUND, UNIT_NOT_SCORED):
        return replace(found, place=Place(field="units"))
    return found


ProposeWeightsResult = Annotated[
    WeightsProposed | Problem,
    strawberry.union(
        "ProposeWeightsResult", description="What the weights would give, or what is wrong with them."
    ),
]


@strawberry.type
class WeightMutations:
    """The mutations about weights."""

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
                weights=[ProposedWeight(one.indicator, Fraction(repr(one.weight))) for one in input.weights],
                units=None if input.units is None else some(input.units, "units", UNITS_MOST),
            )
        except NotFound as error:
            raise NotFound(_placed(problem) for problem in error.problems) from error
        return WeightsProposed.of(found)
