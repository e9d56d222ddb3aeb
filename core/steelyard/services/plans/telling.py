"""Telling: what of a plan somebody is told who may read it.

A plan says what was found when it was drafted, of whoever sees its unit alone. Who sees more may be told less
of peers: with what they see, the figures of all would tell of the few units that they do not see.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import ConfigError, NotFound
from steelyard.improvement.finding import FindingKind
from steelyard.services import peer_figures, structure
from steelyard.services.context import View
from steelyard.services.plans.history import FieldChange, PlanChange
from steelyard.services.plans.plan import Plan
from steelyard.store.plan_findings import FindingRecord

ANSWERS = "answers"
"""The field of an action that names findings."""


async def told(view: View, actor: Actor, scope: Scope, found: Plan) -> Plan:
    """A plan without what its reader may not be told, nor that an action answers that.

    That is what checks found in records, for who may not read measurements there, and what peers have to do
    with, where `peers` would withhold them.
    """
    reads = actor.may(Permission.MEASUREMENT_READ, [found.record.unit_id])
    nodes = await _nodes_of_peers(view, actor, scope, found)
    kept = tuple(each for each in found.findings if _is_told(each, reads, nodes))
    if len(kept) == len(found.findings):
        return found
    keys = {each.key for each in kept}
    actions = (
        replace(each, answers=tuple(key for key in each.answers if key in keys)) for each in found.actions
    )
    return replace(found, findings=kept, actions=tuple(actions))


def told_history(found: Plan, history: tuple[PlanChange, ...]) -> tuple[PlanChange, ...]:
    """The history of a plan as it was told: without the findings that were left out."""
    keys = {each.key for each in found.findings}
    return tuple(replace(each, fields=tuple(_field(one, keys) for one in each.fields)) for each in history)


def _is_told(finding: FindingRecord, reads: bool, nodes: frozenset[str] | None) -> bool:
    if finding.kind == FindingKind.BEHIND_PEERS:
        return nodes is None or finding.node in nodes
    return reads or finding.node is not None or finding.kind != FindingKind.DATA_QUALITY


async def _nodes_of_peers(view: View, actor: Actor, scope: Scope, found: Plan) -> frozenset[str] | None:
    """The nodes on which the reader is told of peers in the plan's period; None for all."""
    if not any(each.kind == FindingKind.BEHIND_PEERS for each in found.findings):
        return None
    known = await structure.load_whole(view, scope)
    period = known.period_by_id(found.record.period_id)
    if period is None:
        return frozenset()
    try:
        return await peer_figures.told_nodes(view, actor, scope, scheme=found.record.scheme, period=period)
    except (NotFound, ConfigError):
        # Its pack is gone, or the period cannot be shown: nobody can tell whom it would tell of.
        return frozenset()


def _field(change: FieldChange, keys: set[str]) -> FieldChange:
    if change.field != ANSWERS:
        return change
    before, after = (_kept(value, keys) for value in (change.before, change.after))
    return replace(change, before=before, after=after)


def _kept(value: Any, keys: set[str]) -> Any:
    return [each for each in value if each in keys] if isinstance(value, list) else value
