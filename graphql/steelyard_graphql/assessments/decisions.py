"""Deciding on sheets that were handed in: approve, return."""

from __future__ import annotations

from typing import Annotated

import strawberry

from steelyard.access.permissions import Permission
from steelyard.services.assessments import deciding
from steelyard_graphql.assessments.changes import NUMBER, REVISION
from steelyard_graphql.assessments.outcomes import (
    ApproveAssessmentResult,
    AssessmentApproved,
    AssessmentChanged,
    AssessmentStale,
    ChangeAssessmentResult,
    unless_stale,
)
from steelyard_graphql.assessments.sheets import Assessment
from steelyard_graphql.context import Info
from steelyard_graphql.mutations import mutation


@strawberry.input(description="A sheet to be approved.")
class ApproveAssessmentInput:
    """Which sheet."""

    number: str = strawberry.field(description=NUMBER)
    revision: int = strawberry.field(description=REVISION)
    reason: str = strawberry.field(default="", description="Why, in your own words; may be left out.")


@strawberry.input(description="A sheet to be returned.")
class ReturnAssessmentInput:
    """Which sheet, and why."""

    number: str = strawberry.field(description=NUMBER)
    revision: int = strawberry.field(description=REVISION)
    reason: str = strawberry.field(description="Why, in your own words: its rater reads it.")


@strawberry.type
class AssessmentDecisions:
    """The mutations that decide on sheets."""

    @mutation(
        "Approve a sheet of somebody else; what all approved ones say together becomes measurements.",
        needs=Permission.ASSESSMENT_APPROVE,
    )
    async def approve_assessment(
        self,
        info: Info,
        input: Annotated[ApproveAssessmentInput, strawberry.argument(description="Which sheet.")],
    ) -> ApproveAssessmentResult:
        """Approve a sheet."""
        change = deciding.approve(
            *info.context.seat, number=input.number, revision=input.revision, reason=input.reason
        )
        made = await unless_stale(info.context, input.number, input.revision, change)
        return made if isinstance(made, AssessmentStale) else AssessmentApproved.of(made)

    @mutation("Return a sheet to its rater, with a reason.", needs=Permission.ASSESSMENT_APPROVE)
    async def return_assessment(
        self,
        info: Info,
        input: Annotated[ReturnAssessmentInput, strawberry.argument(description="Which sheet, and why.")],
    ) -> ChangeAssessmentResult:
        """Return a sheet."""
        change = deciding.give_back(
            *info.context.seat, number=input.number, revision=input.revision, reason=input.reason
        )
        made = await unless_stale(info.context, input.number, input.revision, change)
        if isinstance(made, AssessmentStale):
            return made
        return AssessmentChanged(assessment=Assessment.of(made))
