"""Spreads: what the scores of several units look like together."""

from __future__ import annotations

from typing import Self

import strawberry

from steelyard.services.comparisons import SpreadCell
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.fields import computed
from steelyard_graphql.units import Unit


@plain
@strawberry.type(description="What the scores of several units look like together.")
class Spread:
    """A spread."""

    count: int = strawberry.field(description="How many of them have a score.")
    best: float | None = strawberry.field(description="The best score.")
    median: float | None = strawberry.field(description="The median score.")
    mean: float | None = strawberry.field(description="The mean score.")
    found: strawberry.Private[SpreadCell]

    @computed("A unit with the best score.", plain=True)
    def best_unit(self) -> Unit | None:
        """Return the unit."""
        return None if self.found.best_unit is None else Unit.of(self.found.best_unit)

    @classmethod
    def of(cls, found: SpreadCell) -> Self:
        """Show a spread."""
        return cls(count=found.count, best=found.best, median=found.median, mean=found.mean, found=found)
