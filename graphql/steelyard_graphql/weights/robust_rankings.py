"""Robust rankings (稳健性): how much of a ranking, and of passing, hangs on weights and few records."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cached_property
from typing import Self

import strawberry

from steelyard.analysis.robustness.ranks import Ranks
from steelyard.errors import Text
from steelyard.services.weights.robustness import RobustRanking
from steelyard.store.units import UnitRecord
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.connections import (
    After,
    Before,
    Connection,
    Edge,
    First,
    Key,
    Last,
    PageArguments,
    page_by,
)
from steelyard_graphql.fields import computed
from steelyard_graphql.indicators import Indicator
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.periods import Period
from steelyard_graphql.units import Unit
from steelyard_graphql.weights.drawn import Drawn, OtherUnit, RankInterval, SampledEntry, sampled_entry
from steelyard_graphql.weights.indistinct import Group, IndistinctGroup, IndistinctGroupConnection

LIST = "robustness"
WITHHELD = Text(
    "有得分的对象不足 {minimum} 个，不作排名。",
    "Fewer than {minimum} units have a score: no ranking is told.",
)


@plain
@strawberry.type(
    description="A weight, by what factor it would carry a unit over its pass line, or below it."
)
class TippingFactor:
    """A factor."""

    indicator: Indicator = strawberry.field(description="The indicator whose weight it is.")
    factor: float = strawberry.field(
        description="The factor nearest to 1, from 0.1 to 10, with which the unit is right on its line; the"
        " siblings keep their weights. Above 1: the weight would have to be more."
    )


@plain
@strawberry.type(description="The ranks of a unit where one weight is multiplied by 0.5 to 1.5.")
class RankUnderWeight:
    """The range of one weight."""

    indicator: Indicator = strawberry.field(description="The indicator whose weight it is.")
    best: int = strawberry.field(description="The best rank.")
    worst: int = strawberry.field(description="The worst rank.")


@plain
@strawberry.type(description="How many units one weight moves where it is multiplied by 0.5 to 1.5.")
class WeightInfluence:
    """The influence of one weight."""

    indicator: Indicator = strawberry.field(description="The indicator whose weight it is.")
    moved: int = strawberry.field(description="How many units get another rank by any of the factors.")


class Found:
    """What was found, and its columns as lists."""

    def __init__(self, found: RobustRanking) -> None:
        self.all, self.entry = found, found.entry
        positions = {unit.code: at for at, unit in enumerate(found.units)}
        self.drawn = Drawn(found.simulation, positions)
        sampled = None if found.sampling is None else found.sampling.simulation
        self.sampled = Drawn(sampled, positions)

    def indicator(self, code: str) -> Indicator:
        """One of the scheme's."""
        return Indicator.of(self.entry, self.entry.node(code))

    def tipping(self, at: int) -> list[tuple[str, float]]:
        """The weights that carry a unit over its line with their factors, the nearest to 1 first."""
        crossings = self.all.crossings
        each = zip(crossings.nodes, crossings.factors[:, at].tolist(), strict=True)
        return sorted(((code, f) for code, f in each if f == f), key=lambda one: abs(math.log(one[1])))

    @cached_property
    def places(self) -> list[int]:
        """Where the units stand, in the ranking's order; by code where no ranking is told."""
        if self.all.simulation is None:
            return list(range(len(self.all.units)))
        order: list[int] = self.all.ranking.order.tolist()
        return order

    def key(self, at: int) -> Key:
        """What that order is by: 0 with a rank and else 1, the score downwards, the code."""
        ranking, code = self.all.ranking, self.all.units[at].code
        if self.all.simulation is None or not ranking.rank[at]:
            return 1, 0.0, code
        return 0, -ranking.key.item(at), code

    @cached_property
    def groups(self) -> list[Group] | None:
        """The groups by number; None where no ranking is told."""
        simulation, ranking = self.all.simulation, self.all.ranking
        if simulation is None:
            return None
        members: defaultdict[int, list[UnitRecord]] = defaultdict(list)
        for at in ranking.order[: ranking.scored].tolist():
            members[int(simulation.groups[at])].append(self.all.units[at])
        return sorted(members.items())


@plain
@strawberry.type(description="A unit in a ranking under weights drawn at random.")
class RobustEntry:
    """A unit."""

    unit: Unit = strawberry.field(description="The unit.")
    rank: int | None = strawberry.field(
        description="Its rank with the weights as they are set; null without a score, and where no ranking"
        " is told."
    )
    interval: RankInterval | None = strawberry.field(description="Its ranks in all draws.")
    group: int | None = strawberry.field(
        description="The number of the group of units that cannot be told apart, from 1 for the best."
    )
    ahead_of_next: float | None = strawberry.field(
        description="In what share 0…1 of the draws it is ahead of the next in the ranking; ties count half."
    )
    sampled: SampledEntry | None = strawberry.field(
        description="The same where sampled measures are drawn too; null where of none it is known how many"
        " records it is of."
    )
    at: strawberry.Private[int]
    found: strawberry.Private[Found]

    @computed("In what share 0…1 of the draws it is ahead of another; null for more than 100 units.")
    def ahead_of(self, unit: OtherUnit) -> float | None:
        """Return the share; null for a unit that is not in the ranking."""
        return self.found.drawn.ahead_of(self.at, unit)

    @computed("The weights that would carry it over its pass line, or below it, the nearest first.")
    def tipping(self) -> list[TippingFactor]:
        """Return the weights with their factors."""
        return [
            TippingFactor(indicator=self.found.indicator(code), factor=factor)
            for code, factor in self.found.tipping(self.at)
        ]

    @computed("Its ranks where one weight after the other is multiplied by 0.5 to 1.5.")
    def under_weights(self) -> list[RankUnderWeight]:
        """Return the ranges; none where no ranking is told, or without a score."""
        found = self.found.all.variation
        if found is None or not found.ranking.rank[self.at]:
            return []
        best, worst = (_column(ranks, self.at) for ranks in (found.best, found.worst))
        return [
            RankUnderWeight(indicator=self.found.indicator(code), best=one, worst=other)
            for code, one, other in zip(found.nodes, best, worst, strict=True)
        ]


@plain
@strawberry.type(description="One page of a ranking under weights drawn at random.")
class RobustEntryConnection(Connection[RobustEntry]):
    """A page of units."""

    @classmethod
    def of(cls, found: Found, asked: PageArguments) -> Self:
        """Show a page; raises InvalidInput."""
        chosen, cursors = page_by(found.places, found.key, (float, float, str), LIST, asked)
        nodes = [_entry(found, at) for at in found.places[chosen.start : chosen.end]]
        return cls(
            edges=[Edge(cursor=cursor, node=node) for cursor, node in zip(cursors, nodes, strict=True)],
            nodes=nodes,
            page_info=chosen.info(cursors),
            total_count=chosen.total,
        )


@strawberry.type(description="A mean of records without a sampling error.")
class UnsampledMeasure:
    """A measure."""

    measure: str = strawberry.field(description="The measure's code.")
    units: int = strawberry.field(description="For how many of the units it has none.")
    reason: str = strawberry.field(description="Why.")


@strawberry.type(description="How much of a period's ranking hangs on the weights; nothing of it is stored.")
class Robustness:
    """What was found."""

    period: Period = strawberry.field(description="The period.")
    draws: int = strawberry.field(description="How many draws there were.")
    scored: int = strawberry.field(description="How many of the units have a score.")
    sampled_measures: list[str] = strawberry.field(
        description="The measures of which it is known how far they may be off: shares, means of values"
        " between declared ends, and means of which the squares are kept. All others count as exact."
    )
    influences: list[WeightInfluence] | None = strawberry.field(
        description="What each weight alone moves; null where no ranking is told."
    )
    found: strawberry.Private[Found]

    @computed(
        "Groups of units of which none is ahead of the best of its group, or behind it, in more than 95 % of"
        " the draws; null where no ranking is told."
    )
    def groups(self) -> list[IndistinctGroup] | None:
        """Return all groups."""
        return None if self.found.groups is None else [IndistinctGroup.of(each) for each in self.found.groups]

    @computed("The same groups, the best first, page by page; null where no ranking is told.")
    def group_page(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> IndistinctGroupConnection | None:
        """Return a page of groups."""
        asked, groups = PageArguments(first, after, last, before), self.found.groups
        return None if groups is None else IndistinctGroupConnection.of(groups, asked)

    @computed(
        "The units by code, those without a score included. Of some thousands that is more than a request"
        " may ask for: `entryPage` has them page by page."
    )
    def entries(self) -> list[RobustEntry]:
        """Return the units."""
        return [_entry(self.found, at) for at in range(len(self.found.all.units))]

    @computed(
        "The units in the ranking's order, then those without a score, page by page; all by code where no"
        " ranking is told. Each page is simulated anew: the same seed gives the same draws."
    )
    def entry_page(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> RobustEntryConnection | None:
        """Return a page of units."""
        return RobustEntryConnection.of(self.found, PageArguments(first, after, last, before))

    @computed("The means of records that have no sampling error, for how many units, and why.")
    def unsampled_measures(self, locale: LocaleArgument = Locale.EN) -> list[UnsampledMeasure]:
        """Return them in the language asked for."""
        return [
            UnsampledMeasure(measure=each.measure, units=each.units, reason=said(each.reason, locale))
            for each in self.found.all.unsampled
        ]

    @computed("Why no ranking is told.")
    def withheld(self, locale: LocaleArgument = Locale.EN) -> str | None:
        """Return the reason in the language asked for."""
        told = self.found.all.simulation is not None
        return None if told else said(WITHHELD.format({"minimum": self.found.all.minimum}), locale)

    @classmethod
    def of(cls, ranking: RobustRanking, draws: int) -> Self:
        """Show what was found."""
        found, variation = Found(ranking), ranking.variation
        return cls(
            period=Period.of(ranking.period),
            draws=draws,
            scored=ranking.ranking.scored,
            sampled_measures=[] if ranking.sampling is None else list(ranking.sampling.measures),
            influences=None
            if variation is None
            else [
                WeightInfluence(indicator=found.indicator(code), moved=moved)
                for code, moved in zip(variation.nodes, variation.moved.tolist(), strict=True)
            ],
            found=found,
        )


def _entry(found: Found, at: int) -> RobustEntry:
    drawn, sampling = found.drawn, found.all.sampling
    return RobustEntry(
        unit=Unit.of(found.all.units[at]),
        rank=drawn.rank(at),
        interval=drawn.interval(at),
        group=drawn.group(at),
        ahead_of_next=drawn.ahead_of_next(at),
        sampled=None if sampling is None else sampled_entry(sampling, found.sampled, at),
        at=at,
        found=found,
    )


def _column(ranks: Ranks, at: int) -> list[int]:
    return [int(rank) for rank in ranks[:, at]]
