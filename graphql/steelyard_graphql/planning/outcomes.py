"""What changes of plans answer: the plan as it stands now, or why it is as it was."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Annotated

import strawberry

from steelyard.errors import Conflict
from steelyard.services.plans import reading
from steelyard.services.plans.history import since
from steelyard.services.plans.plan import Plan
from steelyard.services.plans.problems import PLAN_ACTION_CHANGED, PLAN_CHANGED
from steelyard_graphql.context import RequestContext
from steelyard_graphql.faults import Problem
from steelyard_graphql.planning.history import PlanChange
from steelyard_graphql.planning.plans import ImprovementPlan

_STALE = (PLAN_CHANGED.code, PLAN_ACTION_CHANGED.code)


@strawberry.type(description="A plan as it stands after a mutation.")
class PlanSaved:
    """The success of most changes."""

    plan: ImprovementPlan = strawberry.field(description="The plan.")


@strawberry.type(
    description="The plan, or the action, has changed since the revision that was named; nothing was done."
)
class PlanStale:
    """What changed meanwhile."""

    problem: Problem = strawberry.field(description="The same in words.")
    changes: list[PlanChange] = strawberry.field(
        description="What changed since: which fields, what they say now, and by whom."
    )
    plan: ImprovementPlan = strawberry.field(description="The plan as it is now.")


ChangePlanResult = Annotated[
    PlanSaved | PlanStale | Problem,
    strawberry.union("ChangePlanResult", description="The plan, or what is wrong."),
]


async def saved(
    context: RequestContext,
    change: Awaitable[Plan],
    number: str,
    revision: int = 0,
    action: int | None = None,
) -> PlanSaved | PlanStale:
    """Make a change on a revision of a plan or an action; where that has changed since, tell what did."""
    try:
        made = await change
    except Conflict as error:
        if error.code not in _STALE:
            raise
        found = await reading.plan(*context.seat, number=number)
        history = (await reading.histories(*context.seat, [found]))[found.record.id]
        return PlanStale(
            problem=Problem.of_all(error.problems),
            changes=[PlanChange.of(each) for each in since(history, action, revision)],
            plan=ImprovementPlan.of(found),
        )
    context.renew()
    return PlanSaved(plan=ImprovementPlan.of(made))
