"""What is kept beside plans and their actions: comments, changes, and files that show what was done."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.store import stamps
from steelyard.store.plans import TOPIC
from steelyard.store.tables import PLAN_ACTION, PLAN_CHANGE, PLAN_COMMENT, PLAN_EVIDENCE
from steelyard.store.transaction import Reader, Writer

_LARGEST = 2**31 - 1
"""Of ids; also the largest integer of GraphQL."""


@dataclass(frozen=True, slots=True)
class CommentRecord:
    """What somebody said about a plan, or about one of its actions."""

    id: int
    plan_id: int
    action_id: int | None
    text: str
    written_at: datetime
    written_by: str


@dataclass(frozen=True, slots=True)
class NewChange:
    """What somebody changed: of the plan itself, or of the action with this id."""

    action_id: int | None
    what: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """One entry of a plan's history."""

    id: int
    plan_id: int
    action_id: int | None
    what: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """A file to be attached; `content` is its sha256 in hex, `size` is in bytes."""

    action_id: int
    content: str
    file_name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """One file that shows that an action was done."""

    id: int
    action_id: int
    content: str
    file_name: str
    media_type: str
    size: int
    added_at: datetime
    added_by: str


async def comment(
    writer: Writer, scope: Scope, plan_id: int, action_id: int | None, text: str, by: Actor
) -> None:
    """Record what somebody says; the topic of plans has been claimed."""
    row = {
        "tenant_id": scope.tenant_id,
        "plan_id": plan_id,
        "action_id": action_id,
        "text": text,
        "written_at": writer.now,
        "written_by": by.id,
    }
    await writer.run(insert(PLAN_COMMENT), [row])
    await stamps.advance(writer, scope, TOPIC)


async def comments(reader: Reader, scope: Scope, plan_ids: Collection[int]) -> list[CommentRecord]:
    """Return what was said about plans and their actions, the oldest first."""
    return [
        CommentRecord(**_values(row, CommentRecord))
        for row in await reader.rows(_of_plans(reader, scope, PLAN_COMMENT, plan_ids))
    ]


async def tell(writer: Writer, scope: Scope, plan_id: int, new: Sequence[NewChange], by: Actor) -> None:
    """Record changes of a plan and its actions."""
    rows = [
        {
            "tenant_id": scope.tenant_id,
            "plan_id": plan_id,
            "action_id": each.action_id,
            "what": each.what,
            "before": None if each.before is None else dict(each.before),
            "after": None if each.after is None else dict(each.after),
            "changed_at": writer.now,
            "changed_by": by.id,
        }
        for each in new
    ]
    await writer.append(PLAN_CHANGE, rows)


async def changes(reader: Reader, scope: Scope, plan_ids: Collection[int]) -> list[ChangeRecord]:
    """Return the history of plans, the oldest first."""
    return [
        ChangeRecord(**_values(row, ChangeRecord))
        for row in await reader.rows(_of_plans(reader, scope, PLAN_CHANGE, plan_ids))
    ]


async def attach(writer: Writer, scope: Scope, new: NewEvidence, by: Actor) -> None:
    """Record a file that lies in the content store; the topic of plans has been claimed."""
    values = {name: getattr(new, name) for name in NewEvidence.__slots__}
    # Not one after the other: an id would tell how many files others have.
    id = _drawn()
    table = PLAN_EVIDENCE.c
    mine = select(table.id).where(table.tenant_id == scope.tenant_id)
    while await writer.rows(mine.where(table.id == id)):
        id = _drawn()
    row = {"id": id, "tenant_id": scope.tenant_id, "added_at": writer.now, "added_by": by.id, **values}
    await writer.run(insert(PLAN_EVIDENCE), [row])
    await stamps.advance(writer, scope, TOPIC)


async def evidence(reader: Reader, scope: Scope, plan_ids: Collection[int]) -> list[EvidenceRecord]:
    """Return the files of the actions of plans, the oldest first."""
    table, action = PLAN_EVIDENCE.c, PLAN_ACTION.c
    query = (
        select(PLAN_EVIDENCE)
        .join(PLAN_ACTION, table.action_id == action.id)
        .where(table.tenant_id == scope.tenant_id, action.tenant_id == scope.tenant_id)
        .where(reader.within(action.plan_id, plan_ids))
        .order_by(table.added_at, table.id)
    )
    return [EvidenceRecord(**_values(row, EvidenceRecord)) for row in await reader.rows(query)]


async def remove(writer: Writer, scope: Scope, id: int) -> None:
    """Take a file off its action; what nobody refers to is collected later."""
    table = PLAN_EVIDENCE.c
    mine = (table.tenant_id == scope.tenant_id) & (table.id == id)
    await writer.run(delete(PLAN_EVIDENCE).where(mine))
    await stamps.advance(writer, scope, TOPIC)


def _of_plans(reader: Reader, scope: Scope, table: Any, plan_ids: Collection[int]) -> Any:
    query = select(table).where(table.c.tenant_id == scope.tenant_id)
    return query.where(reader.within(table.c.plan_id, plan_ids)).order_by(table.c.id)


def _values(row: Any, record: type[Any]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in record.__slots__}


def _drawn() -> int:
    return secrets.randbelow(_LARGEST) + 1
