"""Reading plans: one by its number, or those that fit; what was said about them and changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import NotFound, Problem
from steelyard.services import structure
from steelyard.services.context import View
from steelyard.services.plans.history import PlanChange, read
from steelyard.services.plans.plan import Plan, plans_of
from steelyard.services.plans.problems import PLAN_NOT_FOUND
from steelyard.services.plans.telling import told, told_history
from steelyard.services.structure import Structure
from steelyard.store import plan_actions, plan_notes, plans
from steelyard.store.plan_notes import CommentRecord
from steelyard.store.plans import PlanRecord, PlanState
from steelyard.store.transaction import Reader

SHOWN = 40


async def plan(view: View, actor: Actor, scope: Scope, *, number: str) -> Plan:
    """One plan; NotFound (PLAN_NOT_FOUND), and Forbidden without `plan.read` on its unit."""
    found = await whole_plan(view, scope, number)
    actor.require(Permission.PLAN_READ, [found.record.unit_id])
    return await told(view, actor, scope, found)


async def whole_plan(view: View, scope: Scope, number: str) -> Plan:
    """One plan for who has been let in; NotFound (PLAN_NOT_FOUND)."""
    known = await structure.load_whole(view, scope)
    async with view.context.database.read(scope) as reader:
        record = await find(reader, scope, number)
        [found] = await plans_of(reader, scope, known, [record])
    return found


async def numbers(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str | None = None,
    unit: str | None = None,
    below: str | None = None,
    period: str | None = None,
    state: PlanState | None = None,
) -> list[str]:
    """The numbers of the plans that fit, in their order, of the units on which one has `plan.read`.

    Raises NotFound for an unknown unit, and Forbidden where one is named without the permission.
    """
    known = await structure.load(view, actor, scope)
    at = None
    if period is not None:
        at = [each.id for each in (await structure.load_whole(view, scope)).periods if each.code == period]
    async with view.context.database.read(scope) as reader:
        return await plans.numbers(
            reader,
            readable(actor, scope),
            scheme=scheme,
            unit_ids=units_asked(actor, known, unit, below),
            period_ids=at,
            state=state,
        )


async def whole(view: View, actor: Actor, scope: Scope, chosen: Sequence[str]) -> tuple[Plan, ...]:
    """The plans of these numbers, by number; those that are not seen are left out."""
    known = await structure.load_whole(view, scope)
    async with view.context.database.read(scope) as reader:
        records = await plans.load(reader, readable(actor, scope), numbers=chosen)
        found = await plans_of(reader, scope, known, records)
    return tuple([await told(view, actor, scope, each) for each in found])


async def comments(
    view: View, actor: Actor, scope: Scope, chosen: Collection[Plan]
) -> dict[int, tuple[CommentRecord, ...]]:
    """What was said about plans and their actions, the oldest first, by the plan's id."""
    ids = [each.record.id for each in chosen]
    async with view.context.database.read(scope) as reader:
        found = await plan_notes.comments(reader, scope, ids)
    return {id: tuple(each for each in found if each.plan_id == id) for id in ids}


async def histories(
    view: View, actor: Actor, scope: Scope, chosen: Collection[Plan]
) -> dict[int, tuple[PlanChange, ...]]:
    """What was changed of plans and their actions, the oldest first, by the plan's id."""
    of = {each.record.id: {a.record.id: a.record.number for a in each.actions} for each in chosen}
    async with view.context.database.read(scope) as reader:
        found = await plan_notes.changes(reader, scope, list(of))
    told = {each.record.id: each for each in chosen}
    return {
        id: told_history(told[id], read((each for each in found if each.plan_id == id), of[id])) for id in of
    }


async def history_in(reader: Reader, scope: Scope, record: PlanRecord) -> tuple[PlanChange, ...]:
    """The history of a plan as it stands in this transaction."""
    acts = {each.id: each.number for each in await plan_actions.load(reader, scope, [record.id])}
    return read(await plan_notes.changes(reader, scope, [record.id]), acts)


async def find(reader: Reader, scope: Scope, number: str) -> PlanRecord:
    """The record of a plan in scope; NotFound (PLAN_NOT_FOUND)."""
    for record in await plans.load(reader, scope, numbers=[number[:SHOWN]]):
        return record
    raise NotFound(Problem(PLAN_NOT_FOUND, values={"number": number[:SHOWN]}))


def readable(actor: Actor, scope: Scope) -> Scope:
    """What of a scope the actor may read plans of."""
    held = actor.units(Permission.PLAN_READ)
    if held is None:
        return scope
    return Scope(scope.tenant_id, held if scope.unit_ids is None else held & scope.unit_ids)


def units_asked(
    actor: Actor, known: Structure, unit: str | None, below: str | None = None
) -> set[int] | None:
    """The units that are meant: one, those at or below one, or all (None); NotFound, Forbidden."""
    asked: set[int] | None = None
    for code, is_whole in ((unit, False), (below, True)):
        if code is None:
            continue
        found = known.unit(code)
        actor.require(Permission.PLAN_READ, [found.id])
        ids = {each.id for each in known.below(found)} if is_whole else {found.id}
        asked = ids if asked is None else asked & ids
    return asked
