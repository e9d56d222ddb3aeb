"""Reading sheets: one by its number, or those of a scheme, unit and period."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import NotFound, Problem
from steelyard.services import structure
from steelyard.services.assessments.problems import ASSESSMENT_NOT_FOUND
from steelyard.services.assessments.sheet import Sheet, sheets_of
from steelyard.services.context import View
from steelyard.store import assessments
from steelyard.store.assessments import AssessmentRecord, AssessmentState
from steelyard.store.transaction import Reader

SHOWN = 40


async def assessment(view: View, actor: Actor, scope: Scope, *, number: str) -> Sheet:
    """One sheet; NotFound (ASSESSMENT_NOT_FOUND), and Forbidden without `assessment.read` on its unit."""
    async with view.context.database.read(scope) as reader:
        record = await find(reader, scope, number)
        actor.require(Permission.ASSESSMENT_READ, [record.unit_id])
        [found] = await sheets_of(reader, scope, await structure.load_whole(view, scope), [record])
    return found


async def listed(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str | None = None,
    unit: str | None = None,
    period: str | None = None,
    state: AssessmentState | None = None,
) -> tuple[Sheet, ...]:
    """The sheets that fit, by number, of the units on which the actor has `assessment.read`.

    Raises NotFound for an unknown unit, and Forbidden where a unit is named without the permission. A period
    for which there is no sheet has none, known or not.
    """
    found = await records(view, actor, scope, scheme=scheme, unit=unit, period=period, state=state)
    return await whole(view, actor, scope, found)


async def records(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str | None = None,
    unit: str | None = None,
    period: str | None = None,
    state: AssessmentState | None = None,
) -> list[AssessmentRecord]:
    """As `listed`, without lines and evidence: to choose from."""
    unit_ids = None
    if unit is not None:
        unit_ids = [(await structure.load(view, actor, scope)).unit(unit).id]
        actor.require(Permission.ASSESSMENT_READ, unit_ids)
    known = await structure.load_whole(view, scope)
    at = None if period is None else {each.id for each in known.periods if each.code == period}
    async with view.context.database.read(scope) as reader:
        found = await assessments.load(
            reader, _readable(actor, scope), scheme=scheme, unit_ids=unit_ids, state=state
        )
    return [each for each in found if at is None or each.period_id in at]


async def whole(
    view: View, actor: Actor, scope: Scope, chosen: Sequence[AssessmentRecord]
) -> tuple[Sheet, ...]:
    """Sheets with their lines and evidence; Forbidden without `assessment.read` on the units."""
    actor.require(Permission.ASSESSMENT_READ, {each.unit_id for each in chosen})
    async with view.context.database.read(scope) as reader:
        return await sheets_of(reader, scope, await structure.load_whole(view, scope), list(chosen))


async def behind(
    view: View, actor: Actor, scope: Scope, *, measurement_ids: Collection[int]
) -> Mapping[int, tuple[str, ...]]:
    """By measurement the numbers of the sheets of which it was combined, of units with `assessment.read`."""
    actor.require_somewhere(Permission.ASSESSMENT_READ)
    async with view.context.database.read(scope) as reader:
        found = await assessments.raters(reader, _readable(actor, scope), measurement_ids)
    return {id: tuple(numbers) for id, numbers in found.items()}


async def sheets_behind(view: View, actor: Actor, scope: Scope, *, measurement_id: int) -> tuple[Sheet, ...]:
    """The sheets of which a measurement was combined, by number, of units with `assessment.read`."""
    numbers = (await behind(view, actor, scope, measurement_ids=[measurement_id]))[measurement_id]
    async with view.context.database.read(scope) as reader:
        found = await assessments.load(reader, _readable(actor, scope), numbers=numbers)
        return await sheets_of(reader, scope, await structure.load_whole(view, scope), found)


def _readable(actor: Actor, scope: Scope) -> Scope:
    """What of a scope the actor may read sheets of."""
    held = actor.units(Permission.ASSESSMENT_READ)
    if held is None:
        return scope
    return Scope(scope.tenant_id, held if scope.unit_ids is None else held & scope.unit_ids)


async def find(reader: Reader, scope: Scope, number: str) -> AssessmentRecord:
    """The record of a sheet in scope; NotFound (ASSESSMENT_NOT_FOUND)."""
    for record in await assessments.load(reader, scope, numbers=[number[:SHOWN]]):
        return record
    raise NotFound(Problem(ASSESSMENT_NOT_FOUND, values={"number": number[:SHOWN]}))
