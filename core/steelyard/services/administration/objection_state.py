"""Objections as subjects of acts."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from steelyard.access.scope import Scope
from steelyard.errors import Conflict, NotFound, Place, Problem
from steelyard.services.administration import objection_problems as p
from steelyard.services.administration.canonical import State
from steelyard.services.administration.governed import Governed
from steelyard.services.administration.texts import shown
from steelyard.store import objections, units
from steelyard.store.objections import ObjectionRecord, ObjectionState
from steelyard.store.transaction import Reader


async def _states(reader: Reader, scope: Scope, keys: Collection[str] | None) -> Mapping[str, State]:
    tenant = Scope(scope.tenant_id)
    found = await objections.load(reader, tenant, numbers=keys)
    codes = await units.codes_of(reader, tenant, {each.unit_id for each in found}) if found else {}
    return {each.number: _state(each, codes[each.unit_id]) for each in found}


def _state(record: ObjectionRecord, unit: str) -> State:
    return {
        "scheme": record.scheme,
        "unit": unit,
        "period_id": record.period_id,
        "run_id": record.run_id,
        "node": record.node,
        "reason": record.reason,
        "state": record.state.value,
        "revision": record.revision,
        "decide_by": record.decide_by.isoformat(),
        "filed_at": record.filed_at.isoformat(timespec="microseconds"),
        "filed_by": record.filed_by,
        "decided_by": record.decided_by,
        "decision_reason": record.decision_reason,
        "answered_by_run_id": record.answered_by_run_id,
    }


OBJECTION = Governed("objection", _states)


async def find_objection(reader: Reader, scope: Scope, number: str) -> ObjectionRecord:
    """The objection with this number; NotFound (OBJECTION_NOT_FOUND), also of a unit out of scope."""
    found = await objections.load(reader, scope, numbers=[number])
    if not found:
        raise NotFound(Problem(p.OBJECTION_NOT_FOUND, values={"number": shown(number)}))
    return found[0]


def require_open(record: ObjectionRecord, revision: int) -> None:
    """Raise Conflict where it is done with, or is not as it was seen."""
    values = {"number": record.number, "state": record.state.value}
    if record.state is not ObjectionState.OPEN:
        raise Conflict(Problem(p.OBJECTION_CLOSED, Place(field="number"), values))
    if record.revision != revision:
        seen = {"given": revision, "found": record.revision}
        raise Conflict(Problem(p.OBJECTION_CHANGED, Place(field="revision"), {**values, **seen}))
