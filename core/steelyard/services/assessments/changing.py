"""One change of a sheet: who may make it, in which state, and on which revision."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, Forbidden, Problem
from steelyard.services.assessments import problems as p
from steelyard.services.assessments.reading import find
from steelyard.services.context import View
from steelyard.store import assessments, periods, stamps
from steelyard.store.assessments import AssessmentRecord, AssessmentState
from steelyard.store.transaction import Writer

EDITABLE = (AssessmentState.DRAFT, AssessmentState.RETURNED)
_NAMED = 10


@asynccontextmanager
async def editing(
    view: View, actor: Actor, scope: Scope, number: str, revision: int | None
) -> AsyncIterator[tuple[Writer, AssessmentRecord]]:
    """A transaction in which one may change a sheet: one's own, unfinished, of an open period."""
    async with view.context.database.write(scope) as writer:
        await stamps.claim(writer, scope, assessments.TOPIC)
        record = await find(writer, scope, number)
        require_editable(actor, record)
        if revision is not None:
            await require_revision(writer, scope, record, revision)
        await periods.require_open(writer, scope, [record.period_id])
        yield writer, record


def require_editable(actor: Actor, record: AssessmentRecord) -> None:
    """Raise Forbidden for another's sheet and Conflict (ASSESSMENT_STATE) for one that is not unfinished."""
    actor.require(Permission.ASSESSMENT_WRITE, [record.unit_id])
    if record.rater != actor.id and not actor.is_local:
        values = {"number": record.number, "rater": record.rater}
        raise Forbidden(Problem(p.ASSESSMENT_NOT_YOURS, values=values))
    require_state(record, *EDITABLE)


async def require_revision(writer: Writer, scope: Scope, record: AssessmentRecord, revision: int) -> None:
    """Raise Conflict (ASSESSMENT_CHANGED) with the measures that changed after `revision`."""
    if record.revision == revision:
        return
    lines = (await assessments.lines(writer, scope, [record.id]))[record.id].values()
    changed = [line.measure for line in lines if line.revision > revision]
    values = {
        "number": record.number,
        "given": revision,
        "found": record.revision,
        "changed": ", ".join(changed[:_NAMED]) + " …" * (len(changed) > _NAMED) or record.state.value,
    }
    raise Conflict(Problem(p.ASSESSMENT_CHANGED, values=values))


def require_state(record: AssessmentRecord, *expected: AssessmentState) -> None:
    """Raise Conflict (ASSESSMENT_STATE) for a sheet in another state."""
    if record.state not in expected:
        values = {"number": record.number, "state": record.state.value, "expected": " / ".join(expected)}
        raise Conflict(Problem(p.ASSESSMENT_STATE, values=values))
