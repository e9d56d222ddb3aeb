"""Overviews: every unit of a region at a glance, with its score, band, change and sparkline."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any, Self

import strawberry

from steelyard.services import overviews
from steelyard.services.overviews import Overview, Region
from steelyard.services.overviews import OverviewRow as Found
from steelyard_graphql.arguments import BelowUnit, PeriodCode, SchemeCode
from steelyard_graphql.bands import Band
from steelyard_graphql.compiled.columns import Columns
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.connections import After, Before, Connection, Edge, First, Last, PageArguments
from steelyard_graphql.context import Info
from steelyard_graphql.fields import computed
from steelyard_graphql.limits import within
from steelyard_graphql.outcomes import OUTCOMES, REASONS, Outcome, Reason
from steelyard_graphql.spreads import Spread
from steelyard_graphql.trends import LONGEST, Length
from steelyard_graphql.unit_choices import Choice, UnitChoice, read_choice
from steelyard_graphql.unit_pages import page_of_units
from steelyard_graphql.units import Unit

LIST = "overview"


@plain
@strawberry.type(description="A unit at a glance.")
class OverviewRow:
    """A row of an overview."""

    outcome: Outcome = strawberry.field(description="Whether it has a score.")
    reason: Reason = strawberry.field(description="Why it has that outcome.")
    score: float | None = strawberry.field(description="The score (0…100).")
    points: float | None = strawberry.field(description="The points.")
    full_mark: float | None = strawberry.field(description="The full mark of what applies.")
    band: Band | None = strawberry.field(description="Its band, where the scheme has bands.")
    verdict: str | None = strawberry.field(description="What the rules finally say.")
    passed: bool | None = strawberry.field(description="Whether it reaches the pass line.")
    coverage: float | None = strawberry.field(description="Share 0…1 by weight of what was scored.")
    change: float | None = strawberry.field(description="How far the score lies above the period before.")
    sparkline: list[float | None] = strawberry.field(
        description="The scores of the periods up to this one, the earliest first; null is a gap."
    )
    found: strawberry.Private[Found]

    @computed("The unit.", plain=True)
    def unit(self) -> Unit:
        """Return the unit."""
        return Unit.of(self.found.unit)

    @classmethod
    def of(cls, found: Found) -> Self:
        """Show a row."""
        return cls(
            outcome=Outcome(found.outcome.value),
            reason=Reason(found.reason.value),
            score=found.score,
            points=found.points,
            full_mark=found.full,
            band=None if found.band is None else Band.of(found.band),
            verdict=found.verdict,
            passed=found.passed,
            coverage=found.coverage,
            change=found.change,
            sparkline=list(found.sparkline),
            found=found,
        )


@plain
@strawberry.type(description="One page of an overview, and what can be said of all of it.")
class OverviewConnection(Connection[OverviewRow]):
    """A page of an overview."""

    region: strawberry.Private[Region]

    @computed("What the scores of all units look like together.", plain=True)
    def spread(self) -> Spread:
        """Return the spread."""
        return Spread.of(self.region.spread)

    @classmethod
    def of(cls, region: Region, choice: UnitChoice | None, asked: PageArguments) -> Self:
        """Show a page."""
        chosen, cursors = page_of_units(region.units, choice, LIST, asked)
        nodes = list(_shown(region.overview(slice(chosen.start, chosen.end))))
        return cls(
            edges=[Edge(cursor=cursor, node=node) for cursor, node in zip(cursors, nodes, strict=True)],
            nodes=nodes,
            page_info=chosen.info(cursors),
            total_count=chosen.total,
            region=region,
        )


@strawberry.type
class OverviewQueries:
    """The queries that give overviews."""

    @computed(
        "All units one sees that a scheme scores at or below a unit, by code or in the order in which they"
        " were chosen, page by page, at a glance."
    )
    async def overview_page(
        self,
        info: Info,
        scheme: SchemeCode,
        period: PeriodCode,
        below: BelowUnit = None,
        length: Length = 12,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        choose: Choice = None,
    ) -> OverviewConnection | None:
        """Return a page of an overview."""
        region = await overviews.region(
            *info.context.seat,
            scheme=scheme,
            period=period,
            unit=below,
            choice=read_choice(choose),
            length=within(length, 1, LONGEST, "length"),
        )
        return OverviewConnection.of(region, choose, PageArguments(first, after, last, before))

    @computed(
        "All units one sees that a scheme scores at or below a unit, by code, at a glance. Of some thousands"
        " that is more than a request may ask for: `overviewPage` has them page by page."
    )
    async def overview(
        self,
        info: Info,
        scheme: SchemeCode,
        period: PeriodCode,
        below: BelowUnit = None,
        length: Length = 12,
        choose: Choice = None,
    ) -> Sequence[OverviewRow] | None:
        """Return the rows of an overview."""
        found = await overviews.below(
            *info.context.seat,
            scheme=scheme,
            period=period,
            unit=below,
            choice=read_choice(choose),
            length=within(length, 1, LONGEST, "length"),
        )
        return _shown(found)


_KEPT = {
    "score": attrgetter("scores"),
    "points": attrgetter("points"),
    "full_mark": attrgetter("fulls"),
    "verdict": attrgetter("verdicts"),
    "passed": attrgetter("passes"),
    "coverage": attrgetter("coverages"),
    "change": attrgetter("changes"),
    "sparkline": attrgetter("sparklines"),
}
"""By the name of a field, the column that is shown as it is."""


def _shown(found: Overview) -> Columns[OverviewRow]:
    def column(name: str) -> list[Any] | None:
        match name:
            case "outcome":
                return [OUTCOMES[code] for code in found.outcomes]
            case "reason":
                return [REASONS[code] for code in found.reasons]
            case "band":
                return _bands(found)
            case "unit":
                return [Unit.of(unit) for unit in found.units]
        return _KEPT[name](found) if name in _KEPT else None

    return Columns(OverviewRow, len(found), lambda at: OverviewRow.of(found[at]), column)


def _bands(found: Overview) -> list[Band | None]:
    """Each band shown once, however many units have it."""
    shown = {id(band): None if band is None else Band.of(band) for band in found.bands}
    return [shown[id(band)] for band in found.bands]
