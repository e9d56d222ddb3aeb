"""Rankings (排名): all units by one indicator, page by page, with ties and neighbours."""

from __future__ import annotations

from typing import Annotated, Self

import strawberry

from steelyard.services import rankings
from steelyard.services.rankings import End, RankEntry, RankingTable
from steelyard_graphql.arguments import AtIndicator, BelowUnit, PeriodCode, SchemeCode
from steelyard_graphql.bands import Band
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.connections import (
    After,
    Before,
    Connection,
    Edge,
    First,
    Last,
    PageArguments,
    Window,
    check,
    read_cursor,
    window,
    write_cursor,
    wrong_cursor,
)
from steelyard_graphql.context import Info
from steelyard_graphql.fields import computed
from steelyard_graphql.limits import within
from steelyard_graphql.outcomes import Outcome, Reason
from steelyard_graphql.spreads import Spread
from steelyard_graphql.unit_choices import PLACES_MOST, Choice, read_choice
from steelyard_graphql.units import Unit

LIST = "ranking"
NEIGHBOURS_MOST = 50
ENTRIES_MOST = 200


@plain
@strawberry.type(description="A unit's place in a ranking.")
class RankingEntry:
    """An entry of a ranking."""

    rank: int | None = strawberry.field(description="1 is the best; equal scores share a rank: 1, 2, 2, 4.")
    tied: int = strawberry.field(
        description="How many units share the rank, this one included; 0 without a score."
    )
    outcome: Outcome = strawberry.field(
        description="Whether it has a score; those without come last and have no rank."
    )
    reason: Reason = strawberry.field(description="Why it has that outcome.")
    score: float | None = strawberry.field(description="The score (0…100).")
    points: float | None = strawberry.field(description="The points.")
    band: Band | None = strawberry.field(description="Its band, where the scheme has bands.")
    passed: bool | None = strawberry.field(description="Whether it reaches the pass line.")
    percentile: float | None = strawberry.field(
        description="Share 0…1 of the other ranked units that are worse; equal ones count half."
    )
    quartile: int | None = strawberry.field(description="1 for the best quarter of the ranked units to 4.")
    found: strawberry.Private[RankEntry]

    @computed("The unit.", plain=True)
    def unit(self) -> Unit:
        """Return the unit."""
        return Unit.of(self.found.unit)

    @classmethod
    def of(cls, found: RankEntry) -> Self:
        """Show an entry."""
        return cls(
            rank=found.rank,
            tied=found.tied,
            outcome=Outcome(found.outcome.value),
            reason=Reason(found.reason.value),
            score=found.score,
            points=found.points,
            band=None if found.band is None else Band.of(found.band),
            passed=found.passed,
            percentile=found.percentile,
            quartile=found.quartile,
            found=found,
        )


@plain
@strawberry.type(
    description=(
        "The best or the worst of a ranking. Whoever ties at the cut is among them, but at most "
        f"{ENTRIES_MOST} are listed."
    )
)
class RankingEnd:
    """An end of a ranking."""

    entries: list[RankingEntry] = strawberry.field(
        description="The places, the best first at the top and the worst first at the bottom."
    )
    left_out: int = strawberry.field(
        description="How many more tie with those listed last; 0 unless so many tie that they are not listed."
    )

    @classmethod
    def of(cls, found: End) -> Self:
        """Show an end."""
        return cls(entries=[RankingEntry.of(each) for each in found.entries], left_out=found.left_out)


Count = Annotated[int, strawberry.argument(description=f"How many: 1 to {PLACES_MOST}.")]


@plain
@strawberry.type(description="One page of a ranking, and what can be said of all of it.")
class RankingConnection(Connection[RankingEntry]):
    """A page of a ranking."""

    scored_count: int = strawberry.field(description="How many units have a score, and so a rank.")
    spread: Spread = strawberry.field(description="What the scores of all units look like together.")
    table: strawberry.Private[RankingTable]

    @computed("The place of one unit, wherever its page is.", plain=True)
    def entry(
        self, unit: Annotated[str, strawberry.argument(description="The code of a unit in the ranking.")]
    ) -> RankingEntry | None:
        """Return one unit's entry."""
        return RankingEntry.of(self.table.find(unit))

    @computed("A unit and those right before and after it, wherever its page is.", plain=True)
    def neighbours(
        self,
        unit: Annotated[str, strawberry.argument(description="The code of a unit in the ranking.")],
        reach: Annotated[
            int, strawberry.argument(description=f"How many before it and after it: 0 to {NEIGHBOURS_MOST}.")
        ] = 2,
    ) -> list[RankingEntry] | None:
        """Return the neighbours in order."""
        within(reach, 0, NEIGHBOURS_MOST, "reach")
        return [RankingEntry.of(found) for found in self.table.neighbours(unit, reach)]

    @computed(
        "The best, with all who tie with the last of them; units without a score are in neither end.",
        plain=True,
    )
    def top(self, count: Count = 5) -> RankingEnd | None:
        """Return the top."""
        return RankingEnd.of(self.table.best(within(count, 1, PLACES_MOST, "count"), ENTRIES_MOST))

    @computed("The worst, the last one first, with all who tie with the best of them.", plain=True)
    def bottom(self, count: Count = 5) -> RankingEnd | None:
        """Return the bottom."""
        return RankingEnd.of(self.table.worst(within(count, 1, PLACES_MOST, "count"), ENTRIES_MOST))


@strawberry.type
class RankingQueries:
    """The queries about rankings."""

    @computed("All units one sees that a scheme scores, ranked by one indicator in one period.")
    async def ranking(
        self,
        info: Info,
        scheme: SchemeCode,
        period: PeriodCode,
        indicator: AtIndicator = None,
        below: BelowUnit = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        choose: Choice = None,
    ) -> RankingConnection | None:
        """Return a page of a ranking."""
        asked = PageArguments(first, after, last, before)
        table = await rankings.rank_units(
            *info.context.seat,
            scheme=scheme,
            period=period,
            node=indicator,
            below=below,
            choice=read_choice(choose),
        )
        return _connection(table, _window(table, asked))


def _window(table: RankingTable, asked: PageArguments) -> Window:
    check(asked)
    after = None if asked.after is None else _place(table, asked.after, "after")[1]
    before = None if asked.before is None else _place(table, asked.before, "before")[0]
    return window(table.total, asked, after, before)


def _place(table: RankingTable, cursor: str, argument: str) -> tuple[int, int]:
    """Where the row of a cursor stands, or stood, and where what follows it begins."""
    match read_cursor(cursor, LIST, argument):
        case [float(score), str(unit)]:
            after = table.position_after(score, unit)
        case [str(unit)]:
            after = table.position_after(None, unit)
        case _:
            raise wrong_cursor(cursor, argument)
    is_there = after > 0 and table.entries(after - 1, after)[0].unit.code == unit
    return (after - 1 if is_there else after, after)


def _cursor(found: RankEntry) -> str:
    score = () if found.score is None else (found.score,)
    return write_cursor(LIST, *score, found.unit.code)


def _connection(table: RankingTable, chosen: Window) -> RankingConnection:
    rows = table.entries(chosen.start, chosen.end)
    nodes = [RankingEntry.of(found) for found in rows]
    cursors = [_cursor(found) for found in rows]
    return RankingConnection(
        edges=[Edge(cursor=cursor, node=node) for cursor, node in zip(cursors, nodes, strict=True)],
        nodes=nodes,
        page_info=chosen.info(cursors),
        total_count=table.total,
        scored_count=table.scored,
        spread=Spread.of(table.spread),
        table=table,
    )
