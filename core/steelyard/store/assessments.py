"""Assessments: sheets that people fill in for a unit and period, and what their lines say."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlalchemy import delete, insert, select, update

from steelyard.access.scope import Scope
from steelyard.scheme.number import decimal_text
from steelyard.store import stamps
from steelyard.store.tables import ASSESSMENT, ASSESSMENT_LINE, MEASUREMENT_RATING
from steelyard.store.transaction import Reader, Values, Writer

TOPIC = "assessments"
"""The stamp of all sheets of a tenant; whoever changes one claims it before they read it."""
_NUMBERS = 10**9


class AssessmentState(StrEnum):
    """What became of a sheet; only drafts and returned ones may be changed."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"


class LineStatus(StrEnum):
    """What a line says: a value, that the measure does not apply, or nothing any more."""

    VALUE = "value"
    NOT_APPLICABLE = "not_applicable"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class NewAssessment:
    """A sheet to be begun; `rater` is an account's code."""

    scheme: str
    scheme_id: int
    unit_id: int
    period_id: int
    rater: str
    rater_type: str
    own_unit: bool
    headers: Mapping[str, str] = field(default_factory=dict)
    import_id: int | None = None


@dataclass(frozen=True, slots=True)
class AssessmentRecord:
    """One sheet; `number` names it. decided_by: who approved or returned it last."""

    id: int
    number: str
    scheme: str
    scheme_id: int
    unit_id: int
    period_id: int
    rater: str
    rater_type: str
    own_unit: bool
    state: AssessmentState
    revision: int
    headers: Mapping[str, str]
    import_id: int | None
    created_at: datetime
    changed_at: datetime
    submitted_at: datetime | None
    decided_at: datetime | None
    decided_by: str | None
    decision_reason: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """What a sheet says of a measure; `revision` is that of the sheet which last changed it."""

    measure: str
    status: LineStatus
    value: Fraction | None = None
    comment: str | None = None
    revision: int = 0


async def begin(writer: Writer, scope: Scope, new: NewAssessment) -> AssessmentRecord:
    """Record a new sheet, a draft without lines, under a number that tells nothing of others."""
    scope.require([new.unit_id])
    await stamps.claim(writer, scope, TOPIC)
    number = _number()
    while await load(writer, Scope(scope.tenant_id), numbers=[number]):
        number = _number()
    values = {name: getattr(new, name) for name in NewAssessment.__slots__}
    row = {
        "tenant_id": scope.tenant_id,
        "number": number,
        "state": AssessmentState.DRAFT.value,
        "revision": 0,
        "created_at": writer.now,
        "changed_at": writer.now,
        **values,
        "headers": dict(new.headers),
    }
    await writer.run(insert(ASSESSMENT), [row])
    await stamps.advance(writer, scope, TOPIC)
    [record] = await load(writer, scope, numbers=[number])
    return record


async def load(
    reader: Reader,
    scope: Scope,
    *,
    numbers: Collection[str] | None = None,
    ids: Collection[int] | None = None,
    scheme: str | None = None,
    unit_ids: Collection[int] | None = None,
    period_id: int | None = None,
    state: AssessmentState | None = None,
    import_id: int | None = None,
) -> list[AssessmentRecord]:
    """Return the sheets of the units in scope, by number: all, or those that fit what is given."""
    table = ASSESSMENT.c
    query = select(ASSESSMENT).where(table.tenant_id == scope.tenant_id).order_by(table.number)
    if scope.unit_ids is not None:
        query = query.where(reader.within(table.unit_id, scope.unit_ids))
    if numbers is not None:
        query = query.where(reader.within(table.number, numbers))
    if ids is not None:
        query = query.where(reader.within(table.id, ids))
    if scheme is not None:
        query = query.where(table.scheme == scheme)
    if unit_ids is not None:
        query = query.where(reader.within(table.unit_id, unit_ids))
    if period_id is not None:
        query = query.where(table.period_id == period_id)
    if import_id is not None:
        query = query.where(table.import_id == import_id)
    if state is not None:
        query = query.where(table.state == state.value)
    return [_record(row) for row in await reader.rows(query)]


async def lines(reader: Reader, scope: Scope, ids: Collection[int]) -> Mapping[int, Mapping[str, Line]]:
    """Return the lines of sheets by the sheet's id and by measure; every id is there."""
    table = ASSESSMENT_LINE.c
    query = (
        select(ASSESSMENT_LINE)
        .where(table.tenant_id == scope.tenant_id, reader.within(table.assessment_id, ids))
        .order_by(table.assessment_id, table.measure)
    )
    found: dict[int, dict[str, Line]] = {id: {} for id in ids}
    for row in await reader.rows(query):
        value = None if row.value is None else Fraction(row.value)
        found[row.assessment_id][row.measure] = Line(
            row.measure, LineStatus(row.status), value, row.comment, row.revision
        )
    return found


async def save(writer: Writer, scope: Scope, id: int, changed: Sequence[Line]) -> None:
    """Write lines over those of the same measures."""
    rows = [
        {
            "tenant_id": scope.tenant_id,
            "assessment_id": id,
            "measure": each.measure,
            "status": each.status.value,
            "value": None if each.value is None else decimal_text(each.value),
            "comment": each.comment,
            "revision": each.revision,
        }
        for each in changed
    ]
    await writer.upsert(ASSESSMENT_LINE, rows)


async def change(writer: Writer, scope: Scope, record: AssessmentRecord, values: Values) -> None:
    """Change columns of a sheet and count its revision up; its topic has been claimed."""
    mine = (ASSESSMENT.c.tenant_id == scope.tenant_id) & (ASSESSMENT.c.id == record.id)
    counted = {"revision": record.revision + 1, "changed_at": writer.now}
    await writer.run(update(ASSESSMENT).where(mine).values(**counted, **values))
    await stamps.advance(writer, scope, TOPIC)


async def discard(writer: Writer, scope: Scope, id: int) -> None:
    """Delete a draft with its lines; what backs it has been deleted before."""
    lines = (ASSESSMENT_LINE.c.tenant_id == scope.tenant_id) & (ASSESSMENT_LINE.c.assessment_id == id)
    await writer.run(delete(ASSESSMENT_LINE).where(lines))
    mine = (ASSESSMENT.c.tenant_id == scope.tenant_id) & (ASSESSMENT.c.id == id)
    await writer.run(delete(ASSESSMENT).where(mine))
    await stamps.advance(writer, scope, TOPIC)


async def rate(writer: Writer, scope: Scope, sheets: Mapping[int, Collection[int]]) -> None:
    """Record by measurement id of which sheets it was combined; what is known already is left alone."""
    table = MEASUREMENT_RATING.c
    query = select(table.measurement_id, table.assessment_id)
    query = query.where(table.tenant_id == scope.tenant_id, writer.within(table.measurement_id, sheets))
    known = {tuple(row) for row in await writer.rows(query)}
    wanted = [(measurement, sheet) for measurement, ids in sheets.items() for sheet in ids]
    rows = [
        {"tenant_id": scope.tenant_id, "measurement_id": measurement, "assessment_id": sheet}
        for measurement, sheet in wanted
        if (measurement, sheet) not in known
    ]
    await writer.append(MEASUREMENT_RATING, rows)


async def raters(reader: Reader, scope: Scope, measurement_ids: Collection[int]) -> Mapping[int, list[str]]:
    """Return by measurement id the numbers of the sheets in scope of which it was combined."""
    rating, sheet = MEASUREMENT_RATING.c, ASSESSMENT.c
    query = (
        select(rating.measurement_id, sheet.number)
        .join(ASSESSMENT, rating.assessment_id == sheet.id)
        .where(rating.tenant_id == scope.tenant_id, sheet.tenant_id == scope.tenant_id)
        .where(reader.within(rating.measurement_id, measurement_ids))
        .order_by(rating.measurement_id, sheet.number)
    )
    if scope.unit_ids is not None:
        query = query.where(reader.within(sheet.unit_id, scope.unit_ids))
    found: dict[int, list[str]] = {id: [] for id in measurement_ids}
    for row in await reader.rows(query):
        found[row.measurement_id].append(row.number)
    return found


def _number() -> str:
    return f"{secrets.randbelow(_NUMBERS):09d}"


def _record(row: Any) -> AssessmentRecord:
    values = {name: getattr(row, name) for name in AssessmentRecord.__slots__}
    return AssessmentRecord(**{**values, "state": AssessmentState(row.state)})
