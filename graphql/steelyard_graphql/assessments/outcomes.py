"""What changes of sheets answer: the sheet as it stands now, or why it is as it was."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Annotated, Self, TypeVar

import strawberry

from steelyard.errors import Conflict
from steelyard.services.assessments import reading
from steelyard.services.assessments.deciding import Approved
from steelyard.services.assessments.problems import ASSESSMENT_CHANGED
from steelyard_graphql.assessments.sheets import Assessment
from steelyard_graphql.context import RequestContext
from steelyard_graphql.faults import Problem

T = TypeVar("T")


@strawberry.type(description="A sheet as it stands after a mutation.")
class AssessmentChanged:
    """The success of most changes."""

    assessment: Assessment = strawberry.field(description="The sheet.")


@strawberry.type(description="The sheet has changed since the revision that was named; nothing was done.")
class AssessmentStale:
    """What changed meanwhile."""

    problem: Problem = strawberry.field(description="The same in words.")
    changed: list[str] = strawberry.field(
        description="The measures whose lines changed since; none where only the heads or the state did."
    )
    assessment: Assessment = strawberry.field(description="The sheet as it is now.")


@strawberry.type(description="A sheet was approved, and what approved sheets say was recorded.")
class AssessmentApproved:
    """The success of approveAssessment."""

    assessment: Assessment = strawberry.field(description="The sheet.")
    recorded: int = strawberry.field(description="How many measurements are new.")
    unchanged: int = strawberry.field(description="How many stood already.")
    waiting: list[str] = strawberry.field(
        description="Measures of the sheet without enough sheets yet, or without one that counts."
    )

    @classmethod
    def of(cls, found: Approved) -> Self:
        """Show what an approval made."""
        return cls(
            assessment=Assessment.of(found.sheet),
            recorded=found.recorded,
            unchanged=found.unchanged,
            waiting=list(found.waiting),
        )


@strawberry.type(description="A draft was discarded.")
class AssessmentDiscarded:
    """The success of discardAssessment."""

    number: str = strawberry.field(description="The number that it had.")


@strawberry.type(description="A filled form was taken in.")
class AssessmentImported:
    """The success of importAssessment."""

    assessment: Assessment = strawberry.field(description="The sheet that the form made.")
    created: bool = strawberry.field(
        description="False where the same file was taken in before; nothing was done then."
    )


ChangeAssessmentResult = Annotated[
    AssessmentChanged | AssessmentStale | Problem,
    strawberry.union("ChangeAssessmentResult", description="The sheet, or what is wrong."),
]
ApproveAssessmentResult = Annotated[
    AssessmentApproved | AssessmentStale | Problem,
    strawberry.union("ApproveAssessmentResult", description="What the approval made, or what is wrong."),
]
DiscardAssessmentResult = Annotated[
    AssessmentDiscarded | AssessmentStale | Problem,
    strawberry.union("DiscardAssessmentResult", description="That the draft is gone, or what is wrong."),
]
ImportAssessmentResult = Annotated[
    AssessmentImported | Problem,
    strawberry.union("ImportAssessmentResult", description="The sheet that a form made, or what is wrong."),
]


async def unless_stale(
    context: RequestContext, number: str, revision: int, change: Awaitable[T]
) -> T | AssessmentStale:
    """Make a change on a revision; where the sheet has changed since, tell what did."""
    try:
        made = await change
    except Conflict as error:
        if error.code != ASSESSMENT_CHANGED.code:
            raise
        sheet = await reading.assessment(*context.seat, number=number)
        changed = sorted(line.measure for line in sheet.lines.values() if line.revision > revision)
        return AssessmentStale(
            problem=Problem.of_all(error.problems), changed=changed, assessment=Assessment.of(sheet)
        )
    context.renew()
    return made
