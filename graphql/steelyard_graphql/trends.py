"""Trends: one indicator of one unit along the periods of a calendar, gaps staying gaps."""

from __future__ import annotations

from typing import Annotated, Self

import strawberry

from steelyard.services.trends import TrendPoint as Found
from steelyard_graphql.bands import Band
from steelyard_graphql.outcomes import Outcome
from steelyard_graphql.periods import Period

LONGEST = 100
Length = Annotated[
    int, strawberry.argument(description=f"How many periods, the last being the scorecard's: 1 to {LONGEST}.")
]


@strawberry.type(description="A score in one period of a trend.")
class TrendPoint:
    """A point of a trend."""

    period: Period = strawberry.field(description="The period.")
    outcome: Outcome | None = strawberry.field(
        description="Whether there is a score; null where nothing at all was recorded for the period."
    )
    score: float | None = strawberry.field(description="The score (0…100).")
    change: float | None = strawberry.field(
        description="How far it lies above the period before; null where either has no score."
    )
    band: Band | None = strawberry.field(description="Its band, where the scheme has bands.")
    passed: bool | None = strawberry.field(description="Whether it reaches the pass line.")

    @classmethod
    def of(cls, found: Found) -> Self:
        """Show a point."""
        return cls(
            period=Period.of(found.period),
            outcome=None if found.outcome is None else Outcome(found.outcome.value),
            score=found.score,
            change=found.change,
            band=None if found.band is None else Band.of(found.band),
            passed=found.passed,
        )
