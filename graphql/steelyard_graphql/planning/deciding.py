"""Agreeing to plans and giving them up; carrying actions out and judging them."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import strawberry

from steelyard.access.permissions import Permission
from steelyard.services.plans import agreeing, progress, verifying
from steelyard_graphql.context import Info
from steelyard_graphql.mutations import mutation
from steelyard_graphql.planning.changes import ACTION, ACTION_REVISION, NUMBER, REVISION, ActionArgument
from steelyard_graphql.planning.outcomes import ChangePlanResult, saved


@strawberry.enum(description="What a person says that an action brought.")
class PlanActionVerdict(Enum):
    """The verdicts."""

    VERIFIED = strawberry.enum_value("verified", description="It had effect.")
    NOT_EFFECTIVE = strawberry.enum_value("not_effective", description="It had none.")


@strawberry.input(description="A plan in the revision that was looked at.")
class PlanRevisionInput:
    """Which plan, as it was seen."""

    number: str = strawberry.field(description=NUMBER)
    revision: int = strawberry.field(description=REVISION)
    reason: str = strawberry.field(default="", description="Why, in your own words; needed to give it up.")


@strawberry.input(description="What an action brought, in the words of a person.")
class JudgePlanActionInput:
    """Which action, and what it brought."""

    number: str = strawberry.field(description=NUMBER)
    action: int = strawberry.field(description=ACTION)
    revision: int = strawberry.field(description=ACTION_REVISION)
    verdict: PlanActionVerdict = strawberry.field(description="What it brought.")
    reason: str = strawberry.field(description="Why, in your own words.")


PlanArgument = Annotated[PlanRevisionInput, strawberry.argument(description="Which plan.")]


@strawberry.type
class PlanDecisions:
    """The mutations that move plans on."""

    @mutation(
        "Agree to a draft; not for whom the unit's scores rate. What it promises changes with a reason only"
        " from then on.",
        needs=Permission.PLAN_AGREE,
    )
    async def agree_to_plan(self, info: Info, input: PlanArgument) -> ChangePlanResult:
        """Agree."""
        change = agreeing.agree(
            *info.context.seat, number=input.number, revision=input.revision, reason=input.reason
        )
        return await saved(info.context, change, input.number, input.revision)

    @mutation("Give a plan up, with a reason; it stays on record.", needs=Permission.PLAN_EDIT)
    async def drop_plan(self, info: Info, input: PlanArgument) -> ChangePlanResult:
        """Give up."""
        change = agreeing.drop(
            *info.context.seat, number=input.number, revision=input.revision, reason=input.reason
        )
        return await saved(info.context, change, input.number, input.revision)

    @mutation("Begin an action of a plan that was agreed.", needs=Permission.PLAN_EDIT)
    async def begin_plan_action(self, info: Info, input: ActionArgument) -> ChangePlanResult:
        """Begin."""
        number, action, revision = input.number, input.action, input.revision
        change = progress.begin(*info.context.seat, number=number, action=action, revision=revision)
        return await saved(info.context, change, number, revision, action)

    @mutation(
        "Say that an action was done; whether it had effect, measuring again tells.",
        needs=Permission.PLAN_EDIT,
    )
    async def finish_plan_action(self, info: Info, input: ActionArgument) -> ChangePlanResult:
        """Finish."""
        number, action, revision = input.number, input.action, input.revision
        change = progress.finish(
            *info.context.seat, number=number, action=action, revision=revision, reason=input.reason
        )
        return await saved(info.context, change, number, revision, action)

    @mutation("Say that an action was not done after all, with a reason.", needs=Permission.PLAN_EDIT)
    async def reopen_plan_action(self, info: Info, input: ActionArgument) -> ChangePlanResult:
        """Open again."""
        number, action, revision = input.number, input.action, input.revision
        change = progress.reopen(
            *info.context.seat, number=number, action=action, revision=revision, reason=input.reason
        )
        return await saved(info.context, change, number, revision, action)

    @mutation(
        "Settle by a person's word what an action brought, once it was measured again; not for whom the"
        " unit's scores rate.",
        needs=Permission.PLAN_AGREE,
    )
    async def judge_plan_action(
        self,
        info: Info,
        input: Annotated[JudgePlanActionInput, strawberry.argument(description="What it brought.")],
    ) -> ChangePlanResult:
        """Judge."""
        number, action, revision = input.number, input.action, input.revision
        good = input.verdict is PlanActionVerdict.VERIFIED
        change = verifying.judge(
            *info.context.seat,
            number=number,
            action=action,
            revision=revision,
            verdict="verified" if good else "not_effective",
            reason=input.reason,
        )
        return await saved(info.context, change, number, revision, action)
