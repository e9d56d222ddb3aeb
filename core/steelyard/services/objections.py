"""Objections (异议): what the rated say against final results, as an actor may see them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import NotFound, Problem
from steelyard.services import editions, structure
from steelyard.services.administration.canonical import State
from steelyard.services.administration.objection_problems import OBJECTION_NOT_FOUND
from steelyard.services.administration.objection_state import OBJECTION
from steelyard.services.administration.objections import FileObjection
from steelyard.services.administration.texts import shown
from steelyard.services.context import View
from steelyard.store import objections, stamps
from steelyard.store.objections import ObjectionRecord, ObjectionState
from steelyard.store.periods import PeriodRecord
from steelyard.store.runs import FinalRun
from steelyard.store.transaction import Writer
from steelyard.store.units import UnitRecord

_CONCERNED = (Permission.OBJECTION_FILE, Permission.OBJECTION_DECIDE)


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection with the unit and the period that it is about; `overdue` as of today."""

    record: ObjectionRecord
    unit: UnitRecord
    period: PeriodRecord
    overdue: bool

    @property
    def answered(self) -> bool:
        """Whether the period was corrected and evaluated anew after it was accepted."""
        return self.record.answered_by_run_id is not None


async def list_objections(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str | None = None,
    unit: str | None = None,
    state: ObjectionState | None = None,
    overdue: bool = False,
) -> tuple[Objection, ...]:
    """The objections of units on which the actor files or decides, or of all for who reads acts.

    The latest first. overdue: only those that wait although their day is over. Raises NotFound for the unit,
    and Forbidden for who does none of this, on that unit or anywhere.
    """
    known = await structure.load(view, actor, scope)
    wanted = None if unit is None else known.unit(unit).id
    _require(actor, wanted)
    async with view.context.database.read(scope) as reader:
        found = await objections.load(reader, scope, state=state)
    today = datetime.now(UTC).date()
    listed = []
    for record in found:
        of, period = known.unit_by_id(record.unit_id), known.period_by_id(record.period_id)
        if of is None or period is None or not _may_see(actor, of):
            continue
        one = Objection(record, of, period, record.is_overdue(today))
        if wanted in (None, of.id) and scheme in (None, record.scheme) and (one.overdue or not overdue):
            listed.append(one)
    return tuple(listed)


async def find_objection(view: View, actor: Actor, scope: Scope, number: str) -> Objection:
    """One objection; NotFound (OBJECTION_NOT_FOUND), also where it may not be seen; Forbidden as the list."""
    for each in await list_objections(view, actor, scope):
        if each.record.number == number:
            return each
    raise NotFound(Problem(OBJECTION_NOT_FOUND, values={"number": shown(number)}))


def _may_see(actor: Actor, unit: UnitRecord) -> bool:
    return actor.may(Permission.ACT_READ) or any(actor.may(each, [unit.id]) for each in _CONCERNED)


def _require(actor: Actor, unit_id: int | None) -> None:
    """Raise Forbidden unless the actor may see objections of a unit, of any for None."""
    if actor.may(Permission.ACT_READ):
        return
    if unit_id is not None:
        if not actor.may(Permission.OBJECTION_DECIDE, [unit_id]):
            actor.require(Permission.OBJECTION_FILE, [unit_id])
    elif not any(actor.units(each) for each in _CONCERNED):
        actor.require_somewhere(Permission.OBJECTION_FILE)


async def filing(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    unit: str,
    period: str,
    node: str | None = None,
    why: str,
) -> FileObjection:
    """The deed that objects to a result; NotFound for the scheme, unit, period and indicator."""
    scores = await editions.load(view, scope, view.context.entry(scheme))
    of = scores.unit(unit)
    found = scores.period(period)
    if node is not None:
        scores.edition(found).entry.node(node)
    return FileObjection(scores.entry.code, of.code, found.calendar, found.code, node, why)


async def answer(
    writer: Writer, scope: Scope, made: Collection[FinalRun]
) -> tuple[dict[str, State], dict[str, State]]:
    """Link accepted objections to the new final runs that answer them; their states before and after.

    To be called in the transaction that stores the runs; their act tells of it.
    """
    tenant = Scope(scope.tenant_id)
    await stamps.claim(writer, tenant, objections.TOPIC)
    accepted = await objections.load(writer, tenant, state=ObjectionState.ACCEPTED)
    by_result = {(run.record.scheme, run.record.period_id): run.record.id for run in made}
    due = {
        each.number: (each, by_result[each.scheme, each.period_id])
        for each in accepted
        if each.answered_by_run_id is None and (each.scheme, each.period_id) in by_result
    }
    if not due:
        return {}, {}
    before = await OBJECTION.read(writer, tenant, due)
    for record, run_id in due.values():
        await objections.answer(writer, tenant, record, run_id)
    after = await OBJECTION.read(writer, tenant, due)
    await stamps.advance(writer, tenant, objections.TOPIC)
    return _by_subject(before), _by_subject(after)


def _by_subject(states: Mapping[str, State]) -> dict[str, State]:
    return {OBJECTION.subject(number): state for number, state in states.items()}
