"""Deadlines: what has to be done by a day of plans that were agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, or_, select

from steelyard.access.scope import Scope
from steelyard.store.plan_actions import ActionState
from steelyard.store.plans import PlanState
from steelyard.store.tables import PLAN, PLAN_ACTION
from steelyard.store.transaction import Reader


@dataclass(frozen=True, slots=True)
class ActionDeadline:
    """An action of a plan that was agreed to, and that is not done."""

    plan: str
    scheme: str
    unit_id: int
    period_id: int
    agreed_at: datetime
    number: int
    node: str | None
    due: date | None
    is_claimed: bool


async def actions(reader: Reader, scope: Scope, until: date) -> list[ActionDeadline]:
    """Return the actions under way that are due by a day or that nobody has claimed, by plan and number."""
    plan, action = PLAN.c, PLAN_ACTION.c
    of_plan = and_(plan.tenant_id == scope.tenant_id, plan.id == action.plan_id)
    query = (
        select(
            *(plan.number.label("plan"), plan.scheme, plan.unit_id, plan.period_id, plan.agreed_at),
            *(action.number, action.node, action.due, action.owner.is_not(None).label("is_claimed")),
        )
        .join_from(PLAN_ACTION, PLAN, of_plan)
        .where(action.tenant_id == scope.tenant_id, plan.agreed_at.is_not(None))
        .where(reader.within(plan.state, [PlanState.AGREED.value, PlanState.IN_PROGRESS.value]))
        .where(reader.within(action.state, [ActionState.OPEN.value, ActionState.IN_PROGRESS.value]))
        .where(or_(action.due <= until, action.owner.is_(None)))
        .order_by(plan.number, action.number)
    )
    return [ActionDeadline(**row._mapping) for row in await reader.rows(query)]
