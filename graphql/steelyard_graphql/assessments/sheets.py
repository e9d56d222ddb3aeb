"""Sheets (评估表): what a rater says of a unit and period, line by line, and the files that back it."""

from __future__ import annotations

import datetime
from enum import Enum
from typing import Self

import strawberry

from steelyard.scheme.number import decimal_text
from steelyard.services import structure
from steelyard.services.assessments import reading
from steelyard.services.assessments.sheet import Sheet
from steelyard.store.assessment_evidence import EvidenceRecord
from steelyard.store.assessments import AssessmentState as State
from steelyard.store.assessments import Line, LineStatus
from steelyard_graphql.connections import Connection
from steelyard_graphql.context import Info, RequestContext
from steelyard_graphql.fields import computed
from steelyard_graphql.ids import global_id
from steelyard_graphql.nodes import Node
from steelyard_graphql.periods import Period, find_period
from steelyard_graphql.schemes import Scheme, find_scheme
from steelyard_graphql.units import Unit, find_unit

EVIDENCE_PATH = "/assessments/{number}/evidence/{evidence}"
"""Where a file that backs a line is read."""


@strawberry.enum(description="What became of a sheet.")
class AssessmentState(Enum):
    """The states of the store."""

    DRAFT = strawberry.enum_value(State.DRAFT.value, description="Its rater fills it in.")
    SUBMITTED = strawberry.enum_value(State.SUBMITTED.value, description="It waits for approval.")
    APPROVED = strawberry.enum_value(State.APPROVED.value, description="It counts, and changes no more.")
    RETURNED = strawberry.enum_value(
        State.RETURNED.value, description="It went back to its rater, with a reason."
    )


@strawberry.enum(description="What a line of a sheet says.")
class AssessmentLineStatus(Enum):
    """The statuses of the store."""

    VALUE = strawberry.enum_value(LineStatus.VALUE.value, description="A value.")
    NOT_APPLICABLE = strawberry.enum_value(
        LineStatus.NOT_APPLICABLE.value, description="The measure does not apply."
    )
    EMPTY = strawberry.enum_value(LineStatus.EMPTY.value, description="Nothing any more.")


@strawberry.type(description="A head of a sheet: date, place, others present.")
class AssessmentHeader:
    """A header."""

    name: str = strawberry.field(description="What it is called.")
    text: str = strawberry.field(description="What was written.")


@strawberry.type(description="What a sheet says of one measure.")
class AssessmentLine:
    """A line."""

    measure: str = strawberry.field(description="The measure; `measure:case` for a case of a choice.")
    status: AssessmentLineStatus = strawberry.field(description="What it says.")
    value: float | None = strawberry.field(description="The value; null where there is none.")
    exact_value: str | None = strawberry.field(description="The value as the decimal that was written.")
    comment: str | None = strawberry.field(description="What the rater remarked.")
    revision: int = strawberry.field(description="The revision of the sheet that last changed it.")

    @classmethod
    def of(cls, line: Line) -> Self:
        """Show a line."""
        value = line.value
        return cls(
            measure=line.measure,
            status=AssessmentLineStatus(line.status.value),
            value=None if value is None else float(value),
            exact_value=None if value is None else decimal_text(value),
            comment=line.comment,
            revision=line.revision,
        )


@strawberry.type(description="A file that backs a line of a sheet.")
class Evidence:
    """A file."""

    number: int = strawberry.field(description="Its number, drawn at random, by which it is removed.")
    measure: str = strawberry.field(description="The measure of the line that it backs.")
    file_name: str = strawberry.field(description="Its name, without folders.")
    media_type: str = strawberry.field(description="What it is, told by its content.")
    size: int = strawberry.field(description="Its size in bytes.")
    added_at: datetime.datetime = strawberry.field(description="When it was attached.")
    added_by: str = strawberry.field(
        description="Who attached it: the code of an account, for persons a pseudonym."
    )
    path: str = strawberry.field(description="Where on this server it is read, by GET.")

    @classmethod
    def of(cls, number: str, record: EvidenceRecord) -> Self:
        """Show a file of the sheet with this number."""
        return cls(
            number=record.id,
            measure=record.measure,
            file_name=record.file_name,
            media_type=record.media_type,
            size=record.size,
            added_at=record.added_at,
            added_by=record.added_by,
            path=EVIDENCE_PATH.format(number=number, evidence=record.id),
        )


@strawberry.type(
    description="A sheet: what one rater says of a unit in a period, on the lines of a scheme (评估表)."
)
class Assessment(Node):
    """A sheet."""

    number: str = strawberry.field(description="Its number, drawn at random, by which it is named.")
    state: AssessmentState = strawberry.field(description="What became of it.")
    revision: int = strawberry.field(description="How often it has changed; changes name the one they saw.")
    rater: str = strawberry.field(description="Whose it is: the code of an account, for persons a pseudonym.")
    rater_type: str = strawberry.field(description="The sort of rater, as the scheme lists them.")
    own_unit: bool = strawberry.field(description="Whether the unit's scores rate its rater.")
    headers: list[AssessmentHeader] = strawberry.field(description="Its heads, by name.")
    lines: list[AssessmentLine] = strawberry.field(
        description="Its lines by measure: those that were ever filled in."
    )
    evidence: list[Evidence] = strawberry.field(description="The files that back its lines, oldest first.")
    created_at: datetime.datetime = strawberry.field(description="When it was begun.")
    changed_at: datetime.datetime = strawberry.field(description="When it last changed.")
    submitted_at: datetime.datetime | None = strawberry.field(description="When it was last handed in.")
    decided_at: datetime.datetime | None = strawberry.field(
        description="When it was last approved or returned."
    )
    decided_by: str | None = strawberry.field(description="Who approved or returned it last.")
    decision_reason: str | None = strawberry.field(description="Why, in the words of who decided.")
    sheet: strawberry.Private[Sheet]

    @computed("The scheme, in the version that is installed.")
    async def scheme(self, info: Info) -> Scheme | None:
        """Return the scheme."""
        return await find_scheme(info.context, self.sheet.record.scheme)

    @computed("The unit that is assessed.")
    async def unit(self, info: Info) -> Unit | None:
        """Return the unit."""
        return await find_unit(info.context, self.sheet.unit)

    @computed("The period that it is about.")
    async def period(self, info: Info) -> Period | None:
        """Return the period."""
        view, _, scope = info.context.seat
        known = await structure.load_whole(view, scope)
        found = known.period_by_id(self.sheet.record.period_id)
        return None if found is None else await find_period(info.context, found.calendar, found.code)

    @classmethod
    def of(cls, sheet: Sheet) -> Self:
        """Show a sheet."""
        record = sheet.record
        return cls(
            id=strawberry.ID(global_id("Assessment", record.number)),
            number=record.number,
            state=AssessmentState(record.state.value),
            revision=record.revision,
            rater=record.rater,
            rater_type=record.rater_type,
            own_unit=record.own_unit,
            headers=[
                AssessmentHeader(name=name, text=record.headers[name]) for name in sorted(record.headers)
            ],
            lines=[AssessmentLine.of(sheet.lines[measure]) for measure in sorted(sheet.lines)],
            evidence=[Evidence.of(record.number, each) for each in sheet.evidence],
            created_at=record.created_at,
            changed_at=record.changed_at,
            submitted_at=record.submitted_at,
            decided_at=record.decided_at,
            decided_by=record.decided_by,
            decision_reason=record.decision_reason,
            sheet=sheet,
        )


@strawberry.type(name="AssessmentConnection", description="One page of a list of sheets.")
class AssessmentConnection(Connection[Assessment]):
    """A page of sheets."""


async def find_assessment(context: RequestContext, number: str) -> Assessment:
    """Return one sheet; NotFound (ASSESSMENT_NOT_FOUND)."""
    return Assessment.of(await reading.assessment(*context.seat, number=number))
