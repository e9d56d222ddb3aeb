"""Roll-ups: what regions and longer periods have, by the rule that the scheme declares."""

from __future__ import annotations

from typing import Annotated, Self

import strawberry

from steelyard.services.rollups import asking
from steelyard.services.rollups.answer import RolledNode, RolledUnit
from steelyard.services.rollups.asking import RolledPoint
from steelyard.services.rollups.members import RolledMember
from steelyard_graphql.arguments import AtIndicator, SchemeCode, UnitCode
from steelyard_graphql.bands import Band
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.context import Info
from steelyard_graphql.fields import computed
from steelyard_graphql.indicators import Indicator
from steelyard_graphql.limits import some, within
from steelyard_graphql.outcomes import Outcome
from steelyard_graphql.periods import Period
from steelyard_graphql.rollup_rules import RollUpJoin
from steelyard_graphql.rollup_words import RollUpPart, RollUpReason
from steelyard_graphql.units import Unit

TREND_MOST, CHILDREN_MOST = 24, 100
RolledPeriod = Annotated[
    str,
    strawberry.argument(
        description="The code of a period: of the scheme's own calendars, or of a longer one, e.g. `2025`."
    ),
]
MemberCalendar = Annotated[
    str | None,
    strawberry.argument(
        description="Which of the scheme's calendars has the periods that this one is made of. If left out, a"
        " period of the scheme's calendars is taken as it was evaluated itself, and any other is made of"
        " periods of the first calendar that has some within it."
    ),
]
Indicators = Annotated[
    list[str] | None,
    strawberry.argument(description="The codes of indicators; the root and the first level if left out."),
]
ChildCount = Annotated[
    int, strawberry.argument(description=f"How many of them at most: 1 to {CHILDREN_MOST}.")
]
PointCount = Annotated[
    int,
    strawberry.argument(description=f"How many periods, this one being the last: 1 to {TREND_MOST}."),
]


@plain
@strawberry.type(description="One indicator of a rolled-up unit.")
class RollUpNode:
    """A node."""

    indicator: Indicator = strawberry.field(description="The indicator.")
    outcome: Outcome = strawberry.field(description="Whether there is a score.")
    reason: RollUpReason = strawberry.field(description="Why it is what it is.")
    score: float | None = strawberry.field(description="The score (0…100).")
    rate: float | None = strawberry.field(description="The same as a share 0…1 of the full mark.")
    points: float | None = strawberry.field(
        description="The points, of the full mark that the scheme states for it."
    )
    coverage: float | None = strawberry.field(
        description="Share 0…1 of the members that count, by weight; null where it concerns none of them."
    )
    band: Band | None = strawberry.field(description="The band that the score lies in, if there are bands.")
    member_count: int = strawberry.field(
        description="How many members it concerns; where units and periods are both joined, how many units in"
        " how many periods together."
    )
    counted_count: int = strawberry.field(description="How many of them count.")
    feed_count: int | None = strawberry.field(
        description="Under FEEDS_INCOMPLETE: how many feeds it takes, one for each unit in each period."
    )
    declared_feed_count: int | None = strawberry.field(
        description="How many of them are declared complete; null as `feedCount` is."
    )

    @classmethod
    def of(cls, unit: RolledUnit, found: RolledNode) -> Self:
        """Show a node."""
        return cls(
            indicator=Indicator.of(unit.entry_of(found.node), found.node),
            outcome=Outcome(found.outcome.value),
            reason=RollUpReason(found.cause.value),
            score=found.score,
            rate=found.rate,
            points=found.points,
            coverage=found.coverage,
            band=None if found.band is None else Band.of(found.band),
            member_count=found.members,
            counted_count=found.counted,
            feed_count=found.feeds,
            declared_feed_count=found.declared,
        )


@plain
@strawberry.type(
    description="A member of a roll-up at the first of its indicators: a unit, one of the periods, or a unit"
    " in a period that does not count."
)
class RollUpMember:
    """A member."""

    part: RollUpPart = strawberry.field(description="Whether it counts, or why it does not.")
    outcome: Outcome = strawberry.field(description="Whether it has a score.")
    score: float | None = strawberry.field(description="Its score (0…100).")
    weight: float | None = strawberry.field(
        description="What it weighs; null where that is not known, and where data are pooled."
    )
    unit: Unit | None = strawberry.field(description="The unit, where units were joined last, and of a gap.")
    period: Period | None = strawberry.field(
        description="The period, where periods were joined last, and of a gap."
    )

    @classmethod
    def of(cls, found: RolledMember) -> Self:
        """Show a member."""
        return cls(
            part=RollUpPart(found.part.value),
            outcome=Outcome(found.outcome.value),
            score=found.score,
            weight=found.weight,
            unit=None if found.unit is None else Unit.of(found.unit),
            period=None if found.period is None else Period.of(found.period),
        )


@plain
@strawberry.type(
    description="A unit in a period, rolled up by the scheme's rule from what one sees of it (汇总)."
)
class RollUp:
    """A rolled-up unit."""

    unit: Unit = strawberry.field(description="The unit.")
    period: Period = strawberry.field(description="The period.")
    own: bool = strawberry.field(
        description="Whether nothing is rolled up: these are the unit's own scores in one of the scheme's own"
        " periods."
    )
    unit_rule: RollUpJoin | None = strawberry.field(
        description="How units were joined; null where the scheme scores the unit itself."
    )
    period_rule: RollUpJoin | None = strawberry.field(
        description="How periods were joined; null where the scheme evaluates the period itself."
    )
    calendar_code: str = strawberry.field(description="The calendar of the periods that it is made of.")
    crossing_count: int = strawberry.field(
        description="How many periods of that calendar lie within the period in part only; they do not count."
    )
    found: strawberry.Private[RolledUnit]

    @computed("The indicators.", plain=True)
    def nodes(self) -> list[RollUpNode]:
        """Return the indicators."""
        return [RollUpNode.of(self.found, each) for each in self.found.nodes]

    @computed(
        "What the last step joined: the periods where there are several whose scores are joined, else the"
        " units that the scheme scores at or below this one on the period's last day, by code. Where both are"
        " joined, the gaps within those that count follow: each unit in a period that does not count, told"
        " once if it is so of a unit in all periods, or of all units in a period.",
        plain=True,
    )
    def members(self) -> list[RollUpMember]:
        """Return the members."""
        return [RollUpMember.of(each) for each in self.found.members]

    @computed("How many units directly below it the scheme scores or have such units below.", plain=True)
    def child_count(self) -> int:
        """Return the number of units below."""
        return self.found.child_count

    @computed("These units in the same period, by code.")
    def children(self, first: ChildCount = 20) -> list[RollUp] | None:
        """Return the units below."""
        most = within(first, 1, CHILDREN_MOST, "first")
        return [RollUp.of(each) for each in self.found.children[:most]]

    @classmethod
    def of(cls, found: RolledUnit) -> Self:
        """Show a rolled-up unit."""
        return cls(
            unit=Unit.of(found.unit),
            period=Period.of(found.span.record or found.span.target),
            own=found.is_own,
            unit_rule=RollUpJoin.of(found, found.of_units),
            period_rule=RollUpJoin.of(found, found.of_periods),
            calendar_code=found.span.calendar.code,
            crossing_count=len(found.span.crossing),
            found=found,
        )


@plain
@strawberry.type(description="A rolled-up score in one period of a trend.")
class RollUpPoint:
    """A point."""

    period: Period = strawberry.field(description="The period.")
    outcome: Outcome = strawberry.field(description="Whether there is a score.")
    reason: RollUpReason = strawberry.field(description="Why it is what it is.")
    score: float | None = strawberry.field(description="The score (0…100).")
    change: float | None = strawberry.field(
        description="How far it lies above the point before; null where either has no score."
    )
    coverage: float | None = strawberry.field(
        description="Share 0…1 of the members that count, by weight; null where it concerns none of them."
    )
    band: Band | None = strawberry.field(description="The band that the score lies in, if there are bands.")

    @classmethod
    def of(cls, point: RolledPoint) -> Self:
        """Show a point."""
        found = point.found
        return cls(
            period=Period.of(point.period),
            outcome=Outcome(found.outcome.value),
            reason=RollUpReason(found.cause.value),
            score=found.score,
            change=point.change,
            coverage=found.coverage,
            band=None if found.band is None else Band.of(found.band),
        )


@strawberry.type
class RollUpQueries:
    """The queries that roll up."""

    @computed(
        "A unit in a period, rolled up by the rule that the scheme declares from the units that it scores"
        " below, and from its periods within; never from units that one does not see."
    )
    async def roll_up(
        self,
        info: Info,
        scheme: SchemeCode,
        unit: UnitCode,
        period: RolledPeriod,
        calendar: MemberCalendar = None,
        indicators: Indicators = None,
    ) -> RollUp | None:
        """Return a roll-up."""
        named = None if indicators is None else some(indicators, "indicators")
        found = await asking.roll_up(
            *info.context.seat,
            scheme=scheme,
            unit=unit,
            period=period,
            calendar=calendar,
            indicators=named,
        )
        return RollUp.of(found)

    @computed("One indicator of a unit, rolled up in each of the periods up to one; the earliest first.")
    async def roll_up_trend(
        self,
        info: Info,
        scheme: SchemeCode,
        unit: UnitCode,
        period: RolledPeriod,
        calendar: MemberCalendar = None,
        indicator: AtIndicator = None,
        length: PointCount = 12,
    ) -> list[RollUpPoint] | None:
        """Return the points of a trend."""
        found = await asking.trend(
            *info.context.seat,
            scheme=scheme,
            unit=unit,
            period=period,
            calendar=calendar,
            indicator=indicator,
            length=within(length, 1, TREND_MOST, "length"),
        )
        return [RollUpPoint.of(each) for each in found]
