"""Weight sets: numbered weights that are laid over those of a scheme.  A run names the one it used.

A draft may be changed and discarded. Once it is published, from a period on, it stays as it is: what holds in
a period is the set published for the latest start up to then, of several for one start the last published.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlalchemy import delete, func, select, update

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.scheme.number import decimal_text
from steelyard.store import stamps
from steelyard.store.tables import CALENDAR, PERIOD, WEIGHT_SET
from steelyard.store.transaction import Reader, Writer

TOPIC = "weights"
"""The stamp of a tenant's drafts; whoever changes one claims it before they read it."""


class WeightSetState(StrEnum):
    """A draft may be changed, a published set not any more."""

    DRAFT = "draft"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Standard:
    """The pass line and the target of an indicator, as rates, for some units.

    unit: for the one of this code and all below it. attribute, value: for those with that attribute. Neither:
    for all.
    """

    node: str
    pass_line: Fraction | None = None
    target: Fraction | None = None
    unit: str | None = None
    attribute: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What a set lays over its scheme: weights by node code, pass lines and targets."""

    weights: Mapping[str, Fraction] = field(default_factory=dict)
    standards: tuple[Standard, ...] = ()


@dataclass(frozen=True, slots=True)
class NewWeightSet:
    """A set for a scheme, and what it is for. method: how its weights were found, as JSON."""

    scheme: str
    content: Content
    reason: str
    method: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """The first period that a set holds for."""

    period_id: int
    calendar: str
    period: str
    day: date


@dataclass(frozen=True, slots=True)
class WeightSetRecord:
    """One weight set.

    revision: how often it was changed as a draft. publication: which published set of its scheme it is.
    """

    id: int
    scheme: str
    number: int
    state: WeightSetState
    content: Content
    method: Mapping[str, Any] | None
    author: str
    reason: str
    created_at: datetime
    revision: int
    changed_at: datetime | None
    starts: Start | None = None
    publication: int | None = None
    published_at: datetime | None = None
    published_by: str | None = None

    @property
    def weights(self) -> Mapping[str, Fraction]:
        """Its weights by node code."""
        return self.content.weights


async def load(
    reader: Reader,
    scope: Scope,
    *,
    scheme: str | None = None,
    numbers: Collection[int] | None = None,
    state: WeightSetState | None = None,
) -> list[WeightSetRecord]:
    """Return weight sets by scheme and number: all, or those of a scheme, with numbers, in a state."""
    table = WEIGHT_SET.c
    query = (
        select(
            WEIGHT_SET,
            CALENDAR.c.code.label("calendar"),
            PERIOD.c.code.label("period"),
            PERIOD.c.start_date.label("day"),
        )
        .join(
            PERIOD,
            (PERIOD.c.id == table.effective_from) & (PERIOD.c.tenant_id == scope.tenant_id),
            isouter=True,
        )
        .join(
            CALENDAR,
            (CALENDAR.c.id == PERIOD.c.calendar_id) & (CALENDAR.c.tenant_id == scope.tenant_id),
            isouter=True,
        )
        .where(table.tenant_id == scope.tenant_id)
        .order_by(table.scheme, table.number)
    )
    if scheme is not None:
        query = query.where(table.scheme == scheme)
    if numbers is not None:
        query = query.where(reader.within(table.number, numbers))
    if state is not None:
        query = query.where(table.state == state)
    return [_record(row) for row in await reader.rows(query)]


async def add(writer: Writer, scope: Scope, new: NewWeightSet, by: Actor) -> WeightSetRecord:
    """Record a draft under the next number of its scheme."""
    await stamps.claim(writer, scope, TOPIC)
    number = 1 + await _largest(writer, scope, new.scheme, WEIGHT_SET.c.number)
    row = {
        "tenant_id": scope.tenant_id,
        "scheme": new.scheme,
        "number": number,
        "state": WeightSetState.DRAFT,
        **_content(new),
        "author": by.id,
        "reason": new.reason,
        "created_at": writer.now,
        "revision": 0,
        "changed_at": writer.now,
    }
    await writer.run(WEIGHT_SET.insert(), [row])
    await stamps.advance(writer, scope, TOPIC)
    [record] = await load(writer, scope, scheme=new.scheme, numbers=[number])
    return record


async def change(writer: Writer, scope: Scope, draft: WeightSetRecord, new: NewWeightSet) -> WeightSetRecord:
    """Put other weights in place of a draft's; the caller holds TOPIC and has seen this revision of it."""
    values = {
        **_content(new),
        "reason": new.reason,
        "revision": draft.revision + 1,
        "changed_at": writer.now,
    }
    await writer.run(_only(scope, draft, update(WEIGHT_SET)).values(values))
    await stamps.advance(writer, scope, TOPIC)
    [record] = await load(writer, scope, scheme=draft.scheme, numbers=[draft.number])
    return record


async def discard(writer: Writer, scope: Scope, draft: WeightSetRecord) -> None:
    """Drop a draft; the caller holds TOPIC."""
    await writer.run(_only(scope, draft, delete(WEIGHT_SET)))
    await stamps.advance(writer, scope, TOPIC)


async def publish(
    writer: Writer, scope: Scope, draft: WeightSetRecord, period_id: int, by: Actor
) -> WeightSetRecord:
    """Publish a draft from a period on; the caller holds STRUCTURE and TOPIC, which perform raises."""
    values = {
        "state": WeightSetState.PUBLISHED,
        "effective_from": period_id,
        "publication": 1 + await _largest(writer, scope, draft.scheme, WEIGHT_SET.c.publication),
        "published_at": writer.now,
        "published_by": by.id,
    }
    await writer.run(_only(scope, draft, update(WEIGHT_SET)).values(values))
    [record] = await load(writer, scope, scheme=draft.scheme, numbers=[draft.number])
    return record


def _only(scope: Scope, draft: WeightSetRecord, statement: Any) -> Any:
    table = WEIGHT_SET.c
    return statement.where(
        table.tenant_id == scope.tenant_id, table.id == draft.id, table.state == WeightSetState.DRAFT
    )


async def _largest(reader: Reader, scope: Scope, scheme: str, column: Any) -> int:
    table = WEIGHT_SET.c
    query = select(func.coalesce(func.max(column), 0)).where(
        table.tenant_id == scope.tenant_id, table.scheme == scheme
    )
    return int((await reader.rows(query))[0][0])


def weights_text(content: Content) -> dict[str, str]:
    """The weights as JSON."""
    return {code: decimal_text(weight) for code, weight in content.weights.items()}


def standards_text(content: Content) -> list[dict[str, str | None]]:
    """The pass lines and targets as JSON."""
    return [
        {
            "node": each.node,
            "pass": None if each.pass_line is None else decimal_text(each.pass_line),
            "target": None if each.target is None else decimal_text(each.target),
            "unit": each.unit,
            "attribute": each.attribute,
            "value": each.value,
        }
        for each in content.standards
    ]


def _content(new: NewWeightSet) -> dict[str, Any]:
    return {
        "weights": weights_text(new.content),
        "standards": standards_text(new.content),
        "method": None if new.method is None else dict(new.method),
    }


def _standard(told: Mapping[str, str | None]) -> Standard:
    line, target = told["pass"], told["target"]
    return Standard(
        node=str(told["node"]),
        pass_line=None if line is None else Fraction(line),
        target=None if target is None else Fraction(target),
        unit=told["unit"],
        attribute=told["attribute"],
        value=told["value"],
    )


def _record(row: Any) -> WeightSetRecord:
    starts = None
    if row.effective_from is not None:
        starts = Start(row.effective_from, row.calendar, row.period, row.day)
    return WeightSetRecord(
        id=row.id,
        scheme=row.scheme,
        number=row.number,
        state=WeightSetState(row.state),
        content=Content(
            {code: Fraction(text) for code, text in row.weights.items()},
            tuple(map(_standard, row.standards or ())),
        ),
        method=row.method,
        author=row.author,
        reason=row.reason,
        created_at=row.created_at,
        revision=row.revision,
        changed_at=row.changed_at,
        starts=starts,
        publication=row.publication,
        published_at=row.published_at,
        published_by=row.published_by,
    )
