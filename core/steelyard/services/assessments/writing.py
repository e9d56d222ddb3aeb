"""Filling in a sheet: begin it, save lines, submit it, discard a draft."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, Forbidden, InvalidInput, Place, Problem
from steelyard.services import structure
from steelyard.services.administration.creation import Creation
from steelyard.services.administration.texts import text_problems
from steelyard.services.assessments import problems as p
from steelyard.services.assessments.changing import editing, require_state
from steelyard.services.assessments.lines import read_lines
from steelyard.services.assessments.reading import assessment
from steelyard.services.assessments.sheet import LineInput, ReadLine, Sheet
from steelyard.services.calendars import ensure_periods
from steelyard.services.context import View
from steelyard.services.problems import near
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.store import assessment_evidence, assessments, imports, periods, schemes, stamps
from steelyard.store.assessments import AssessmentRecord, AssessmentState, LineStatus, NewAssessment
from steelyard.store.imports import NewImport
from steelyard.store.schemes import NewScheme
from steelyard.store.transaction import Writer
from steelyard.store.units import UnitRecord

DEFAULT_TYPE = "assessor"
"""The sort of rater of a sheet that names none, where the scheme lists none either."""


async def begin(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    unit: str,
    period: str,
    rater_type: str | None = None,
    rater: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Sheet:
    """Begin a draft; a period that the scheme's calendars know is put on record.

    rater: for whom whoever sits at the machine enters a sheet; everybody else fills in their own. Raises
    NotFound, Forbidden without `assessment.write` on the unit or where the scheme takes no sheet for one's
    own unit, InvalidInput for a rater type that the scheme does not list, and Conflict where the period
    is closed or an unfinished sheet of the rater is there.
    """
    order = await _order(view, actor, scope, scheme, unit, period, rater_type, rater, headers or {})
    async with view.context.database.write(scope) as writer:
        record = await _begun(writer, actor, scope, order)
    view.renew()
    return await assessment(view, actor, scope, number=record.number)


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled form: its file, the hash of its content, its lines, and whether it is handed in at once."""

    file: str
    content: str
    lines: tuple[ReadLine, ...]
    submit: bool


async def begin_filled(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    unit: str,
    period: str,
    rater_type: str | None,
    rater: str | None,
    headers: Mapping[str, str],
    filled: Filled,
) -> tuple[Sheet, bool]:
    """As `begin`, with all lines and in one transaction; False where the rater sent the same file before.

    A sheet that was returned to the rater is filled in anew: of the form's lines, also where they are empty.
    """
    order = await _order(view, actor, scope, scheme, unit, period, rater_type, rater, headers)
    # With the rater: two may say the same in the same file, and each of them has a say.
    content = hashlib.sha256(f"{order.rater}\0{filled.content}".encode()).hexdigest()
    async with view.context.database.write(scope) as writer:
        new = NewImport(filled.file, content, len(filled.lines))
        batch, _ = await imports.record(writer, scope, new, actor)
        before = await assessments.load(writer, scope, import_id=batch.id)
        record = before[0] if before else await _begun(writer, actor, scope, order, batch.id, filled)
    view.renew()
    return await assessment(view, actor, scope, number=record.number), not before


@dataclass(frozen=True, slots=True)
class _Order:
    """A sheet to be begun, of which all is known but what is on record."""

    entry: SchemeEntry
    unit: UnitRecord
    period: str
    rater: str
    rater_type: str
    own_unit: bool
    headers: Mapping[str, str]


async def _order(
    view: View,
    actor: Actor,
    scope: Scope,
    scheme: str,
    unit: str,
    period: str,
    rater_type: str | None,
    rater: str | None,
    headers: Mapping[str, str],
) -> _Order:
    entry = view.context.entry(scheme)
    found = (await structure.load(view, actor, scope)).unit(unit)
    entry.require_type(found.code, found.unit_type)
    actor.require(Permission.ASSESSMENT_WRITE, [found.id])
    kind = _rater_type(entry, rater_type)
    _refuse_texts(headers)
    who = rater if rater is not None and actor.is_local else actor.id
    own = who == actor.id and found.id in actor.rated
    if own and entry.scheme.assessing.own_unit == "refuse":
        values = {"unit": found.code, "rater": who, "scheme": entry.code}
        raise Forbidden(Problem(p.ASSESSMENT_OWN_UNIT, values=values))
    return _Order(entry, found, period, who, kind, own, headers)


async def _begun(
    writer: Writer,
    actor: Actor,
    scope: Scope,
    order: _Order,
    import_id: int | None = None,
    filled: Filled | None = None,
) -> AssessmentRecord:
    entry, unit = order.entry, order.unit
    creation = await Creation.begin(writer, scope)
    at = (await ensure_periods(writer, scope, entry, [order.period]))[order.period]
    await periods.require_open(writer, scope, [at.id])
    standing = await _unfinished(writer, scope, order, at.id)
    if standing is not None and filled is not None and standing.state is AssessmentState.RETURNED:
        return await _refilled(writer, scope, standing, order, import_id, filled)
    if standing is not None:
        values = {"rater": order.rater, "unit": unit.code, "period": order.period}
        raise Conflict(Problem(p.ASSESSMENT_EXISTS, values={**values, "number": standing.number}))
    new = NewScheme(entry.code, entry.scheme.version, entry.hash, entry.pack, entry.text)
    version = await schemes.record(writer, scope, new)
    who = (order.rater, order.rater_type, order.own_unit)
    wanted = NewAssessment(entry.code, version.id, unit.id, at.id, *who, order.headers, import_id)
    record = await assessments.begin(writer, scope, wanted)
    if filled is not None:
        await store_lines(writer, scope, record, filled.lines, None)
        [record] = await assessments.load(writer, scope, ids=[record.id])
        if filled.submit:
            await _hand_in(writer, scope, record)
    await creation.record(writer, actor, "assessment.begin", record.number, record.number)
    return record


async def _refilled(
    writer: Writer,
    scope: Scope,
    record: AssessmentRecord,
    order: _Order,
    import_id: int | None,
    filled: Filled,
) -> AssessmentRecord:
    await store_lines(writer, scope, record, filled.lines, order.headers, import_id)
    [record] = await assessments.load(writer, scope, ids=[record.id])
    if filled.submit:
        await _hand_in(writer, scope, record)
    return record


async def _unfinished(writer: Writer, scope: Scope, order: _Order, period_id: int) -> AssessmentRecord | None:
    """The rater's sheet of the same that is not approved; there is one at most."""
    await stamps.claim(writer, scope, assessments.TOPIC)
    for each in await assessments.load(
        writer, scope, scheme=order.entry.code, unit_ids=[order.unit.id], period_id=period_id
    ):
        same = (each.rater, each.rater_type) == (order.rater, order.rater_type)
        if same and each.state is not AssessmentState.APPROVED:
            return each
    return None


async def save(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    number: str,
    revision: int,
    lines: Sequence[LineInput] = (),
    headers: Mapping[str, str] | None = None,
) -> Sheet:
    """Write lines of a sheet, and its headers where they are given; other lines stay as they are.

    revision: the one that the changes were made on. Raises Conflict (ASSESSMENT_CHANGED) where the sheet has
    changed since, with what changed, and InvalidInput with all that is wrong with the lines.
    """
    _refuse_texts(headers or {})
    async with editing(view, actor, scope, number, revision) as (writer, record):
        read = read_lines(view.context.entry(record.scheme), lines)
        await store_lines(writer, scope, record, read, headers)
    view.renew()
    return await assessment(view, actor, scope, number=number)


async def store_lines(
    writer: Writer,
    scope: Scope,
    record: AssessmentRecord,
    read: Iterable[ReadLine],
    headers: Mapping[str, str] | None,
    import_id: int | None = None,
) -> None:
    """Write what differs from what stands, as the next revision; and of which file it is."""
    standing = (await assessments.lines(writer, scope, [record.id]))[record.id]
    changed = [each.stored(record.revision + 1) for each in read if each.differs(standing.get(each.measure))]
    values: dict[str, Any] = {} if import_id is None else {"import_id": import_id}
    if headers is not None and dict(headers) != dict(record.headers):
        values["headers"] = dict(headers)
    if changed or values:
        await assessments.save(writer, scope, record.id, changed)
        await assessments.change(writer, scope, record, values)


async def submit(view: View, actor: Actor, scope: Scope, *, number: str, revision: int) -> Sheet:
    """Hand a sheet in; InvalidInput (ASSESSMENT_EMPTY) where it says nothing."""
    async with editing(view, actor, scope, number, revision) as (writer, record):
        await _hand_in(writer, scope, record)
    view.renew()
    return await assessment(view, actor, scope, number=number)


async def _hand_in(writer: Writer, scope: Scope, record: AssessmentRecord) -> None:
    said = (await assessments.lines(writer, scope, [record.id]))[record.id].values()
    if all(line.status is LineStatus.EMPTY for line in said):
        raise InvalidInput(Problem(p.ASSESSMENT_EMPTY, values={"number": record.number}))
    values = {"state": AssessmentState.SUBMITTED.value, "submitted_at": writer.now}
    await assessments.change(writer, scope, record, values)


async def discard(view: View, actor: Actor, scope: Scope, *, number: str, revision: int) -> None:
    """Delete a draft that was never handed in; Conflict (ASSESSMENT_STATE) for any other sheet."""
    async with editing(view, actor, scope, number, revision) as (writer, record):
        require_state(record, AssessmentState.DRAFT)
        files = await assessment_evidence.load(writer, scope, [record.id])
        await assessment_evidence.remove(writer, scope, [each.id for each in files])
        await assessments.discard(writer, scope, record.id)
    view.renew()


def _rater_type(entry: SchemeEntry, given: str | None) -> str:
    listed = [each.type for each in entry.scheme.assessing.raters]
    if given is None:
        return listed[0] if listed else DEFAULT_TYPE
    if listed and given not in listed:
        values = {**near(given, listed), "scheme": entry.code, "known": ", ".join(listed)}
        raise InvalidInput(Problem(p.ASSESSMENT_RATER_TYPE, Place(field="raterType"), values))
    if not listed and (wrong := list(text_problems("raterType", given))):
        raise InvalidInput(wrong)
    return given


def _refuse_texts(headers: Mapping[str, str]) -> None:
    wrong = [
        problem
        for name, text in headers.items()
        for problem in (*text_problems("headers", name), *(text_problems(name, text) if text else ()))
    ]
    if wrong:
        raise InvalidInput(wrong)
