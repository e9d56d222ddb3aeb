"""The state of a plan, as far as it follows from the states of its actions."""

from __future__ import annotations

from collections.abc import Collection

from steelyard.store.plan_actions import ActionState
from steelyard.store.plans import PlanState

_JUDGED = frozenset({ActionState.VERIFIED, ActionState.NOT_EFFECTIVE})
_FINISHED = _JUDGED | {ActionState.DONE}
_UNMOVED = frozenset({PlanState.DRAFT, PlanState.DROPPED})
"""Plans that no action moves: people agree to them, and people drop them."""


def followed(state: PlanState, actions: Collection[ActionState]) -> PlanState:
    """The state of a plan whose actions are in these states; actions that were dropped do not count.

    A plan is verified when all its actions are; one that was not effective makes it not effective.
    """
    counting = [each for each in actions if each is not ActionState.DROPPED]
    if state in _UNMOVED or not counting:
        return state
    if all(each in _JUDGED for each in counting):
        failed = ActionState.NOT_EFFECTIVE in counting
        return PlanState.NOT_EFFECTIVE if failed else PlanState.VERIFIED
    if all(each in _FINISHED for each in counting):
        return PlanState.DONE
    begun = any(each is not ActionState.OPEN for each in counting)
    return PlanState.IN_PROGRESS if begun else PlanState.AGREED
