"""Objections: what a rated unit says against a final result, and what was decided."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import insert, select, update

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.store.tables import OBJECTION
from steelyard.store.transaction import Reader, Writer

TOPIC = "objections"
"""The stamp of a tenant's objections; whoever changes one claims it before they read it."""


class ObjectionState(StrEnum):
    """An open one is waiting for a decision; the others are done with."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class NewObjection:
    """An objection to be recorded; `node` None is against the result as a whole."""

    number: str
    scheme: str
    unit_id: int
    period_id: int
    run_id: int
    node: str | None
    reason: str
    decide_by: date


@dataclass(frozen=True, slots=True)
class ObjectionRecord:
    """One objection by its random number; `revision` counts its changes.

    answered_by_run_id: the revision of the period that an accepted one led to.
    """

    id: int
    number: str
    scheme: str
    unit_id: int
    period_id: int
    run_id: int
    node: str | None
    reason: str
    state: ObjectionState
    revision: int
    decide_by: date
    filed_at: datetime
    filed_by: str
    decided_at: datetime | None
    decided_by: str | None
    decision_reason: str | None
    answered_by_run_id: int | None

    def is_overdue(self, today: date) -> bool:
        """Tell whether it waits for a decision although its day is over."""
        return self.state is ObjectionState.OPEN and self.decide_by < today


async def load(
    reader: Reader,
    scope: Scope,
    *,
    numbers: Collection[str] | None = None,
    state: ObjectionState | None = None,
) -> list[ObjectionRecord]:
    """Return the objections of units in scope, the latest first: all, or those with numbers, in a state."""
    table = OBJECTION.c
    query = select(*(table[name] for name in ObjectionRecord.__slots__))
    query = query.where(table.tenant_id == scope.tenant_id)
    if scope.unit_ids is not None:
        query = query.where(reader.within(table.unit_id, scope.unit_ids))
    if numbers is not None:
        query = query.where(reader.within(table.number, numbers))
    if state is not None:
        query = query.where(table.state == state)
    query = query.order_by(table.filed_at.desc(), table.number)
    return [_record(tuple(row)) for row in await reader.rows(query)]


async def add(writer: Writer, scope: Scope, new: NewObjection, by: Actor) -> None:
    """Record an objection, which is open."""
    values = {name: getattr(new, name) for name in NewObjection.__slots__}
    filed = {"filed_at": writer.now, "filed_by": by.id, "state": ObjectionState.OPEN, "revision": 0}
    await writer.run(insert(OBJECTION), [{"tenant_id": scope.tenant_id, **values, **filed}])


async def close(
    writer: Writer, scope: Scope, record: ObjectionRecord, state: ObjectionState, reason: str, by: Actor
) -> None:
    """Record what became of an open objection, why and by whom."""
    decided = {"decided_at": writer.now, "decided_by": by.id, "decision_reason": reason}
    await _change(writer, scope, record, state=state, **decided)


async def answer(writer: Writer, scope: Scope, record: ObjectionRecord, run_id: int) -> None:
    """Record the run that answers an accepted objection."""
    await _change(writer, scope, record, answered_by_run_id=run_id)


async def _change(writer: Writer, scope: Scope, record: ObjectionRecord, **values: Any) -> None:
    mine = (OBJECTION.c.tenant_id == scope.tenant_id) & (OBJECTION.c.number == record.number)
    changed = {**values, "revision": record.revision + 1}
    await writer.run(update(OBJECTION).where(mine).values(**changed))


def _record(columns: tuple[Any, ...]) -> ObjectionRecord:
    values = dict(zip(ObjectionRecord.__slots__, columns, strict=True))
    return ObjectionRecord(**{**values, "state": ObjectionState(values["state"])})
