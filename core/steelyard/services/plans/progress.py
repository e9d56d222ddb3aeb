"""Carrying actions out: begin, finish, open again. The plan's state follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.services.administration.perform import refuse_problems
from steelyard.services.administration.texts import reason_problems
from steelyard.services.context import View
from steelyard.services.plans.changing import UNDER_WAY, changing
from steelyard.services.plans.plan import PENDING, Plan
from steelyard.services.plans.reading import plan as read_plan
from steelyard.store.plan_actions import ActionState


async def begin(view: View, actor: Actor, scope: Scope, *, number: str, action: int, revision: int) -> Plan:
    """Begin an open action of a plan that was agreed; Conflict (PLAN_STATE, PLAN_ACTION_…)."""
    values = {"state": ActionState.IN_PROGRESS}
    return await _move(view, actor, scope, number, action, revision, "begun", values, [ActionState.OPEN])


async def finish(
    view: View, actor: Actor, scope: Scope, *, number: str, action: int, revision: int, reason: str = ""
) -> Plan:
    """Say that an action was done; whether it helped, only measuring again tells."""
    values = {"state": ActionState.DONE}
    return await _move(view, actor, scope, number, action, revision, "done", values, PENDING, reason)


async def reopen(
    view: View, actor: Actor, scope: Scope, *, number: str, action: int, revision: int, reason: str
) -> Plan:
    """Say that an action was not done after all, with a reason; its effect has not been settled yet."""
    refuse_problems([*reason_problems(reason)])
    values = {"state": ActionState.IN_PROGRESS, "done_at": None, "done_by": None}
    return await _move(
        view, actor, scope, number, action, revision, "reopened", values, [ActionState.DONE], reason
    )


async def _move(
    view: View,
    actor: Actor,
    scope: Scope,
    number: str,
    action: int,
    revision: int,
    what: str,
    values: Mapping[str, Any],
    allowed: tuple[ActionState, ...] | list[ActionState],
    reason: str = "",
) -> Plan:
    async with changing(view, actor, scope, number) as held:
        held.require_state(*UNDER_WAY)
        found = held.action(action)
        await held.require_action_revision(found, revision)
        held.action(action, *allowed)
        done = {"done_at": held.writer.now, "done_by": actor.id} if what == "done" else {}
        await held.change_action(found, what, {**values, **done}, reason)
    return await read_plan(view, actor, scope, number=number)
