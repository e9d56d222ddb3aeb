"""Files of sheets: evidence for their lines, and forms that were filled in."""

from __future__ import annotations

import asyncio
from typing import Annotated

import strawberry

from steelyard.access.permissions import Permission
from steelyard.errors import InvalidInput, Place
from steelyard.errors import Problem as Found
from steelyard.services.assessments import evidence, filled
from steelyard_graphql.assessments.changes import NUMBER
from steelyard_graphql.assessments.outcomes import (
    AssessmentChanged,
    AssessmentImported,
    ChangeAssessmentResult,
    ImportAssessmentResult,
)
from steelyard_graphql.assessments.sheets import Assessment
from steelyard_graphql.context import Info
from steelyard_graphql.mutations import mutation
from steelyard_graphql.problems import UPLOAD_TOO_LARGE
from steelyard_graphql.uploads import Upload, UploadedFile


@strawberry.input(description="A file that is to back a line.")
class AttachEvidenceInput:
    """What is to be attached."""

    number: str = strawberry.field(description=NUMBER)
    measure: str = strawberry.field(description="The measure of the line.")
    file: Upload = strawberry.field(
        description="An image, PDF, XLSX, DOCX or plain text, of 20,000,000 bytes at most."
    )


@strawberry.input(description="A file that is to be taken off its sheet.")
class RemoveEvidenceInput:
    """What is to be removed."""

    number: str = strawberry.field(description=NUMBER)
    evidence: int = strawberry.field(description="The number of the file.")


@strawberry.input(description="A form that was filled in.")
class ImportAssessmentInput:
    """What is to be taken in."""

    file: Upload = strawberry.field(description="An XLSX file made of a blank form.")
    submit: bool = strawberry.field(default=False, description="Whether it is handed in at once.")


@strawberry.type
class AssessmentFiles:
    """The mutations about files of sheets."""

    @mutation(
        "Attach a file to a line of an unfinished sheet of one's own.", needs=Permission.ASSESSMENT_WRITE
    )
    async def attach_evidence(
        self,
        info: Info,
        input: Annotated[AttachEvidenceInput, strawberry.argument(description="The file and its line.")],
    ) -> ChangeAssessmentResult:
        """Attach a file."""
        file: UploadedFile = input.file
        sheet = await evidence.attach(
            *info.context.seat,
            number=input.number,
            measure=input.measure,
            data=await _bytes(file, evidence.LARGEST),
            file=file.name,
        )
        return AssessmentChanged(assessment=Assessment.of(sheet))

    @mutation("Take a file off an unfinished sheet of one's own.", needs=Permission.ASSESSMENT_WRITE)
    async def remove_evidence(
        self,
        info: Info,
        input: Annotated[RemoveEvidenceInput, strawberry.argument(description="Which file.")],
    ) -> ChangeAssessmentResult:
        """Remove a file."""
        sheet = await evidence.remove(*info.context.seat, number=input.number, evidence=input.evidence)
        return AssessmentChanged(assessment=Assessment.of(sheet))

    @mutation(
        "Take a filled form in, as a sheet of one's own; the same file twice is one sheet.",
        needs=Permission.ASSESSMENT_WRITE,
    )
    async def import_assessment(
        self,
        info: Info,
        input: Annotated[ImportAssessmentInput, strawberry.argument(description="The form.")],
    ) -> ImportAssessmentResult:
        """Take a form in."""
        file: UploadedFile = input.file
        data = await _bytes(file, filled.LARGEST)
        sheet, created = await filled.import_form(
            *info.context.seat, data=data, file=file.name, submit=input.submit
        )
        info.context.renew()
        return AssessmentImported(assessment=Assessment.of(sheet), created=created)


async def _bytes(file: UploadedFile, most: int) -> bytes:
    if file.size > most:
        raise InvalidInput(Found(UPLOAD_TOO_LARGE, Place(field="file"), {"most": most}))
    return await asyncio.to_thread(file.path.read_bytes)
