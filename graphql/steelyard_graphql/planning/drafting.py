"""Drafting plans that are kept: from findings, or from a path to a grade."""

from __future__ import annotations

from typing import Annotated

import strawberry

from steelyard.access.permissions import Permission
from steelyard.services.plans import creating
from steelyard_graphql.context import Info
from steelyard_graphql.faults import Problem
from steelyard_graphql.locale import Locale
from steelyard_graphql.mutations import mutation
from steelyard_graphql.paths import PathTarget, PathToGrade
from steelyard_graphql.planning.plans import ImprovementPlan


@strawberry.input(description="A plan to be drafted and kept.")
class DraftPlanInput:
    """What it is about."""

    scheme: str = strawberry.field(description="The code of the scheme.")
    unit: str = strawberry.field(description="The code of the unit.")
    period: str = strawberry.field(description="The code of the period whose evaluation it answers.")
    node: str | None = strawberry.field(
        default=None, description="The code of the indicator to improve; the root if left out."
    )
    title: str | None = strawberry.field(
        default=None, description="What it is to be called; its indicator and period if left out."
    )
    findings: list[str] | None = strawberry.field(
        default=None, description="The keys of the findings that it answers; all of them if left out."
    )
    target: PathTarget | None = strawberry.field(
        default=None,
        description="What it is to reach with the least effort; if left out, it has all that is advised.",
    )
    locale: Locale = strawberry.field(
        default=Locale.EN, description="The language of the title where none is given."
    )


@strawberry.type(description="A plan was drafted, and is kept.")
class PlanDrafted:
    """The success of draftPlan."""

    plan: ImprovementPlan = strawberry.field(description="The plan, with its actions.")
    path: PathToGrade | None = strawberry.field(
        description="What the search for a path to the target found; null without a target."
    )


DraftPlanResult = Annotated[
    PlanDrafted | Problem,
    strawberry.union("DraftPlanResult", description="The plan that was drafted, or what is wrong."),
]


@strawberry.type
class PlanDrafting:
    """The mutation that drafts plans."""

    @mutation(
        "Draft a plan for a unit and keep it: from its findings, or along the cheapest path to a target.",
        needs=Permission.PLAN_EDIT,
    )
    async def draft_plan(
        self,
        info: Info,
        input: Annotated[DraftPlanInput, strawberry.argument(description="What it is about.")],
    ) -> DraftPlanResult:
        """Draft a plan."""
        made = await creating.create(
            *info.context.seat,
            scheme=input.scheme,
            unit=input.unit,
            period=input.period,
            node=input.node,
            title=input.title,
            findings=input.findings,
            target=None if input.target is None else input.target.target(),
            locale="zh" if input.locale is Locale.ZH else "en",
        )
        info.context.renew()
        path = None if made.answer is None else PathToGrade.of(made.answer, made.entry)
        return PlanDrafted(plan=ImprovementPlan.of(made.plan), path=path)
