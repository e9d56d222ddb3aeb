"""Units: what is scored.  Their place in the tree is in `parentage`, the rest in `attributes`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.store import stamps
from steelyard.store.tables import UNIT
from steelyard.store.transaction import Reader, Writer


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to be recorded; the days it opened and closed may be unknown."""

    code: str
    title: Text
    unit_type: str
    opened_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """One unit; it is open in [opened_on, closed_on)."""

    id: int
    code: str
    title: Text
    unit_type: str
    opened_on: date | None
    closed_on: date | None


async def load(
    reader: Reader,
    scope: Scope,
    *,
    unit_type: str | None = None,
    codes: Collection[str] | None = None,
) -> list[UnitRecord]:
    """Return the units in scope by code, all or those of a type or of these codes."""
    query = select(UNIT).where(UNIT.c.tenant_id == scope.tenant_id).order_by(UNIT.c.code)
    if scope.unit_ids is not None:
        query = query.where(reader.within(UNIT.c.id, scope.unit_ids))
    if unit_type is not None:
        query = query.where(UNIT.c.unit_type == unit_type)
    if codes is not None:
        query = query.where(reader.within(UNIT.c.code, codes))
    return [_record(row) for row in await reader.rows(query)]


async def ensure(writer: Writer, scope: Scope, news: Sequence[NewUnit]) -> dict[str, UnitRecord]:
    """Record the units whose codes are new and return all by code, in the order given.

    A unit that is there already is returned as it is.
    """
    await stamps.claim(writer, scope, stamps.STRUCTURE)
    wanted = {new.code: new for new in news}
    tenant = Scope(scope.tenant_id)
    found = {unit.code: unit for unit in await load(writer, tenant, codes=wanted)}
    scope.require(unit.id for unit in found.values())
    missing = [new for code, new in wanted.items() if code not in found]
    if missing:
        ids = await writer.numbers(UNIT, len(missing))
        made = [
            UnitRecord(id, new.code, new.title, new.unit_type, new.opened_on, new.closed_on)
            for id, new in zip(ids, missing, strict=True)
        ]
        await writer.append(UNIT, [_row(scope, unit) for unit in made])
        await stamps.advance(writer, scope, stamps.STRUCTURE)
        found |= {unit.code: unit for unit in made}
    return {code: found[code] for code in wanted}


def _row(scope: Scope, unit: UnitRecord) -> dict[str, Any]:
    return {
        "id": unit.id,
        "tenant_id": scope.tenant_id,
        "code": unit.code,
        "title_zh": unit.title.zh,
        "title_en": unit.title.en,
        "unit_type": unit.unit_type,
        "opened_on": unit.opened_on,
        "closed_on": unit.closed_on,
    }


def _record(row: Any) -> UnitRecord:
    title = Text(row.title_zh, row.title_en)
    return UnitRecord(row.id, row.code, title, row.unit_type, row.opened_on, row.closed_on)
