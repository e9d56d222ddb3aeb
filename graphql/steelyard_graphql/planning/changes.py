"""Editing plans: title, actions, comments."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any

import strawberry

from steelyard.access.permissions import Permission
from steelyard.services.plans import editing, notes
from steelyard_graphql.context import Info
from steelyard_graphql.mutations import mutation
from steelyard_graphql.planning.outcomes import ChangePlanResult, saved

NUMBER = "The number of the plan."
ACTION = "The number of the action within the plan."
REVISION = "The revision of the plan that was looked at."
ACTION_REVISION = "The revision of the action that was looked at."
WHY = "Why, in your own words; needed where something that was promised changes after agreement."
_NUMBERS = ("effort_days", "expected_effect")


@strawberry.input(description="Another title for a plan.")
class RenamePlanInput:
    """Which plan, and its title."""

    number: str = strawberry.field(description=NUMBER)
    revision: int = strawberry.field(description=REVISION)
    title: str = strawberry.field(description="What it is to be called.")


@strawberry.input(description="An action to be added to a plan.")
class AddPlanActionInput:
    """What is to be added."""

    number: str = strawberry.field(description=NUMBER)
    title: str = strawberry.field(description="What to do.")
    node: str | None = strawberry.field(
        default=None, description="The code of the indicator it is about; needed for an expected effect."
    )
    description: str | None = strawberry.field(default=None, description="More about it.")
    owner: str | None = strawberry.field(default=None, description="The code of whose account it is.")
    due: datetime.date | None = strawberry.field(
        default=None, description="The day by which it is to be done."
    )
    effort_days: float | None = strawberry.field(default=None, description="The effort in person-days.")
    expected_effect: float | None = strawberry.field(
        default=None, description="What it is expected to add to the indicator's rate: 0.1 is a tenth."
    )
    answers: list[str] = strawberry.field(
        default_factory=list, description="The keys of the plan's findings that it answers."
    )
    reason: str = strawberry.field(default="", description="Why, in your own words; may be left out.")


@strawberry.input(
    description="Fields of an action to be changed: those left out stay, null empties one that may be empty."
)
class ChangePlanActionInput:
    """What is to be changed."""

    number: str = strawberry.field(description=NUMBER)
    action: int = strawberry.field(description=ACTION)
    revision: int = strawberry.field(description=ACTION_REVISION)
    title: str | None = strawberry.field(default=strawberry.UNSET, description="What to do.")
    node: str | None = strawberry.field(
        default=strawberry.UNSET, description="The code of the indicator it is about."
    )
    description: str | None = strawberry.field(default=strawberry.UNSET, description="More about it.")
    owner: str | None = strawberry.field(
        default=strawberry.UNSET, description="The code of whose account it is; null for nobody's."
    )
    due: datetime.date | None = strawberry.field(
        default=strawberry.UNSET, description="The day by which it is to be done."
    )
    effort_days: float | None = strawberry.field(
        default=strawberry.UNSET, description="The effort in person-days."
    )
    expected_effect: float | None = strawberry.field(
        default=strawberry.UNSET, description="What it is expected to add to the indicator's rate."
    )
    answers: list[str] | None = strawberry.field(
        default=strawberry.UNSET, description="The keys of all findings that it answers."
    )
    reason: str = strawberry.field(default="", description=WHY)


@strawberry.input(description="An action of a plan, as it was seen.")
class PlanActionInput:
    """Which action."""

    number: str = strawberry.field(description=NUMBER)
    action: int = strawberry.field(description=ACTION)
    revision: int = strawberry.field(description=ACTION_REVISION)
    reason: str = strawberry.field(default="", description=WHY)


@strawberry.input(description="Something to be said about a plan or one of its actions.")
class CommentOnPlanInput:
    """What is to be said."""

    number: str = strawberry.field(description=NUMBER)
    text: str = strawberry.field(description="What is to be said; it is not changed later.")
    action: int | None = strawberry.field(
        default=None, description="The number of the action; the plan itself if left out."
    )


ActionArgument = Annotated[PlanActionInput, strawberry.argument(description="Which action.")]


@strawberry.type
class PlanChanges:
    """The mutations that edit plans."""

    @mutation("Give a plan another title.", needs=Permission.PLAN_EDIT)
    async def rename_plan(
        self,
        info: Info,
        input: Annotated[RenamePlanInput, strawberry.argument(description="The plan and its title.")],
    ) -> ChangePlanResult:
        """Rename a plan."""
        number, revision = input.number, input.revision
        change = editing.rename(*info.context.seat, number=number, revision=revision, title=input.title)
        return await saved(info.context, change, number, revision)

    @mutation("Add an action to a plan.", needs=Permission.PLAN_EDIT)
    async def add_plan_action(
        self,
        info: Info,
        input: Annotated[AddPlanActionInput, strawberry.argument(description="The action.")],
    ) -> ChangePlanResult:
        """Add an action."""
        fields = {name: value for name, value in _fields(input).items() if value is not None}
        change = editing.add_action(
            *info.context.seat, number=input.number, fields=fields, reason=input.reason
        )
        return await saved(info.context, change, input.number)

    @mutation(
        "Change fields of an action that is still to be done. After agreement the expected effect and the day"
        " it is due change with a reason only.",
        needs=Permission.PLAN_EDIT,
    )
    async def change_plan_action(
        self,
        info: Info,
        input: Annotated[ChangePlanActionInput, strawberry.argument(description="What is to be changed.")],
    ) -> ChangePlanResult:
        """Change an action."""
        change = editing.change_action(
            *info.context.seat,
            number=input.number,
            action=input.action,
            revision=input.revision,
            fields=_fields(input),
            reason=input.reason,
        )
        return await saved(info.context, change, input.number, input.revision, input.action)

    @mutation("Make an action one's own.", needs=Permission.PLAN_EDIT)
    async def claim_plan_action(self, info: Info, input: ActionArgument) -> ChangePlanResult:
        """Claim an action."""
        change = editing.claim_action(
            *info.context.seat, number=input.number, action=input.action, revision=input.revision
        )
        return await saved(info.context, change, input.number, input.revision, input.action)

    @mutation(
        "Drop an action that is still to be done; it stays on record. After agreement with a reason only.",
        needs=Permission.PLAN_EDIT,
    )
    async def drop_plan_action(self, info: Info, input: ActionArgument) -> ChangePlanResult:
        """Drop an action."""
        change = editing.drop_action(
            *info.context.seat,
            number=input.number,
            action=input.action,
            revision=input.revision,
            reason=input.reason,
        )
        return await saved(info.context, change, input.number, input.revision, input.action)

    @mutation("Say something about a plan or one of its actions.", needs=Permission.PLAN_EDIT)
    async def comment_on_plan(
        self,
        info: Info,
        input: Annotated[CommentOnPlanInput, strawberry.argument(description="What is to be said.")],
    ) -> ChangePlanResult:
        """Comment."""
        change = notes.comment(*info.context.seat, number=input.number, text=input.text, action=input.action)
        return await saved(info.context, change, input.number)


def _fields(input: AddPlanActionInput | ChangePlanActionInput) -> Mapping[str, Any]:
    """The fields that were given, as services call them; numbers as the decimals that were written."""
    fields = {}
    for name in ("title", "node", "description", "owner", "due", "effort_days", "expected_effect", "answers"):
        value = getattr(input, name)
        if value is strawberry.UNSET:
            continue
        if name in _NUMBERS and value is not None:
            value = Fraction(repr(value))
        fields["effort" if name == "effort_days" else name] = value
    return fields
