"""Filling in sheets: begin, save, submit, discard."""

from __future__ import annotations

from typing import Annotated

import strawberry

from steelyard.access.permissions import Permission
from steelyard.services.assessments import writing
from steelyard.services.assessments.sheet import LineInput
from steelyard_graphql.assessments.outcomes import (
    AssessmentChanged,
    AssessmentDiscarded,
    AssessmentStale,
    ChangeAssessmentResult,
    DiscardAssessmentResult,
    unless_stale,
)
from steelyard_graphql.assessments.sheets import Assessment
from steelyard_graphql.context import Info
from steelyard_graphql.mutations import mutation

NUMBER = "The number of the sheet."
REVISION = "The revision of the sheet that was looked at."


@strawberry.input(description="A head of a sheet: date, place, others present.")
class AssessmentHeaderInput:
    """A header."""

    name: str = strawberry.field(description="What it is called.")
    text: str = strawberry.field(description="What is to be written; may be empty.")


@strawberry.input(description="What is to stand on a line of a sheet.")
class AssessmentLineInput:
    """A line."""

    measure: str = strawberry.field(description="The measure; `measure:case` for a case of a choice.")
    value: str = strawberry.field(
        description="The value as a table has it: `19.6`, `98%`, `n/a`; empty to say nothing."
    )
    comment: str | None = strawberry.field(default=None, description="A remark; none if left out.")


@strawberry.input(description="A sheet to be begun.")
class BeginAssessmentInput:
    """Which sheet."""

    scheme: str = strawberry.field(description="The code of the scheme.")
    unit: str = strawberry.field(description="The code of the unit.")
    period: str = strawberry.field(description="The code of the period.")
    rater_type: str | None = strawberry.field(
        default=None, description="The sort of rater; the first that the scheme lists if left out."
    )
    headers: list[AssessmentHeaderInput] = strawberry.field(
        default_factory=list, description="The heads; none if left out."
    )


@strawberry.input(description="Lines to be written; others stay as they are.")
class SaveAssessmentInput:
    """What is to be saved."""

    number: str = strawberry.field(description=NUMBER)
    revision: int = strawberry.field(description=REVISION)
    lines: list[AssessmentLineInput] = strawberry.field(
        default_factory=list, description="The lines that change."
    )
    headers: list[AssessmentHeaderInput] | None = strawberry.field(
        default=None, description="All heads anew; as they are if left out."
    )


@strawberry.input(description="A sheet in the revision that was looked at.")
class AssessmentRevisionInput:
    """Which sheet, as it was seen."""

    number: str = strawberry.field(description=NUMBER)
    revision: int = strawberry.field(description=REVISION)


Revision = Annotated[AssessmentRevisionInput, strawberry.argument(description="Which sheet.")]


@strawberry.type
class AssessmentChanges:
    """The mutations that fill sheets in."""

    @mutation("Begin a sheet of one's own, a draft without lines.", needs=Permission.ASSESSMENT_WRITE)
    async def begin_assessment(
        self,
        info: Info,
        input: Annotated[BeginAssessmentInput, strawberry.argument(description="Which sheet.")],
    ) -> ChangeAssessmentResult:
        """Begin a sheet."""
        sheet = await writing.begin(
            *info.context.seat,
            scheme=input.scheme,
            unit=input.unit,
            period=input.period,
            rater_type=input.rater_type,
            headers=_headers(input.headers),
        )
        info.context.renew()
        return AssessmentChanged(assessment=Assessment.of(sheet))

    @mutation("Write lines of an unfinished sheet of one's own.", needs=Permission.ASSESSMENT_WRITE)
    async def save_assessment(
        self,
        info: Info,
        input: Annotated[SaveAssessmentInput, strawberry.argument(description="What is to be written.")],
    ) -> ChangeAssessmentResult:
        """Save lines and heads."""
        change = writing.save(
            *info.context.seat,
            number=input.number,
            revision=input.revision,
            lines=[LineInput(each.measure, each.value, each.comment) for each in input.lines],
            headers=None if input.headers is None else _headers(input.headers),
        )
        made = await unless_stale(info.context, input.number, input.revision, change)
        if isinstance(made, AssessmentStale):
            return made
        return AssessmentChanged(assessment=Assessment.of(made))

    @mutation("Hand a sheet of one's own in for approval.", needs=Permission.ASSESSMENT_WRITE)
    async def submit_assessment(self, info: Info, input: Revision) -> ChangeAssessmentResult:
        """Hand a sheet in."""
        change = writing.submit(*info.context.seat, number=input.number, revision=input.revision)
        made = await unless_stale(info.context, input.number, input.revision, change)
        if isinstance(made, AssessmentStale):
            return made
        return AssessmentChanged(assessment=Assessment.of(made))

    @mutation("Delete a draft of one's own that was never handed in.", needs=Permission.ASSESSMENT_WRITE)
    async def discard_assessment(self, info: Info, input: Revision) -> DiscardAssessmentResult:
        """Delete a draft."""
        change = writing.discard(*info.context.seat, number=input.number, revision=input.revision)
        made = await unless_stale(info.context, input.number, input.revision, change)
        return made or AssessmentDiscarded(number=input.number)


def _headers(given: list[AssessmentHeaderInput]) -> dict[str, str]:
    return {each.name: each.text for each in given}
