"""Shares: what indicators weigh under two sets of weights."""

from __future__ import annotations

from typing import Self

import strawberry

from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.weights.proposal import WeightChange
from steelyard_graphql.indicators import Indicator


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
