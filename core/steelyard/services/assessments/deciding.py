"""Approving or returning sheets; approving makes measurements of all that are approved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Forbidden, Problem
from steelyard.scheme.combination import Rating, combined, counts
from steelyard.services.administration.perform import refuse_problems
from steelyard.services.administration.texts import reason_problems
from steelyard.services.assessments import problems as p
from steelyard.services.assessments.changing import require_revision, require_state
from steelyard.services.assessments.reading import assessment, find
from steelyard.services.assessments.sheet import Sheet
from steelyard.services.context import View
from steelyard.services.rated import require_not_rated
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.store import assessments, measurements, periods, principals, stamps, units
from steelyard.store.assessments import AssessmentRecord, AssessmentState, Line, LineStatus
from steelyard.store.measurements import Origin, Reading, Source
from steelyard.store.transaction import Writer


@dataclass(frozen=True, slots=True)
class Approved:
    """A sheet that was approved, and what it made.

    recorded, unchanged: measurements that are new, and that stood already. waiting: measures of the sheet for
    which there are not yet as many sheets as the scheme asks for, or none that counts.
    """

    sheet: Sheet
    recorded: int
    unchanged: int
    waiting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Combined:
    """What approved sheets make: readings, the sheets behind each by measure, measures without a value."""

    readings: tuple[Reading, ...]
    sheets: Mapping[str, tuple[int, ...]]
    waiting: tuple[str, ...]


async def approve(
    view: View, actor: Actor, scope: Scope, *, number: str, revision: int, reason: str = ""
) -> Approved:
    """Approve a sheet that was handed in, and record what all approved ones say together.

    All in one transaction. Raises Forbidden without `assessment.approve` on the unit, for the rater
    (ASSESSMENT_SELF_APPROVAL), also through another account, and for whom the unit's scores rate
    (SELF_RATING), Conflict (ASSESSMENT_STATE, ASSESSMENT_CHANGED, PERIOD_CLOSED).
    """
    async with view.context.database.write(scope) as writer:
        record = await _decidable(writer, actor, scope, number, revision)
        entry = view.context.entry(record.scheme)
        await _decide(writer, actor, scope, record, AssessmentState.APPROVED, reason)
        made = await _combine(writer, scope, entry, record)
        origin = Origin(actor, Source.ASSESSMENT)
        counted = await measurements.record(writer, scope, entry.pack, made.readings, origin)
        await _rate(writer, scope, entry, record, made)
    view.renew()
    sheet = await assessment(view, actor, scope, number=number)
    waiting = tuple(each for each in made.waiting if sheet.says(each))
    return Approved(sheet, counted.recorded, counted.unchanged, waiting)


async def give_back(
    view: View, actor: Actor, scope: Scope, *, number: str, revision: int, reason: str
) -> Sheet:
    """Return a sheet that was handed in to its rater, with a reason."""
    refuse_problems([*reason_problems(reason)])
    async with view.context.database.write(scope) as writer:
        record = await _decidable(writer, actor, scope, number, revision)
        await _decide(writer, actor, scope, record, AssessmentState.RETURNED, reason)
    view.renew()
    return await assessment(view, actor, scope, number=number)


async def _decidable(
    writer: Writer, actor: Actor, scope: Scope, number: str, revision: int
) -> AssessmentRecord:
    await stamps.claim(writer, scope, assessments.TOPIC)
    record = await find(writer, scope, number)
    actor.require(Permission.ASSESSMENT_APPROVE, [record.unit_id])
    if record.unit_id in actor.rated:
        require_not_rated(actor, await units.load(writer, scope, ids=[record.unit_id]))
    require_state(record, AssessmentState.SUBMITTED)
    await require_revision(writer, scope, record, revision)
    await periods.require_open(writer, scope, [record.period_id])
    if await principals.same(writer, scope, actor.id, record.rater):
        values = {"number": number, "rater": record.rater}
        raise Forbidden(Problem(p.ASSESSMENT_SELF_APPROVAL, values=values))
    return record


async def _decide(
    writer: Writer, actor: Actor, scope: Scope, record: AssessmentRecord, state: AssessmentState, reason: str
) -> None:
    values = {
        "state": state.value,
        "decided_at": writer.now,
        "decided_by": actor.id,
        "decision_reason": reason or None,
    }
    await assessments.change(writer, scope, record, values)


async def _combine(writer: Writer, scope: Scope, entry: SchemeEntry, record: AssessmentRecord) -> _Combined:
    rules = entry.scheme.assessing
    approved = await assessments.load(
        writer,
        scope,
        scheme=record.scheme,
        unit_ids=[record.unit_id],
        period_id=record.period_id,
        state=AssessmentState.APPROVED,
    )
    lines = await assessments.lines(writer, scope, [each.id for each in approved])
    own_counts = rules.own_unit == "flag"
    taking = [
        each for each in approved if counts(rules, each.rater_type) and (own_counts or not each.own_unit)
    ]
    people = await principals.apart(writer, scope, [each.rater for each in taking])
    readings, sheets, waiting = [], {}, []
    for measure in entry.measures:
        said = _latest(taking, lines, measure, people)
        # What the sheets alone do not say is left as it is: a table or records may have said it.
        if len(said) >= rules.minimum:
            ratings = [Rating(each.rater_type, line.value) for each, line in said]
            readings.append(Reading(record.unit_id, record.period_id, measure, combined(rules, ratings)))
            sheets[measure] = tuple(each.id for each, _ in said)
        else:
            waiting.append(measure)
    return _Combined(tuple(readings), sheets, tuple(waiting))


def _latest(
    sheets: Iterable[AssessmentRecord],
    lines: Mapping[int, Mapping[str, Line]],
    measure: str,
    people: Mapping[str, str],
) -> list[tuple[AssessmentRecord, Line]]:
    """The sheets with a say on a measure: of each person and sort the one approved last.

    people: who stands behind a rater, as one of the raters.
    """
    found: dict[tuple[str, str], tuple[AssessmentRecord, Line]] = {}
    for each in sorted(sheets, key=_decided):
        line = lines[each.id].get(measure)
        if line is not None and line.status is not LineStatus.EMPTY:
            found[people[each.rater], each.rater_type] = each, line
    return list(found.values())


def _decided(record: AssessmentRecord) -> tuple[float, int]:
    return (0.0 if record.decided_at is None else record.decided_at.timestamp(), record.id)


async def _rate(
    writer: Writer, scope: Scope, entry: SchemeEntry, record: AssessmentRecord, made: _Combined
) -> None:
    by_measure = defaultdict[str, tuple[int, ...]](tuple, made.sheets)
    standing = await measurements.records(
        writer,
        scope,
        entry.pack,
        unit_ids=[record.unit_id],
        period_ids=[record.period_id],
        measures=list(made.sheets),
    )
    rated = {each.id: by_measure[each.measure] for each in standing if each.source is Source.ASSESSMENT}
    await assessments.rate(writer, scope, rated)
