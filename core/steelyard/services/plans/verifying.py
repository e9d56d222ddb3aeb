"""Verifying: what an action brought, kept with it; measuring again settles it, or a person who may agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, Problem
from steelyard.services import structure
from steelyard.services.administration.perform import refuse_problems
from steelyard.services.administration.texts import reason_problems
from steelyard.services.context import View
from steelyard.services.plans.changing import UNDER_WAY, Held, changing, require_not_rated
from steelyard.services.plans.plan import Plan
from steelyard.services.plans.problems import PLAN_NOT_MEASURED_AGAIN
from steelyard.services.plans.reading import plan as read_plan
from steelyard.store.plan_actions import ActionState
from steelyard.store.plans import PlanState

_SETTLED = (ActionState.VERIFIED, ActionState.NOT_EFFECTIVE)
_VERIFIABLE = (*UNDER_WAY, PlanState.VERIFIED, PlanState.NOT_EFFECTIVE)


async def record_effects(
    view: View, actor: Actor, scope: Scope, plan: str, effects: Mapping[int, Mapping[str, Any]], period: str
) -> None:
    """Keep what became of the indicators of actions, by their numbers, in a later period, as JSON.

    A `suggestion` settles an action that was done, or settled by an earlier effect: `verified` or
    `not_effective`; any other leaves it as it is. The effect of a later period, or of a corrected one, takes
    the place of the one before, which stays in the history. This is measured, nobody's opinion: so it needs
    `score.evaluate`, and whoever is rated may set it off. Raises Forbidden, and NotFound for the period.
    """
    known = await structure.load_whole(view, scope)
    async with changing(view, actor, scope, plan, Permission.SCORE_EVALUATE) as held:
        held.require_state(*_VERIFIABLE)
        at = known.period(period, [_calendar(known, held)])
        for number, effect in effects.items():
            found = held.action(number, ActionState.IN_PROGRESS, ActionState.DONE, *_SETTLED)
            values: dict[str, Any] = {"effect": dict(effect), "verified_period_id": at.id}
            suggestion = effect.get("suggestion")
            if found.state is not ActionState.IN_PROGRESS and suggestion in _SETTLED:
                values |= _settled(held, ActionState(suggestion))
            if any(getattr(found, name) != values[name] for name in ("effect", "verified_period_id")):
                said = {"measured": (_said(found.effect), _said(effect))}
                await held.change_action(found, "measured", values, beside=said)


async def judge(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    number: str,
    action: int,
    revision: int,
    verdict: Literal["verified", "not_effective"],
    reason: str,
) -> Plan:
    """Settle by a person's word, with a reason, what an action brought; its effect has been measured.

    Raises Forbidden without `plan.agree` on the unit, and for whom its scores rate (PLAN_SELF_AGREEMENT),
    Conflict (PLAN_NOT_MEASURED_AGAIN, PLAN_ACTION_CHANGED, PLAN_ACTION_STATE, PLAN_STATE).
    """
    refuse_problems([*reason_problems(reason)])
    async with changing(view, actor, scope, number, Permission.PLAN_AGREE) as held:
        await require_not_rated(view, held)
        held.require_state(*_VERIFIABLE)
        found = held.action(action)
        await held.require_action_revision(found, revision)
        held.action(action, ActionState.DONE, *_SETTLED)
        if found.effect is None:
            values = {"number": number, "action": action}
            raise Conflict(Problem(PLAN_NOT_MEASURED_AGAIN, values=values))
        await held.change_action(found, "judged", _settled(held, ActionState(verdict)), reason)
    return await read_plan(view, actor, scope, number=number)


def _settled(held: Held, state: ActionState) -> dict[str, Any]:
    return {"state": state, "verified_at": held.writer.now, "verified_by": held.actor.id}


def _said(effect: Mapping[str, Any] | None) -> Any:
    """What the history tells of an effect: its sentence."""
    return None if effect is None else effect.get("sentence", effect.get("suggestion"))


def _calendar(known: structure.Structure, held: Held) -> str:
    """The calendar of the period that the plan answers: the later one is of the same."""
    period = known.period_by_id(held.record.period_id)
    return "" if period is None else period.calendar
