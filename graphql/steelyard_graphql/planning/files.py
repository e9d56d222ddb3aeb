"""Files that show that actions were done."""

from __future__ import annotations

import asyncio
from typing import Annotated

import strawberry

from steelyard.access.permissions import Permission
from steelyard.errors import InvalidInput, Place
from steelyard.errors import Problem as Found
from steelyard.services.assessments.evidence import LARGEST
from steelyard.services.plans import evidence
from steelyard_graphql.context import Info
from steelyard_graphql.mutations import mutation
from steelyard_graphql.planning.changes import ACTION, NUMBER
from steelyard_graphql.planning.outcomes import ChangePlanResult, saved
from steelyard_graphql.problems import UPLOAD_TOO_LARGE
from steelyard_graphql.uploads import Upload, UploadedFile


@strawberry.input(description="A file that is to show that an action was done.")
class AttachPlanEvidenceInput:
    """What is to be attached."""

    number: str = strawberry.field(description=NUMBER)
    action: int = strawberry.field(description=ACTION)
    file: Upload = strawberry.field(
        description="An image, PDF, XLSX, DOCX or plain text, of 20,000,000 bytes at most."
    )


@strawberry.input(description="A file that is to be taken off its action.")
class RemovePlanEvidenceInput:
    """What is to be removed."""

    number: str = strawberry.field(description=NUMBER)
    action: int = strawberry.field(description=ACTION)
    evidence: int = strawberry.field(description="The number of the file.")


@strawberry.type
class PlanFiles:
    """The mutations about files of plans."""

    @mutation("Attach a file to an action of a plan.", needs=Permission.PLAN_EDIT)
    async def attach_plan_evidence(
        self,
        info: Info,
        input: Annotated[AttachPlanEvidenceInput, strawberry.argument(description="The file.")],
    ) -> ChangePlanResult:
        """Attach a file."""
        file: UploadedFile = input.file
        if file.size > LARGEST:
            raise InvalidInput(Found(UPLOAD_TOO_LARGE, Place(field="file"), {"most": LARGEST}))
        data = await asyncio.to_thread(file.path.read_bytes)
        change = evidence.attach(
            *info.context.seat, number=input.number, action=input.action, data=data, file=file.name
        )
        return await saved(info.context, change, input.number)

    @mutation("Take a file off an action of a plan.", needs=Permission.PLAN_EDIT)
    async def remove_plan_evidence(
        self,
        info: Info,
        input: Annotated[RemovePlanEvidenceInput, strawberry.argument(description="Which file.")],
    ) -> ChangePlanResult:
        """Remove a file."""
        change = evidence.remove(
            *info.context.seat, number=input.number, action=input.action, evidence=input.evidence
        )
        return await saved(info.context, change, input.number)
