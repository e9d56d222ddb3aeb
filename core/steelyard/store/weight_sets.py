"""Weight sets: numbered weights that are laid over those of a scheme.  A run names the one it used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlalchemy import func, select

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.scheme.number import decimal_text
from steelyard.store import stamps
from steelyard.store.tables import WEIGHT_SET
from steelyard.store.transaction import Reader, Writer


class WeightSetState(StrEnum):
    """A draft may be changed, a published set not any more."""

    DRAFT = "draft"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class NewWeightSet:
    """Weights by node code for a scheme, with the reason for them and the period they are meant for."""

    scheme: str
    weights: Mapping[str, Fraction]
    reason: str
    effective_from: int | None = None


@dataclass(frozen=True, slots=True)
class WeightSetRecord:
    """One weight set; `effective_from` is the id of the first period it holds for."""

    id: int
    scheme: str
    number: int
    state: WeightSetState
    effective_from: int | None
    weights: Mapping[str, Fraction]
    author: str
    reason: str
    created_at: datetime


async def load(reader: Reader, scope: Scope, scheme: str) -> list[WeightSetRecord]:
    """Return the weight sets of a scheme by number."""
    table = WEIGHT_SET.c
    query = (
        select(WEIGHT_SET)
        .where(table.tenant_id == scope.tenant_id, table.scheme == scheme)
        .order_by(table.number)
    )
    return [_record(row) for row in await reader.rows(query)]


async def add(writer: Writer, scope: Scope, new: NewWeightSet, by: Actor) -> WeightSetRecord:
    """Record a draft under the next number of its scheme."""
    await stamps.claim(writer, scope, stamps.STRUCTURE)
    table = WEIGHT_SET.c
    mine = (table.tenant_id == scope.tenant_id) & (table.scheme == new.scheme)
    last = await writer.rows(select(func.coalesce(func.max(table.number), 0)).where(mine))
    number = last[0][0] + 1
    row = {
        "tenant_id": scope.tenant_id,
        "scheme": new.scheme,
        "number": number,
        "state": WeightSetState.DRAFT,
        "effective_from": new.effective_from,
        "weights": {code: decimal_text(weight) for code, weight in new.weights.items()},
        "author": by.id,
        "reason": new.reason,
        "created_at": writer.now,
    }
    await writer.run(WEIGHT_SET.insert(), [row])
    await stamps.advance(writer, scope, stamps.STRUCTURE)
    rows = await writer.rows(select(WEIGHT_SET).where(mine, table.number == number))
    return _record(rows[0])


def _record(row: Any) -> WeightSetRecord:
    return WeightSetRecord(
        id=row.id,
        scheme=row.scheme,
        number=row.number,
        state=WeightSetState(row.state),
        effective_from=row.effective_from,
        weights={code: Fraction(text) for code, text in row.weights.items()},
        author=row.author,
        reason=row.reason,
        created_at=row.created_at,
    )
