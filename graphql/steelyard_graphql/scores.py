"""Scores: what one node of the tree came out as, for one unit and period."""

from __future__ import annotations

from typing import Annotated, Self

import strawberry

from steelyard.access.permissions import Permission
from steelyard.errors import Text
from steelyard.services import peers, rankings, scorecards, trends
from steelyard.services.score_sheet import NodeScore as Found
from steelyard.services.score_sheet import Scorecard as Card
from steelyard_graphql.bands import Band
from steelyard_graphql.behind import Behind, find_behind
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.context import Info
from steelyard_graphql.exemptions import Exemption, exemption_of
from steelyard_graphql.explanations import Explanation
from steelyard_graphql.fields import computed
from steelyard_graphql.figures import percent
from steelyard_graphql.indicators import Indicator
from steelyard_graphql.limits import within
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.outcomes import Outcome, Reason
from steelyard_graphql.peers import Peers
from steelyard_graphql.records import MeasurementRecord
from steelyard_graphql.trends import LONGEST, Length, TrendPoint


@plain
@strawberry.type(description="What an indicator came out as for one unit and period.")
class NodeScore:
    """The score of a node."""

    code: str = strawberry.field(description="The code of the indicator.")
    depth: int = strawberry.field(description="0 for the root, 1 for the first level (一级指标), and so on.")
    parent_code: str | None = strawberry.field(
        description="The code of the group it is in; null for the root."
    )
    is_leaf: bool = strawberry.field(description="Whether it is measured itself.")
    outcome: Outcome = strawberry.field(description="Whether it has a score.")
    reason: Reason = strawberry.field(description="Why it has that outcome.")
    score: float | None = strawberry.field(
        description="The score 0…100, for the root after rules; null without one (得分率 × 100)."
    )
    rate: float | None = strawberry.field(description="The same as a share 0…1 of the full mark (得分率).")
    points: float | None = strawberry.field(
        description="rate × full mark (得分): a projection where something is not measured or does not apply."
    )
    full_mark: float | None = strawberry.field(description="The full mark of what applies (满分).")
    obtained: float | None = strawberry.field(description="The points really scored below it.")
    assessed: float | None = strawberry.field(description="The full marks of what was scored below it.")
    coverage: float | None = strawberry.field(
        description="Share 0…1 by weight of what was scored among what applies (覆盖率)."
    )
    passed: bool | None = strawberry.field(
        description="Whether it reaches its pass line; null without one (合格)."
    )
    pass_line: float | None = strawberry.field(
        description="The score 0…100 from which it passes: the pass line in force for the unit in the period,"
        " of a weight set or the scheme (合格线)."
    )
    target: float | None = strawberry.field(
        description="The rate 0…1 that is aimed at, by the weight set in force; null where none is (目标)."
    )
    pass_points: float | None = strawberry.field(description="The points from which it passes (合格分).")
    band: Band | None = strawberry.field(description="Its band, where the scheme has bands (等级).")
    local_weight: float | None = strawberry.field(description="Its share 0…1 among its siblings that apply.")
    global_weight: float | None = strawberry.field(description="Its share 0…1 of the root.")
    card: strawberry.Private[Card]
    found: strawberry.Private[Found]
    reason_words: strawberry.Private[Text]

    @computed("The title of the indicator.", plain=True)
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title in the language asked for."""
        return said(self.found.indicator.label, locale)

    @computed("The reason in words.", plain=True)
    def reason_text(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the reason in the language asked for."""
        return said(self.reason_words, locale)

    @computed("The indicator as the scheme defines it.", plain=True)
    def indicator(self) -> Indicator:
        """Return the indicator."""
        return Indicator.of(self.card.entry, self.card.entry.node(self.code))

    @computed("The group it is in; null for the root.", plain=True)
    def parent(self) -> NodeScore | None:
        """Return the parent."""
        return None if self.found.parent is None else NodeScore.of(self.card, self.found.parent)

    @computed("The nodes right below it.", plain=True)
    def children(self) -> list[NodeScore]:
        """Return the children."""
        return [NodeScore.of(self.card, child) for child in self.found.children]

    @computed("Why it has its number: inputs, rubric and arithmetic.")
    async def explanation(self, info: Info) -> Explanation:
        """Return the explanation."""
        context = info.context
        found = await scorecards.explain_node(
            *context.seat, scheme=self._scheme, unit=self._unit, period=self._period, node=self.code
        )
        return Explanation.of(found)

    @computed("What exempts the unit from it, or from a group that it is in; null where nothing does (豁免).")
    async def exemption(self, info: Info) -> Exemption | None:
        """Return the exemption."""
        return await exemption_of(info, self.card, self.code)

    @computed(
        "What was recorded for its measures, with who, when and where from.",
        needs=Permission.MEASUREMENT_READ,
    )
    async def records(self, info: Info) -> list[MeasurementRecord] | None:
        """Return the measurements that stand."""
        measures = self.card.entry.node(self.code).measures
        found = await info.context.loaders.records.load(
            (self.card.entry.code, self._period, self.card.unit.code)
        )
        return [MeasurementRecord.of(record) for record in found if record.measure in measures]

    @computed(
        "What stands behind a value: records, a table, sheets, or an entry by hand; null where nothing is"
        " recorded.",
        needs=Permission.MEASUREMENT_READ,
    )
    async def behind(
        self,
        info: Info,
        measure: Annotated[str, strawberry.argument(description="A measure, e.g. of `records`.")],
    ) -> Behind | None:
        """Return what is behind a value."""
        return await find_behind(
            info.context, scheme=self._scheme, unit=self._unit, period=self._period, measure=measure
        )

    @computed("Its scores in the periods up to this one, the earliest first.")
    async def trend(self, info: Info, length: Length = 12) -> list[TrendPoint]:
        """Return the trend."""
        found = await trends.trend(
            *info.context.seat,
            scheme=self._scheme,
            unit=self._unit,
            until=self._period,
            length=within(length, 1, LONGEST, "length"),
            node=self.code,
        )
        return [TrendPoint.of(point) for point in found]

    @computed("How the unit stands among the others of its type: those one sees, and all.")
    async def peers(self, info: Info) -> Peers:
        """Return the unit's place among its peers."""
        seat = info.context.seat
        table = await rankings.rank_units(*seat, scheme=self._scheme, period=self._period, node=self.code)
        standing = await peers.standing(
            *seat, scheme=self._scheme, unit=self._unit, period=self._period, node=self.code
        )
        return Peers.of(table, self._unit, standing)

    @property
    def _scheme(self) -> str:
        return self.card.entry.code

    @property
    def _unit(self) -> str:
        return self.card.unit.code

    @property
    def _period(self) -> str:
        return self.card.period.code

    @classmethod
    def of(cls, card: Card, found: Found) -> Self:
        """Show a node of a scorecard."""
        line, full = found.line, found.full
        return cls(
            code=found.code,
            depth=found.depth,
            parent_code=None if found.parent is None else found.parent.code,
            is_leaf=found.indicator.is_leaf,
            outcome=Outcome(found.outcome.value),
            reason=Reason(found.reason.value),
            score=found.score,
            rate=found.rate,
            points=found.points,
            full_mark=full,
            obtained=found.obtained,
            assessed=found.assessed,
            coverage=found.coverage,
            passed=found.passed,
            pass_line=None if line is None else percent(line),
            target=found.target,
            pass_points=found.line_points,
            band=None if found.band is None else Band.of(found.band),
            local_weight=found.local_weight,
            global_weight=found.global_weight,
            card=card,
            found=found,
            reason_words=found.reason_text,
        )
