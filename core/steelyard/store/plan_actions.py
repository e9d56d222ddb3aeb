"""The actions of improvement plans."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlalchemy import select, update

from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.scheme.number import decimal_text
from steelyard.store import stamps
from steelyard.store.plans import TOPIC
from steelyard.store.tables import PLAN_ACTION
from steelyard.store.transaction import Reader, Values, Writer

_NUMBERS = ("effort", "expected_effect", "baseline_rate")


class ActionState(StrEnum):
    """How far an action is; a dropped one is not going to be done."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    VERIFIED = "verified"
    NOT_EFFECTIVE = "not_effective"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class NewAction:
    """A step to be recorded. effort: person-days. expected_effect: what it adds to the node's rate."""

    kind: str
    title: Text
    node: str | None = None
    advice: str | None = None
    description: str | None = None
    role: Text | None = None
    owner: str | None = None
    due: date | None = None
    effort: Fraction | None = None
    expected_effect: Fraction | None = None
    baseline_rate: Fraction | None = None


@dataclass(frozen=True, slots=True)
class ActionRecord:
    """One step; `number` counts those of its plan, `revision` its own changes."""

    id: int
    plan_id: int
    number: int
    kind: str
    node: str | None
    advice: str | None
    title: Text
    description: str | None
    role: Text | None
    owner: str | None
    due: date | None
    effort: Fraction | None
    expected_effect: Fraction | None
    baseline_rate: Fraction | None
    state: ActionState
    revision: int
    created_at: datetime
    changed_at: datetime
    done_at: datetime | None
    done_by: str | None
    verified_at: datetime | None
    verified_by: str | None
    verified_period_id: int | None
    effect: Mapping[str, Any] | None


async def add(
    writer: Writer, scope: Scope, plan_id: int, new: Sequence[NewAction], *, after: int = 0
) -> list[int]:
    """Record open actions of a plan, numbered on from `after`; return their ids."""
    ids = list(await writer.numbers(PLAN_ACTION, len(new))) if new else []
    rows = [
        {
            **stored({name: getattr(each, name) for name in NewAction.__slots__}),
            "id": id,
            "tenant_id": scope.tenant_id,
            "plan_id": plan_id,
            "number": after + place,
            "state": ActionState.OPEN.value,
            "revision": 0,
            "created_at": writer.now,
            "changed_at": writer.now,
        }
        for place, (id, each) in enumerate(zip(ids, new, strict=True), 1)
    ]
    await writer.append(PLAN_ACTION, rows)
    await stamps.advance(writer, scope, TOPIC)
    return ids


async def load(reader: Reader, scope: Scope, plan_ids: Collection[int] | None = None) -> list[ActionRecord]:
    """Return the actions of plans, or of all of the tenant, by plan and number."""
    table = PLAN_ACTION.c
    query = (
        select(PLAN_ACTION).where(table.tenant_id == scope.tenant_id).order_by(table.plan_id, table.number)
    )
    if plan_ids is not None:
        query = query.where(reader.within(table.plan_id, plan_ids))
    return [_record(row) for row in await reader.rows(query)]


async def change(writer: Writer, scope: Scope, record: ActionRecord, values: Values) -> None:
    """Change fields of an action and count its revision up; the topic of plans has been claimed."""
    mine = (PLAN_ACTION.c.tenant_id == scope.tenant_id) & (PLAN_ACTION.c.id == record.id)
    counted = {"revision": record.revision + 1, "changed_at": writer.now}
    await writer.run(update(PLAN_ACTION).where(mine).values(**counted, **stored(values)))
    await stamps.advance(writer, scope, TOPIC)


def stored(values: Values) -> dict[str, Any]:
    """Fields as their columns hold them: exact numbers as decimal text, words as JSON."""
    return {name: _stored(value) for name, value in values.items()}


def _stored(value: Any) -> Any:
    if isinstance(value, Fraction):
        return decimal_text(value)
    return {"zh": value.zh, "en": value.en} if isinstance(value, Text) else value


def _record(row: Any) -> ActionRecord:
    values = {name: getattr(row, name) for name in ActionRecord.__slots__}
    for name in _NUMBERS:
        values[name] = None if values[name] is None else Fraction(values[name])
    role = None if row.role is None else Text(**row.role)
    return ActionRecord(
        **{**values, "title": Text(**row.title), "role": role, "state": ActionState(row.state)}
    )
