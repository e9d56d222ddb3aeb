"""Improvement plans: one row each. What they answer, their actions and what people say of them are beside."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import insert, select, update

from steelyard.access.scope import Scope
from steelyard.store import stamps
from steelyard.store.tables import PLAN
from steelyard.store.transaction import Reader, Values, Writer

TOPIC = "plans"
"""The stamp of all plans of a tenant; whoever changes one claims it before they read it."""
_NUMBERS = 10**9


class PlanState(StrEnum):
    """How far a plan is; a dropped one is given up."""

    DRAFT = "draft"
    AGREED = "agreed"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    VERIFIED = "verified"
    NOT_EFFECTIVE = "not_effective"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A plan to be recorded. target, baseline: as they are to be shown for good."""

    scheme: str
    scheme_id: int
    unit_id: int
    period_id: int
    node: str
    title: str
    target: Mapping[str, Any] | None
    baseline: Mapping[str, Any]
    created_by: str


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """One plan; `number` names it, `revision` counts the changes of the plan itself."""

    id: int
    number: str
    scheme: str
    scheme_id: int
    unit_id: int
    period_id: int
    node: str
    title: str
    target: Mapping[str, Any] | None
    baseline: Mapping[str, Any]
    state: PlanState
    revision: int
    created_at: datetime
    created_by: str
    changed_at: datetime
    agreed_at: datetime | None
    agreed_by: str | None


async def add(writer: Writer, scope: Scope, new: NewPlan) -> PlanRecord:
    """Record a draft under a number that tells nothing of others; its topic has been claimed."""
    scope.require([new.unit_id])
    number = _number()
    while await load(writer, Scope(scope.tenant_id), numbers=[number]):
        number = _number()
    values = {name: getattr(new, name) for name in NewPlan.__slots__}
    row = {
        **values,
        "tenant_id": scope.tenant_id,
        "number": number,
        "target": None if new.target is None else dict(new.target),
        "baseline": dict(new.baseline),
        "state": PlanState.DRAFT.value,
        "revision": 0,
        "created_at": writer.now,
        "changed_at": writer.now,
    }
    await writer.run(insert(PLAN), [row])
    await stamps.advance(writer, scope, TOPIC)
    [record] = await load(writer, scope, numbers=[number])
    return record


async def load(
    reader: Reader,
    scope: Scope,
    *,
    numbers: Collection[str] | None = None,
) -> list[PlanRecord]:
    """Return the plans of the units in scope, by number: all, or those of these numbers."""
    table = PLAN.c
    query = select(PLAN).where(table.tenant_id == scope.tenant_id).order_by(table.number)
    if scope.unit_ids is not None:
        query = query.where(reader.within(table.unit_id, scope.unit_ids))
    if numbers is not None:
        query = query.where(reader.within(table.number, numbers))
    return [_record(row) for row in await reader.rows(query)]


async def numbers(
    reader: Reader,
    scope: Scope,
    *,
    scheme: str | None = None,
    unit_ids: Collection[int] | None = None,
    period_ids: Collection[int] | None = None,
    state: PlanState | None = None,
) -> list[str]:
    """Return the numbers of the plans of the units in scope that fit what is given, in their order."""
    table = PLAN.c
    query = select(table.number).where(table.tenant_id == scope.tenant_id).order_by(table.number)
    if scope.unit_ids is not None:
        query = query.where(reader.within(table.unit_id, scope.unit_ids))
    if unit_ids is not None:
        query = query.where(reader.within(table.unit_id, unit_ids))
    if period_ids is not None:
        query = query.where(reader.within(table.period_id, period_ids))
    if scheme is not None:
        query = query.where(table.scheme == scheme)
    if state is not None:
        query = query.where(table.state == state.value)
    return [row.number for row in await reader.rows(query)]


async def change(writer: Writer, scope: Scope, record: PlanRecord, values: Values) -> PlanRecord:
    """Change columns of a plan and count its revision up; its topic has been claimed."""
    mine = (PLAN.c.tenant_id == scope.tenant_id) & (PLAN.c.id == record.id)
    counted = {"revision": record.revision + 1, "changed_at": writer.now}
    await writer.run(update(PLAN).where(mine).values(**counted, **values))
    await stamps.advance(writer, scope, TOPIC)
    [found] = await load(writer, scope, numbers=[record.number])
    return found


def _number() -> str:
    return f"{secrets.randbelow(_NUMBERS):09d}"


def _record(row: Any) -> PlanRecord:
    values = {name: getattr(row, name) for name in PlanRecord.__slots__}
    return PlanRecord(**{**values, "state": PlanState(row.state)})
