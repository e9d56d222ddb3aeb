"""Editing plans: their title, and their actions added, changed, claimed and dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput, NotFound, Place, Problem
from steelyard.improvement.draft import ActionKind
from steelyard.services import structure
from steelyard.services.administration.perform import refuse_problems
from steelyard.services.administration.texts import reason_problems, text_problems
from steelyard.services.context import View
from steelyard.services.plans import problems as p
from steelyard.services.plans.changing import EDITABLE, Held, changing
from steelyard.services.plans.fields import PROMISED, require_fields, stored
from steelyard.services.plans.history import entry as told_entry
from steelyard.services.plans.owners import require_owner
from steelyard.services.plans.plan import PENDING, Plan
from steelyard.services.plans.reading import plan as read_plan
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.store import plan_actions, plan_findings, plan_notes
from steelyard.store.plan_actions import ActionRecord, ActionState, NewAction
from steelyard.store.plan_findings import FindingRecord


@dataclass(frozen=True, slots=True)
class _Ends:
    """What an action's links begin and end at."""

    findings: Mapping[str, FindingRecord]
    links: Mapping[int, tuple[str, ...]]


async def rename(view: View, actor: Actor, scope: Scope, *, number: str, revision: int, title: str) -> Plan:
    """Give a plan another title."""
    refuse_problems([*text_problems("title", title)])
    async with changing(view, actor, scope, number) as held:
        held.require_state(*EDITABLE)
        await held.require_revision(revision)
        await held.change("edited", {"title": title.strip()})
    return await read_plan(view, actor, scope, number=number)


async def add_action(
    view: View, actor: Actor, scope: Scope, *, number: str, fields: Mapping[str, Any], reason: str = ""
) -> Plan:
    """Add an action with the fields of `fields.FIELDS`, at least a title; the plan may be under way."""
    await _require_owner(view, actor, scope, number, fields)
    async with changing(view, actor, scope, number) as held:
        held.require_state(*EDITABLE)
        ends = await _ends(held)
        given = {"title": "", **fields}
        require_fields(_entry(view, held), ends.findings, given)
        if given.get("expected_effect") is not None and given.get("node") is None:
            raise InvalidInput(Problem(p.PLAN_NODE_NEEDED, Place(field="node")))
        columns = stored(given)
        new = NewAction(
            kind=ActionKind.IMPROVE.value,
            **columns,
            baseline_rate=_rate_then(held, columns.get("node")),
        )
        [id] = await plan_actions.add(
            held.writer, scope, held.record.id, [new], after=max(held.actions, default=0)
        )
        answers = tuple(given.get("answers") or ())
        await _link(held, ends, id, answers)
        change = told_entry("added", 0, {}, {**columns, "answers": answers}, action_id=id, reason=reason)
        await plan_notes.tell(held.writer, scope, held.record.id, [change], actor)
        await held.follow()
    return await read_plan(view, actor, scope, number=number)


async def change_action(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    number: str,
    action: int,
    revision: int,
    fields: Mapping[str, Any],
    reason: str = "",
) -> Plan:
    """Change fields of an action that is still to be done; those not named stay, None empties one.

    After agreement the expected effect and the day on which it is due change with a reason only, which is
    kept (REASON_REQUIRED). Raises Conflict (PLAN_ACTION_CHANGED, PLAN_ACTION_STATE).
    """
    if not fields:
        raise InvalidInput(Problem(p.PLAN_NOTHING_GIVEN))
    await _require_owner(view, actor, scope, number, fields)
    async with changing(view, actor, scope, number) as held:
        held.require_state(*EDITABLE)
        found = held.action(action)
        await held.require_action_revision(found, revision)
        held.action(action, *PENDING)
        ends = await _ends(held)
        require_fields(_entry(view, held), ends.findings, fields)
        await _apply(held, ends, found, fields, reason)
    return await read_plan(view, actor, scope, number=number)


async def claim_action(
    view: View, actor: Actor, scope: Scope, *, number: str, action: int, revision: int
) -> Plan:
    """Make an action one's own."""
    own = {"owner": actor.id}
    return await change_action(
        view, actor, scope, number=number, action=action, revision=revision, fields=own
    )


async def drop_action(
    view: View, actor: Actor, scope: Scope, *, number: str, action: int, revision: int, reason: str = ""
) -> Plan:
    """Drop an action that is still to be done; after agreement with a reason only. It stays on record."""
    async with changing(view, actor, scope, number) as held:
        held.require_state(*EDITABLE)
        found = held.action(action)
        await held.require_action_revision(found, revision)
        held.action(action, *PENDING)
        if held.is_agreed:
            refuse_problems([*reason_problems(reason)])
        await held.change_action(found, "dropped", {"state": ActionState.DROPPED}, reason)
    return await read_plan(view, actor, scope, number=number)


async def _apply(
    held: Held, ends: _Ends, found: ActionRecord, fields: Mapping[str, Any], reason: str
) -> None:
    columns = stored(fields)
    changed = {name: value for name, value in columns.items() if getattr(found, name) != value}
    if "node" in changed:
        changed["baseline_rate"] = _rate_then(held, changed["node"])
    node = changed.get("node", found.node)
    if node is None and changed.get("expected_effect", found.expected_effect) is not None:
        raise InvalidInput(Problem(p.PLAN_NODE_NEEDED, Place(field="node")))
    if held.is_agreed and PROMISED & set(changed):
        refuse_problems([*reason_problems(reason)])
    beside = {}
    if "answers" in fields:
        old = ends.links.get(found.id, ())
        new = tuple(key for key in ends.findings if key in set(fields["answers"] or ()))
        if new != old:
            beside["answers"] = old, new
            await plan_findings.unlink(held.writer, held.scope, found.id)
            await _link(held, ends, found.id, new)
    if changed or beside:
        await held.change_action(found, "edited", changed, reason, beside=beside)


async def _ends(held: Held) -> _Ends:
    ids = [held.record.id]
    findings = await plan_findings.load(held.writer, held.scope, ids)
    links = await plan_findings.links(held.writer, held.scope, ids)
    return _Ends({each.key: each for each in findings}, links)


async def _link(held: Held, ends: _Ends, action_id: int, keys: tuple[str, ...]) -> None:
    pairs = [(action_id, ends.findings[key].id) for key in keys]
    await plan_findings.link(held.writer, held.scope, pairs)


async def _require_owner(
    view: View, actor: Actor, scope: Scope, number: str, fields: Mapping[str, Any]
) -> None:
    """Before the change: whose rights an owner has is no part of its transaction."""
    owner = fields.get("owner")
    if owner is None:
        return
    code = (await read_plan(view, actor, scope, number=number)).unit
    unit = (await structure.load(view, actor, scope)).unit(code)
    await require_owner(view, actor, scope, owner, unit)


def _entry(view: View, held: Held) -> SchemeEntry | None:
    try:
        return view.context.entry(held.record.scheme)
    except NotFound:
        return None


def _rate_then(held: Held, node: str | None) -> Fraction | None:
    """The rate that an indicator had when the plan was made; None where it had none, or is not known."""
    said = held.record.baseline.get("rates", {}).get(node)
    return None if said is None else Fraction(said)
