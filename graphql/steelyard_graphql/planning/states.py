"""How far plans and actions are."""

from __future__ import annotations

from enum import Enum

import strawberry

from steelyard.store.plan_actions import ActionState as OfAction
from steelyard.store.plans import PlanState as OfPlan


@strawberry.enum(description="How far a plan is. After agreement it follows from its actions.")
class PlanState(Enum):
    """The states of plans in the store."""

    DRAFT = strawberry.enum_value(OfPlan.DRAFT.value, description="It is being written.")
    AGREED = strawberry.enum_value(
        OfPlan.AGREED.value, description="Somebody agreed to it; what it promises changes with a reason only."
    )
    IN_PROGRESS = strawberry.enum_value(OfPlan.IN_PROGRESS.value, description="An action was begun.")
    DONE = strawberry.enum_value(OfPlan.DONE.value, description="All its actions were done.")
    VERIFIED = strawberry.enum_value(OfPlan.VERIFIED.value, description="All its actions had effect.")
    NOT_EFFECTIVE = strawberry.enum_value(
        OfPlan.NOT_EFFECTIVE.value, description="All were measured again, and one at least had no effect."
    )
    DROPPED = strawberry.enum_value(OfPlan.DROPPED.value, description="It was given up.")


@strawberry.enum(description="How far an action of a plan is.")
class PlanActionState(Enum):
    """The states of actions in the store."""

    OPEN = strawberry.enum_value(OfAction.OPEN.value, description="It is to be done.")
    IN_PROGRESS = strawberry.enum_value(OfAction.IN_PROGRESS.value, description="It was begun.")
    DONE = strawberry.enum_value(
        OfAction.DONE.value, description="It was done; whether it had effect is not settled."
    )
    VERIFIED = strawberry.enum_value(OfAction.VERIFIED.value, description="Its effect was measured.")
    NOT_EFFECTIVE = strawberry.enum_value(
        OfAction.NOT_EFFECTIVE.value, description="It was measured again, and had no effect."
    )
    DROPPED = strawberry.enum_value(OfAction.DROPPED.value, description="It is not going to be done.")
