"""Drawn: what became of a ranking in draws of weights, alone or with the measures that are sampled."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated

import strawberry

from steelyard.analysis.robustness import Robustness as Simulation
from steelyard.services.score_sheet import number
from steelyard.services.weights.robustness import Sampling
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.fields import computed

OtherUnit = Annotated[str, strawberry.argument(description="The code of another unit.")]


@plain
@strawberry.type(description="Ranks of a unit in all draws.")
class RankInterval:
    """An interval."""

    low: int = strawberry.field(description="The rank that it reaches or betters in 5 % of the draws.")
    median: int = strawberry.field(description="… in half of them.")
    high: int = strawberry.field(description="… in 95 % of them.")
    best: int = strawberry.field(description="Its best rank in any draw.")
    worst: int = strawberry.field(description="Its worst rank in any draw.")


class Drawn:
    """A simulation by unit; None where no ranking is told. positions: of the units, by code."""

    def __init__(self, simulation: Simulation | None, positions: Mapping[str, int]) -> None:
        self._simulation, self._positions = simulation, positions

    def interval(self, at: int) -> RankInterval | None:
        """The ranks of a unit in all draws."""
        found = self._simulation
        if found is None or not found.worst[at]:
            return None
        bounds = (found.low, found.median, found.high, found.best, found.worst)
        low, median, high, best, worst = (int(bound[at]) for bound in bounds)
        return RankInterval(low=low, median=median, high=high, best=best, worst=worst)

    def rank(self, at: int) -> int | None:
        """The rank of a unit with everything as it is."""
        return None if self._simulation is None else int(self._simulation.ranking.rank[at]) or None

    def group(self, at: int) -> int | None:
        """The number of the group of units that cannot be told apart."""
        return None if self._simulation is None else int(self._simulation.groups[at]) or None

    def ahead_of_next(self, at: int) -> float | None:
        """In what share of the draws a unit is ahead of the next in the ranking."""
        return self._neighbours.get(at)

    def ahead_of(self, at: int, unit: str) -> float | None:
        """In what share of the draws a unit is ahead of another; None where that is not in the ranking."""
        found, other = self._simulation, self._positions.get(unit)
        if found is None or found.ahead is None or other is None:
            return None
        return number(float(found.ahead[at, other]))

    @cached_property
    def _neighbours(self) -> Mapping[int, float]:
        found = self._simulation
        if found is None:
            return {}
        return dict(zip(found.ranking.order.tolist(), found.neighbours.tolist(), strict=False))


@plain
@strawberry.type(
    description="What becomes of a unit where the measures are drawn too that are shares or means of few"
    " records: each share from what its hits and records leave open (Jeffreys), a mean at most that wide."
)
class SampledEntry:
    """A unit under draws of weights and measures."""

    score_low: float | None = strawberry.field(
        description="The lower end of the score 0…100 with a confidence of 95 %, the weights staying."
    )
    score_high: float | None = strawberry.field(description="The upper end.")
    interval: RankInterval | None = strawberry.field(
        description="Its ranks in all draws of weights and measures; null where no ranking is told."
    )
    group: int | None = strawberry.field(
        description="The number of the group of units that such draws do not tell apart, from 1 for the best."
    )
    ahead_of_next: float | None = strawberry.field(
        description="In what share 0…1 of these draws it is ahead of the next in the ranking."
    )
    at: strawberry.Private[int]
    drawn: strawberry.Private[Drawn]

    @computed("In what share 0…1 of these draws it is ahead of another; null for more than 100 units.")
    def ahead_of(self, unit: OtherUnit) -> float | None:
        """Return the share; null for a unit that is not in the ranking."""
        return self.drawn.ahead_of(self.at, unit)


def sampled_entry(sampling: Sampling, drawn: Drawn, at: int) -> SampledEntry:
    """What becomes of one unit."""
    return SampledEntry(
        score_low=number(float(sampling.error.low[at])),
        score_high=number(float(sampling.error.high[at])),
        interval=drawn.interval(at),
        group=drawn.group(at),
        ahead_of_next=drawn.ahead_of_next(at),
        at=at,
        drawn=drawn,
    )
