"""Scorecards: one unit's scores in one scheme and period, at every node of the tree."""

from __future__ import annotations

from typing import Self

import strawberry

from steelyard.access.permissions import Permission
from steelyard.errors import Text
from steelyard.scoring.outcome import RuleState as State
from steelyard.services import scorecards, trends, weaknesses
from steelyard.services.plans import drafting
from steelyard.services.records import findings
from steelyard.services.score_sheet import Scorecard as Card
from steelyard_graphql.arguments import AtIndicator, IndicatorCode, MaxDepth, PeriodCode, SchemeCode, UnitCode
from steelyard_graphql.context import Info, RequestContext
from steelyard_graphql.exemptions import Exemption, exemptions_of
from steelyard_graphql.fields import computed
from steelyard_graphql.findings import RecordFinding
from steelyard_graphql.ids import global_id
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.nodes import Node
from steelyard_graphql.periods import Period
from steelyard_graphql.plans import DraftPlan
from steelyard_graphql.rules import RuleResult
from steelyard_graphql.runs import Run
from steelyard_graphql.schemes import Scheme
from steelyard_graphql.scores import NodeScore
from steelyard_graphql.units import Unit
from steelyard_graphql.weak_points import Diagnosis
from steelyard_graphql.weights.sets import WeightSet


@strawberry.type(
    description="The scores of one unit in one scheme and period, drilled down to any depth (评价表)."
)
class Scorecard(Node):
    """A scorecard."""

    period: Period = strawberry.field(description="The period.")
    verdict: str | None = strawberry.field(
        description="What the rules finally say: a verdict of the scheme, or the band (结论)."
    )
    uncut_score: float | None = strawberry.field(
        description="The root's score after adjustments, before it is cut to 0…100."
    )
    run: Run | None = strawberry.field(
        description="The evaluation that was stored last for this scheme and period, if any; of all units,"
        " so only those who see all of them see it."
    )
    card: strawberry.Private[Card]
    verdict_text: strawberry.Private[Text | None]

    @computed("The verdict in words.")
    def verdict_title(self, locale: LocaleArgument = Locale.EN) -> str | None:
        """Return the verdict's title in the language asked for."""
        return None if self.verdict_text is None else said(self.verdict_text, locale)

    @computed("The unit.")
    def unit(self) -> Unit:
        """Return the unit."""
        return Unit.of(self.card.unit)

    @computed("The scheme; of a closed period in the version that it was evaluated with.")
    def scheme(self) -> Scheme:
        """Return the scheme."""
        return Scheme.of(self.card.entry)

    @computed("The root of the tree: the score of the unit as a whole.")
    def root(self) -> NodeScore:
        """Return the root."""
        return NodeScore.of(self.card, self.card.root)

    @computed("All nodes as one list, parents before children; depth and parent tell the tree.")
    def nodes(
        self,
        max_depth: MaxDepth = None,
    ) -> list[NodeScore]:
        """Return the nodes in preorder."""
        chosen = (node for node in self.card.nodes if max_depth is None or node.depth <= max_depth)
        return [NodeScore.of(self.card, node) for node in chosen]

    @computed("One node by the code of its indicator.")
    def node(self, code: IndicatorCode) -> NodeScore | None:
        """Return one node."""
        return NodeScore.of(self.card, self.card.node(code))

    @computed("What the unit is exempt from in the period, indicators and rules (豁免).")
    async def exemptions(self, info: Info) -> list[Exemption]:
        """Return the exemptions."""
        return await exemptions_of(info, self.card)

    @computed("The rules that fired, that could not be decided, or that the unit is exempt from.")
    def rules(self) -> list[RuleResult]:
        """Return what became of the rules."""
        return [RuleResult.of(found) for found in self.card.rules if found.state is not State.QUIET]

    @computed("How far the score lies above the period before; null where either has none.")
    async def change(self, info: Info) -> float | None:
        """Return the change."""
        points = await trends.trend(
            *info.context.seat, scheme=self._scheme, unit=self._unit, until=self.period.code, length=1
        )
        return points[-1].change if points else None

    @computed("The weight set that its scores were worked out with; null for the scheme's own weights.")
    async def weight_set(self, info: Info) -> WeightSet | None:
        """Return the set."""
        found = await scorecards.weight_set(*info.context.seat, scheme=self._scheme, period=self.period.code)
        return None if found is None else WeightSet.of(found, self.card.entry)

    @computed("What is weak and what was not measured, by the points that it could gain.")
    async def diagnosis(self, info: Info, at: AtIndicator = None) -> Diagnosis | None:
        """Return the weak points."""
        found = await weaknesses.find(
            *info.context.seat, scheme=self._scheme, unit=self._unit, period=self.period.code, node=at
        )
        return Diagnosis.of(found, self.card.entry)

    @computed("A draft plan made of the weak points and the pack's advice (改进计划).")
    async def draft_plan(self, info: Info, at: AtIndicator = None) -> DraftPlan | None:
        """Return a draft plan."""
        found = await drafting.draft(
            *info.context.seat, scheme=self._scheme, unit=self._unit, period=self.period.code, node=at
        )
        return DraftPlan.of(found, self.card.entry)

    @computed(
        "What checks of the records behind it found, and which of them are late; no score changes by it.",
        needs=Permission.MEASUREMENT_READ,
    )
    async def record_findings(self, info: Info) -> list[RecordFinding] | None:
        """Return the findings."""
        found = await findings.findings(
            *info.context.seat, scheme=self._scheme, unit=self._unit, period=self.period.code
        )
        return [RecordFinding.of(each) for each in found]

    @property
    def _scheme(self) -> str:
        return self.card.entry.code

    @property
    def _unit(self) -> str:
        return self.card.unit.code

    @classmethod
    def of(cls, card: Card) -> Self:
        """Show a scorecard."""
        return cls(
            id=strawberry.ID(global_id("Scorecard", card.entry.code, card.unit.code, card.period.code)),
            period=Period.of(card.period),
            verdict=card.verdict,
            uncut_score=card.uncut,
            run=None if card.run is None else Run.of(card.run),
            card=card,
            verdict_text=card.verdict_title,
        )


async def find_scorecard(context: RequestContext, scheme: str, unit: str, period: str) -> Scorecard:
    """Return one scorecard; NotFound."""
    return Scorecard.of(await scorecards.card(*context.seat, scheme=scheme, unit=unit, period=period))


@strawberry.type
class ScorecardQueries:
    """The queries about scorecards."""

    @computed("The scorecard of a unit for one scheme and period.")
    async def scorecard(
        self, info: Info, unit: UnitCode, scheme: SchemeCode, period: PeriodCode
    ) -> Scorecard | None:
        """Return one scorecard."""
        return await find_scorecard(info.context, scheme, unit, period)
