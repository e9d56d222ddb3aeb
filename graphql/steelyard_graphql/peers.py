"""Peers: how a unit stands among others of its type on one indicator, those one does not see included."""

from __future__ import annotations

from typing import Annotated, Self

import strawberry

from steelyard.errors import Text
from steelyard.services.peers import PeerStanding, Withheld
from steelyard.services.rankings import RankingTable
from steelyard_graphql.fields import computed
from steelyard_graphql.limits import within
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.rankings import NEIGHBOURS_MOST, RankingEntry
from steelyard_graphql.spreads import Spread

WITHHELD = Text(
    "在您看不到的对象中，此处有得分的不足 {minimum} 个。",
    "Fewer than {minimum} of the units you do not see have a score here.",
)


@strawberry.type(
    description="A unit among all units of its type that have a score, whether one sees them or not."
)
class PeerStatistics:
    """What is told of units out of scope, and nothing else is."""

    count: int = strawberry.field(description="How many units have a score, and so a rank.")
    rank: int | None = strawberry.field(
        description="The unit's rank: 1 is the best; equal scores share a rank: 1, 2, 2, 4."
    )
    percentile: float | None = strawberry.field(
        description="Share 0…1 of the other ranked units that are worse; equal ones count half."
    )
    quartile: int | None = strawberry.field(description="1 for the best quarter of the ranked units to 4.")
    mean: float | None = strawberry.field(description="The mean score (0…100).")
    median: float | None = strawberry.field(description="The median score.")
    lower_quartile: float | None = strawberry.field(
        description="The score below which a quarter of them lies, in proportion between two scores."
    )
    upper_quartile: float | None = strawberry.field(
        description="The score above which a quarter of them lies, in proportion between two scores."
    )

    @classmethod
    def of(cls, found: PeerStanding) -> Self:
        """Show a standing."""
        summary = found.summary
        return cls(
            count=summary.count,
            rank=found.rank,
            percentile=found.percentile,
            quartile=found.quartile,
            mean=summary.mean,
            median=summary.median,
            lower_quartile=summary.lower_quartile,
            upper_quartile=summary.upper_quartile,
        )


@strawberry.type(
    description="How a unit stands among others of its type on one indicator: those one sees, and all."
)
class Peers:
    """A unit among its peers."""

    entry: RankingEntry = strawberry.field(description="The unit's own place among the units one sees.")
    scored_count: int = strawberry.field(description="How many of the units one sees have a score.")
    total_count: int = strawberry.field(description="How many units of its type one sees.")
    spread: Spread = strawberry.field(description="What the scores of the units one sees look like together.")
    statistics: PeerStatistics | None = strawberry.field(
        description="The unit among all units of its type, whether one sees them or not; null where too few"
        " of those one does not see have a score, so that the figures would tell of single ones."
    )
    table: strawberry.Private[RankingTable]
    unit_code: strawberry.Private[str]
    withheld_words: strawberry.Private[Text | None]

    @computed("Why `statistics` is null.")
    def withheld(self, locale: LocaleArgument = Locale.EN) -> str | None:
        """Return the reason in the language asked for."""
        return None if self.withheld_words is None else said(self.withheld_words, locale)

    @computed("The unit and those right before and after it, among the units one sees.")
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
    def of(cls, table: RankingTable, unit_code: str, standing: PeerStanding | Withheld) -> Self:
        """Show where a unit stands in a ranking of what is seen, and among all."""
        statistics = withheld = None
        if isinstance(standing, PeerStanding):
            statistics = PeerStatistics.of(standing)
        else:
            withheld = WITHHELD.format({"minimum": standing.minimum})
        return cls(
            entry=RankingEntry.of(table.find(unit_code)),
            scored_count=table.scored,
            total_count=table.total,
            spread=Spread.of(table.spread),
            statistics=statistics,
            table=table,
            unit_code=unit_code,
            withheld_words=withheld,
        )
