"""Exemptions: for which unit an indicator or a rule does not hold, from when, until when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select, update

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.store.tables import EXEMPTION
from steelyard.store.transaction import Reader, Writer

TOPIC = "exemptions"
"""The stamp of a tenant's exemptions; where it was never raised there are none."""


@dataclass(frozen=True, slots=True)
class NewExemption:
    """An exemption to be recorded; of node and rule one is given. [starts, expires)."""

    number: int
    scheme: str
    unit_id: int
    node: str | None
    rule: str | None
    starts: date
    expires: date
    reason: str


@dataclass(frozen=True, slots=True)
class ExemptionRecord:
    """One exemption of a unit and those below it, by its random number; `ended` where it was cut short."""

    id: int
    number: int
    scheme: str
    unit_id: int
    node: str | None
    rule: str | None
    starts: date
    expires: date
    reason: str
    granted_at: datetime
    granted_by: str
    ended: date | None
    ended_at: datetime | None
    ended_by: str | None
    end_reason: str | None

    @property
    def until(self) -> date:
        """The first day on which it does not hold any more."""
        return self.expires if self.ended is None else min(self.expires, self.ended)

    def holds_on(self, day: date) -> bool:
        """Tell whether it holds in a period that begins on a day."""
        return self.starts <= day < self.until


async def load(
    reader: Reader, scope: Scope, *, numbers: Collection[int] | None = None
) -> list[ExemptionRecord]:
    """Return the tenant's exemptions by scheme, start and number: all, or those with these numbers."""
    table = EXEMPTION.c
    query = select(*(table[name] for name in ExemptionRecord.__slots__))
    query = query.where(table.tenant_id == scope.tenant_id)
    if numbers is not None:
        query = query.where(reader.within(table.number, numbers))
    query = query.order_by(table.scheme, table.starts, table.number)
    return [ExemptionRecord(*row) for row in await reader.rows(query)]


async def add(writer: Writer, scope: Scope, new: NewExemption, by: Actor) -> None:
    """Record an exemption."""
    values = {name: getattr(new, name) for name in NewExemption.__slots__}
    granted = {"granted_at": writer.now, "granted_by": by.id}
    await writer.run(insert(EXEMPTION), [{"tenant_id": scope.tenant_id, **values, **granted}])


async def end(writer: Writer, scope: Scope, number: int, day: date, reason: str, by: Actor) -> None:
    """Let an exemption hold for no period that begins on a day or later."""
    mine = (EXEMPTION.c.tenant_id == scope.tenant_id) & (EXEMPTION.c.number == number)
    ended = {"ended": day, "ended_at": writer.now, "ended_by": by.id, "end_reason": reason}
    await writer.run(update(EXEMPTION).where(mine).values(**ended))
