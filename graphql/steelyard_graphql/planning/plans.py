"""Improvement plans (改进计划) that are kept: what they answer, what is done, and what it brought."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

import strawberry

from steelyard.access.permissions import Permission
from steelyard.errors import NotFound, Text
from steelyard.services import effects, structure
from steelyard.services.administration import policy
from steelyard.services.plans import reading
from steelyard.services.plans.plan import Plan
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.store.plan_findings import FindingRecord
from steelyard_graphql.connections import Connection
from steelyard_graphql.context import Info, RequestContext
from steelyard_graphql.fields import computed
from steelyard_graphql.ids import global_id
from steelyard_graphql.indicators import Indicator
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.nodes import Node
from steelyard_graphql.periods import Period, find_period
from steelyard_graphql.planning.actions import ImprovementAction
from steelyard_graphql.planning.baselines import PlanBaseline, PlanFigures, figure
from steelyard_graphql.planning.history import PlanChange, PlanComment
from steelyard_graphql.planning.states import PlanState
from steelyard_graphql.schemes import Scheme, find_scheme
from steelyard_graphql.scorecards import Scorecard, find_scorecard
from steelyard_graphql.units import Unit, find_unit


@strawberry.type(description="A weak point that a plan answers, as it was found.")
class PlanFinding:
    """A finding."""

    key: str = strawberry.field(description="Its key, by which actions name it: `below_line:FD.CORE`.")
    kind: str = strawberry.field(
        description="below_line, falling, behind_peers, rule_fired, not_measured or data_quality."
    )
    node: str | None = strawberry.field(description="The code of the indicator it is about.")
    node_gone: bool = strawberry.field(
        description="Whether the scheme that is installed has no such indicator any more."
    )
    indicator: Indicator | None = strawberry.field(
        description="The indicator as it is now; null where it is gone, or there is none."
    )
    cost: float | None = strawberry.field(description="The points that it cost the root then.")
    record: strawberry.Private[FindingRecord]

    @computed("What was amiss, as it was called then.")
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title in the language asked for."""
        return said(self.record.title, locale)

    @computed("The evidence in words, with the figures of then.")
    def sentence(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the sentence in the language asked for."""
        return said(self.record.sentence, locale)

    @classmethod
    def of(cls, record: FindingRecord, entry: SchemeEntry | None) -> Self:
        """Show a finding."""
        found = None if entry is None or record.node is None else entry.by_code.get(record.node)
        return cls(
            key=record.key,
            kind=record.kind,
            node=record.node,
            node_gone=record.node is not None and found is None,
            indicator=None if entry is None or found is None else Indicator.of(entry, found),
            cost=figure(record.cost),
            record=record,
        )


@strawberry.type(description="What a plan is to reach, as it was worked out when it was made.")
class PlanTarget:
    """A target."""

    kind: str = strawberry.field(description="line, band or verdict.")
    band_code: str | None = strawberry.field(description="The code of the band, where one was meant.")
    points: float | None = strawberry.field(description="The points of the node from which it is reached.")
    needed: float | None = strawberry.field(description="The points that were lacking.")
    status: str = strawberry.field(
        description="What became of the search for a path: found, infeasible, unsupported, unmeasured,"
        " undecided."
    )
    lacking: float | None = strawberry.field(
        description="The points that all advice together would leave lacking; 0 where it reaches the target."
    )
    most: PlanFigures | None = strawberry.field(description="What all advice together would come to.")
    words: strawberry.Private[Text]

    @computed("What was found, in words.")
    def reason(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the words in the language asked for."""
        return said(self.words, locale)

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """Show a target."""
        return cls(
            kind=told["kind"],
            band_code=told["band"],
            points=figure(told["points"]),
            needed=figure(told["needed"]),
            status=told["status"],
            lacking=figure(told["lacking"]),
            most=None if told["most"] is None else PlanFigures.of(told["most"]),
            words=Text(**told["reason"]),
        )


@strawberry.type(description="A plan that answers weak points of a unit in a period (改进计划).")
class ImprovementPlan(Node):
    """A plan."""

    number: str = strawberry.field(description="Its number, drawn at random, by which it is named.")
    title: str = strawberry.field(description="What it is called.")
    state: PlanState = strawberry.field(description="How far it is.")
    revision: int = strawberry.field(
        description="How often the plan itself has changed, its actions aside; changes name the one they saw."
    )
    node: str = strawberry.field(description="The code of the indicator that it is to improve.")
    target: PlanTarget | None = strawberry.field(description="What it is to reach; null where nobody said.")
    effort_days: float | None = strawberry.field(
        description="What its actions cost together, in person-days; dropped ones and those where it is not"
        " known are left out, null where it is known of none."
    )
    created_at: datetime.datetime = strawberry.field(description="When it was drafted.")
    created_by: str = strawberry.field(
        description="Who drafted it: the code of an account, for persons a pseudonym."
    )
    changed_at: datetime.datetime = strawberry.field(description="When the plan itself last changed.")
    agreed_at: datetime.datetime | None = strawberry.field(description="When it was agreed to.")
    agreed_by: str | None = strawberry.field(description="Who agreed to it.")
    plan: strawberry.Private[Plan]

    @computed("The scheme, in the version that is installed; null where it is not installed any more.")
    async def scheme(self, info: Info) -> Scheme | None:
        """Return the scheme."""
        try:
            return await find_scheme(info.context, self.plan.record.scheme)
        except NotFound:
            return None

    @computed("The unit that it is for.")
    async def unit(self, info: Info) -> Unit | None:
        """Return the unit."""
        return await find_unit(info.context, self.plan.unit)

    @computed("The period whose evaluation it answers.")
    async def period(self, info: Info) -> Period | None:
        """Return the period."""
        view, _, scope = info.context.seat
        known = (await structure.load_whole(view, scope)).period_by_id(self.plan.record.period_id)
        return None if known is None else await find_period(info.context, known.calendar, known.code)

    @computed("The scores of its unit and period as they are now, corrections included.")
    async def scorecard(self, info: Info) -> Scorecard | None:
        """Return the scorecard."""
        found = self.plan
        return await find_scorecard(info.context, found.record.scheme, found.unit, found.period)

    @computed("How things stood when it was made.")
    def baseline(self, info: Info) -> PlanBaseline:
        """Return the baseline."""
        sees_all = info.context.scope.unit_ids is None
        return PlanBaseline.of(self.plan.record.baseline, sees_runs=sees_all)

    @computed("The weak points that it answers, the costliest first.")
    def findings(self, info: Info) -> list[PlanFinding]:
        """Return the findings."""
        entry = _entry(info.context, self.plan)
        return [PlanFinding.of(each, entry) for each in self.plan.findings]

    @computed("Its actions by number, those that were dropped included.")
    async def actions(self, info: Info) -> list[ImprovementAction]:
        """Return the actions."""
        view, actor, scope = info.context.seat
        entry, base = _entry(info.context, self.plan), self.plan.record.baseline
        least = (await policy.current(view, scope)).peer_minimum
        seen = actor.account_scope(scope)
        return [
            ImprovementAction.of(
                self.number,
                each,
                base,
                entry,
                None if each.record.effect is None else effects.told(each.record.effect, seen, least),
            )
            for each in self.plan.actions
        ]

    @computed("What people said about it and its actions, the oldest first.", needs=Permission.PLAN_READ)
    async def comments(self, info: Info) -> list[PlanComment] | None:
        """Return the comments."""
        numbers = {each.record.id: each.record.number for each in self.plan.actions}
        found = await info.context.loaders.plan_comments.load(self.plan)
        return [
            PlanComment.of(each, None if each.action_id is None else numbers.get(each.action_id))
            for each in found
        ]

    @computed("What was changed of it and its actions, the oldest first.", needs=Permission.PLAN_READ)
    async def history(self, info: Info) -> list[PlanChange] | None:
        """Return the history."""
        return [PlanChange.of(each) for each in await info.context.loaders.plan_histories.load(self.plan)]

    @classmethod
    def of(cls, plan: Plan) -> Self:
        """Show a plan."""
        record = plan.record
        efforts = [
            each.record.effort
            for each in plan.actions
            if each.record.effort is not None and each.record.state.value != "dropped"
        ]
        return cls(
            id=strawberry.ID(global_id("ImprovementPlan", record.number)),
            number=record.number,
            title=record.title,
            state=PlanState(record.state.value),
            revision=record.revision,
            node=record.node,
            target=None if record.target is None else PlanTarget.of(record.target),
            effort_days=float(sum(efforts)) if efforts else None,
            created_at=record.created_at,
            created_by=record.created_by,
            changed_at=record.changed_at,
            agreed_at=record.agreed_at,
            agreed_by=record.agreed_by,
            plan=plan,
        )


@strawberry.type(name="ImprovementPlanConnection", description="One page of a list of plans.")
class ImprovementPlanConnection(Connection[ImprovementPlan]):
    """A page of plans."""


async def find_plan(context: RequestContext, number: str) -> ImprovementPlan:
    """Return one plan; NotFound (PLAN_NOT_FOUND)."""
    return ImprovementPlan.of(await reading.plan(*context.seat, number=number))


def _entry(context: RequestContext, plan: Plan) -> SchemeEntry | None:
    """The scheme as it is installed; None where it is not any more."""
    try:
        return context.view.context.entry(plan.record.scheme)
    except NotFound:
        return None
