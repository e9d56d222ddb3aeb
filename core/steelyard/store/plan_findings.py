"""What plans answer: weak points as they were found, and which actions answer which of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.store.tables import PLAN_ACTION_FINDING, PLAN_FINDING
from steelyard.store.transaction import Reader, Writer


@dataclass(frozen=True, slots=True)
class NewFinding:
    """A weak point to be recorded; `cost` is in points at the root, as decimal text."""

    key: str
    kind: str
    node: str | None
    rule: str | None
    title: Text
    sentence: Text
    cost: str | None


@dataclass(frozen=True, slots=True)
class FindingRecord:
    """One weak point that a plan answers, as it was found."""

    id: int
    plan_id: int
    key: str
    kind: str
    node: str | None
    rule: str | None
    title: Text
    sentence: Text
    cost: str | None
    position: int


async def add(
    writer: Writer, scope: Scope, plan_id: int, new: Sequence[NewFinding], *, after: int = 0
) -> Mapping[str, int]:
    """Record weak points of a plan, behind those up to position `after`; return their ids by key."""
    ids = await writer.numbers(PLAN_FINDING, len(new)) if new else ()
    rows = [
        {
            "id": id,
            "tenant_id": scope.tenant_id,
            "plan_id": plan_id,
            "key": each.key,
            "kind": each.kind,
            "node": each.node,
            "rule": each.rule,
            "title": {"zh": each.title.zh, "en": each.title.en},
            "sentence": {"zh": each.sentence.zh, "en": each.sentence.en},
            "cost": each.cost,
            "position": after + place,
        }
        for place, (id, each) in enumerate(zip(ids, new, strict=True), 1)
    ]
    await writer.append(PLAN_FINDING, rows)
    return {each.key: id for id, each in zip(ids, new, strict=True)}


async def load(reader: Reader, scope: Scope, plan_ids: Collection[int]) -> list[FindingRecord]:
    """Return the weak points of plans, in the order of each plan."""
    table = PLAN_FINDING.c
    query = (
        select(PLAN_FINDING)
        .where(table.tenant_id == scope.tenant_id, reader.within(table.plan_id, plan_ids))
        .order_by(table.plan_id, table.position)
    )
    return [_record(row) for row in await reader.rows(query)]


async def links(reader: Reader, scope: Scope, plan_ids: Collection[int]) -> Mapping[int, tuple[str, ...]]:
    """Return by action id the keys of what the action answers, in the order of the plan."""
    link, finding = PLAN_ACTION_FINDING.c, PLAN_FINDING.c
    query = (
        select(link.action_id, finding.key)
        .join(PLAN_FINDING, link.finding_id == finding.id)
        .where(link.tenant_id == scope.tenant_id, finding.tenant_id == scope.tenant_id)
        .where(reader.within(finding.plan_id, plan_ids))
        .order_by(link.action_id, finding.position)
    )
    found = defaultdict[int, tuple[str, ...]](tuple)
    for row in await reader.rows(query):
        found[row.action_id] += (row.key,)
    return found


async def link(writer: Writer, scope: Scope, pairs: Collection[tuple[int, int]]) -> None:
    """Say that actions answer weak points: pairs of their ids that are not on record."""
    rows = [
        {"tenant_id": scope.tenant_id, "action_id": action, "finding_id": finding}
        for action, finding in sorted(set(pairs))
    ]
    await writer.append(PLAN_ACTION_FINDING, rows)


async def unlink(writer: Writer, scope: Scope, action_id: int) -> None:
    """Say that an action answers none."""
    table = PLAN_ACTION_FINDING.c
    mine = (table.tenant_id == scope.tenant_id) & (table.action_id == action_id)
    await writer.run(delete(PLAN_ACTION_FINDING).where(mine))


def _record(row: Any) -> FindingRecord:
    values = {name: getattr(row, name) for name in FindingRecord.__slots__}
    return FindingRecord(**{**values, "title": Text(**row.title), "sentence": Text(**row.sentence)})
