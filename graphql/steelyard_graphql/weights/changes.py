"""Changes: how units stand under the weights in force and under others, and how many differ in what."""

from __future__ import annotations

from typing import Annotated, Self

import strawberry

from steelyard.services.weights.standing import BINS, Change, WhatIfSummary
from steelyard.services.weights.standing import Standing as FoundStanding
from steelyard_graphql.bands import Band
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.connections import Connection
from steelyard_graphql.outcomes import Outcome
from steelyard_graphql.units import Unit

BIN = 100 // BINS
REGRADED_USUAL, REGRADED_MOST = 100, 1000
FirstRegraded = Annotated[
    int, strawberry.argument(description=f"How many of them, by code: 0 to {REGRADED_MOST}.")
]


@plain
@strawberry.type(description="How a unit stands with some weights.")
class Standing:
    """A standing."""

    outcome: Outcome = strawberry.field(description="Whether it has a score.")
    score: float | None = strawberry.field(description="The score (0…100).")
    points: float | None = strawberry.field(description="The points.")
    band: Band | None = strawberry.field(description="Its band, where the scheme has bands.")
    verdict: str | None = strawberry.field(description="What the rules finally say.")
    passed: bool | None = strawberry.field(description="Whether it reaches the pass line.")
    rank: int | None = strawberry.field(
        description="Its rank among the units one sees; null without a score, and where no ranks are told."
    )

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


@plain
@strawberry.type(description="What the proposed weights would change for one unit.")
class ProposedChange:
    """A change."""

    unit: Unit = strawberry.field(description="The unit.")
    current: Standing = strawberry.field(description="How it stands with the weights in force.")
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


@plain
@strawberry.type(description="One page of the units for which weights are tried.")
class ProposedChangeConnection(Connection[ProposedChange]):
    """A page of changes."""


@plain
@strawberry.type(description="What the proposed weights would change, in numbers of units.")
class ProposalSummary:
    """A summary."""

    units: int = strawberry.field(description="How many units are told about.")
    scored: int = strawberry.field(description="How many of them have a score.")
    score_changed: int = strawberry.field(description="How many scores would be others.")
    ranked: bool = strawberry.field(
        description="Whether ranks are told: where the tenant's least group (`setPeerMinimum`) has scores."
    )
    rank_changed: int = strawberry.field(description="How many ranks would be others; 0 where none are told.")
    band_changed: int = strawberry.field(description="How many bands would be others.")
    verdict_changed: int = strawberry.field(description="How many verdicts would be others.")
    scores_before: list[int] = strawberry.field(
        description=f"A histogram of the scores now: how many lie in each {BIN} points from 0 to 100; what"
        " lies beyond is in the outermost."
    )
    scores_after: list[int] = strawberry.field(description="The same of the scores that would be.")

    @classmethod
    def of(cls, found: WhatIfSummary) -> Self:
        """Show a summary."""
        return cls(
            units=found.units,
            scored=found.scored,
            ranked=found.ranked,
            score_changed=found.score_changed,
            rank_changed=found.rank_changed,
            band_changed=found.band_changed,
            verdict_changed=found.verdict_changed,
            scores_before=list(found.before),
            scores_after=list(found.after),
        )
