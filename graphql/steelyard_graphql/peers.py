"""Peers: how a unit stands among all units of its type on one indicator."""

from __future__ import annotations

from typing import Annotated, Self

import strawberry

from steelyard.services.rankings import RankingTable
from steelyard_graphql.fields import computed
from steelyard_graphql.limits import within
from steelyard_graphql.rankings import NEIGHBOURS_MOST, RankingEntry
from steelyard_graphql.spreads import Spread


@strawberry.type(description="How a unit stands among all units of its type on one indicator.")
class Peers:
    """A unit among its peers."""

    entry: RankingEntry = strawberry.field(description="The unit's own place.")
    scored_count: int = strawberry.field(description="How many units have a score, and so a rank.")
    total_count: int = strawberry.field(description="How many units there are.")
    spread: Spread = strawberry.field(description="What the scores of all units look like together.")
    table: strawberry.Private[RankingTable]
    unit_code: strawberry.Private[str]

    @computed("The unit and those right before and after it.")
    def neighbours(
        self,
        reach: Annotated[
            int, strawberry.argument(description=f"How many before it and after it: 0 to {NEIGHBOURS_MOST}.")
        ] = 2,
    ) -> list[RankingEntry] | None:
        """Return the neighbours in order."""
        within(reach, 0, NEIGHBOURS_MOST, "reach")
        return [RankingEntry.of(found) for found in self.table.neighbours(self.unit_code, reach)]

    @classmethod
    def of(cls, table: RankingTable, unit_code: str) -> Self:
        """Show where a unit stands in a ranking."""
        return cls(
            entry=RankingEntry.of(table.find(unit_code)),
            scored_count=table.scored,
            total_count=table.total,
            spread=Spread.of(table.spread),
            table=table,
            unit_code=unit_code,
        )
