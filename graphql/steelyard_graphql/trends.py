"""Trends: one indicator of one unit along the periods of a calendar, gaps staying gaps."""

from __future__ import annotations

from typing import Annotated, Self

import strawberry

from steelyard.analysis.trend import Limits
from steelyard.services.trends import WINDOW
from steelyard.services.trends import TrendPoint as Found
from steelyard_graphql.bands import Band
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.outcomes import Outcome
from steelyard_graphql.periods import Period

LONGEST = 100
Length = Annotated[
    int, strawberry.argument(description=f"How many periods, the last being the scorecard's: 1 to {LONGEST}.")
]


@plain
@strawberry.type(
    description=(
        "What scores vary between while nothing but chance moves them: three standard deviations around their"
        " mean, by the changes between neighbouring periods (chart of individual values, ISO 7870-2)."
    )
)
class ControlLimits:
    """The limits of a trend."""

    centre: float = strawberry.field(description="The mean of the scores.")
    lower: float = strawberry.field(description="The lower limit, 0 at least.")
    upper: float = strawberry.field(description="The upper limit, 100 at most.")

    @classmethod
    def of(cls, found: Limits) -> Self:
        """Show limits."""
        return cls(centre=found.centre, lower=found.lower, upper=found.upper)


@plain
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
    year_change: float | None = strawberry.field(
        description="How far it lies above the same period a year before; null where either has no score."
    )
    moving_average: float | None = strawberry.field(
        description=f"The mean of this period and those before, {WINDOW} in all; null where one has no score."
    )
    limits: ControlLimits | None = strawberry.field(
        description="The control limits of the trend, the same in all its points; null for few scores."
    )
    unusual: bool = strawberry.field(
        description="Whether the score lies outside of the limits: more than chance moved it."
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
            year_change=found.year_change,
            moving_average=found.average,
            limits=None if found.limits is None else ControlLimits.of(found.limits),
            unusual=found.is_unusual,
            band=None if found.band is None else Band.of(found.band),
            passed=found.passed,
        )
