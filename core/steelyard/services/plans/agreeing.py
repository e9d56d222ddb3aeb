"""Agreeing to plans, and giving them up.

Who is rated with the plan's unit does not agree to it: what a plan promises is what they are measured by
later. Who drafted it may, where their own scores do not depend on it.
"""

from __future__ import annotations

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput, Problem
from steelyard.services.administration.perform import refuse_problems
from steelyard.services.administration.texts import reason_problems
from steelyard.services.context import View
from steelyard.services.plans.changing import EDITABLE, changing, require_not_rated
from steelyard.services.plans.plan import Plan
from steelyard.services.plans.problems import PLAN_EMPTY
from steelyard.services.plans.reading import plan as read_plan
from steelyard.store.plan_actions import ActionState
from steelyard.store.plans import PlanState


async def agree(
    view: View, actor: Actor, scope: Scope, *, number: str, revision: int, reason: str = ""
) -> Plan:
    """Agree to a draft: from now on what it promises changes with a reason only.

    Raises Forbidden without `plan.agree`, and for whom the unit's scores rate (PLAN_SELF_AGREEMENT), Conflict
    (PLAN_STATE, PLAN_CHANGED), and InvalidInput for a plan without actions (PLAN_EMPTY).
    """
    async with changing(view, actor, scope, number, Permission.PLAN_AGREE) as held:
        await require_not_rated(view, held)
        await held.require_revision(revision)
        held.require_state(PlanState.DRAFT)
        if all(each.state is ActionState.DROPPED for each in held.actions.values()):
            raise InvalidInput(Problem(PLAN_EMPTY, values={"number": number}))
        values = {"state": PlanState.AGREED, "agreed_at": held.writer.now, "agreed_by": actor.id}
        await held.change("agreed", values, reason)
    return await read_plan(view, actor, scope, number=number)


async def drop(view: View, actor: Actor, scope: Scope, *, number: str, revision: int, reason: str) -> Plan:
    """Give a plan up, with a reason; it stays on record. One that was agreed needs `plan.agree`."""
    refuse_problems([*reason_problems(reason)])
    async with changing(view, actor, scope, number) as held:
        if held.is_agreed:
            actor.require(Permission.PLAN_AGREE, [held.record.unit_id])
            await require_not_rated(view, held)
        await held.require_revision(revision)
        held.require_state(*EDITABLE)
        await held.change("dropped", {"state": PlanState.DROPPED}, reason)
    return await read_plan(view, actor, scope, number=number)
