"""The queries about plans that are kept, and the subscription to one."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Annotated

import strawberry

from steelyard.access.permissions import Permission
from steelyard.services.plans import reading, watching
from steelyard.store.plans import PlanState as State
from steelyard_graphql.arguments import BelowUnit
from steelyard_graphql.connections import After, Before, Edge, First, Last, PageArguments, page
from steelyard_graphql.context import Info
from steelyard_graphql.fields import computed
from steelyard_graphql.planning.plans import ImprovementPlan, ImprovementPlanConnection, find_plan
from steelyard_graphql.planning.states import PlanState
from steelyard_graphql.subscriptions import subscription

NumberArgument = Annotated[str, strawberry.argument(description="The number of the plan.")]


@strawberry.type
class PlanQueries:
    """The queries about plans."""

    @computed("One plan by its number.", needs=Permission.PLAN_READ)
    async def plan(self, info: Info, number: NumberArgument) -> ImprovementPlan | None:
        """Return one plan."""
        return await find_plan(info.context, number)

    @computed("Plans of units whose plans one may read, by number, page by page.", needs=Permission.PLAN_READ)
    async def plans(
        self,
        info: Info,
        scheme: Annotated[
            str | None, strawberry.argument(description="The code of a scheme: only its plans.")
        ] = None,
        unit: Annotated[
            str | None, strawberry.argument(description="The code of a unit: only its own plans.")
        ] = None,
        below: BelowUnit = None,
        period: Annotated[
            str | None, strawberry.argument(description="The code of a period: only plans that answer it.")
        ] = None,
        state: Annotated[
            PlanState | None, strawberry.argument(description="Only plans in this state.")
        ] = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> ImprovementPlanConnection | None:
        """Return a page of plans."""
        seat = info.context.seat
        wanted = None if state is None else State(str(state.value))
        numbers = await reading.numbers(
            *seat, scheme=scheme, unit=unit, below=below, period=period, state=wanted
        )
        asked = PageArguments(first, after, last, before)
        chosen, cursors = page(numbers, lambda number: number, "plans", asked)
        found = await reading.whole(*seat, numbers[chosen.start : chosen.end])
        nodes = [ImprovementPlan.of(each) for each in found]
        return ImprovementPlanConnection(
            edges=[Edge(cursor=cursor, node=node) for cursor, node in zip(cursors, nodes, strict=True)],
            nodes=nodes,
            page_info=chosen.info(cursors),
            total_count=chosen.total,
        )


@strawberry.type
class PlanSubscriptions:
    """The subscription to a plan."""

    @subscription(
        "A plan as it is, and again whenever it, one of its actions or a comment has changed.",
        needs=Permission.PLAN_READ,
    )
    async def plan_changed(self, info: Info, plan: NumberArgument) -> AsyncGenerator[ImprovementPlan, None]:
        """Follow a plan."""
        async for found in watching.follow(*info.context.seat, number=plan):
            info.context.renew()
            yield ImprovementPlan.of(found)
