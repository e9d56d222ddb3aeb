"""Units: what is scored.  Their place in the tree is in `parentage`, the rest in `attributes`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select, update

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
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """One unit; it is open in [opened_on, closed_on). person_id: the person whom it stands for."""

    id: int
    code: str
    title: Text
    unit_type: str
    opened_on: date | None
    closed_on: date | None
    person_id: int | None = None


async def load(
    reader: Reader,
    scope: Scope,
    *,
    unit_type: str | None = None,
    codes: Collection[str] | None = None,
    ids: Collection[int] | None = None,
) -> list[UnitRecord]:
    """Return the units in scope by code, all or those of a type, of these codes or of these ids."""
    query = select(UNIT).where(UNIT.c.tenant_id == scope.tenant_id).order_by(UNIT.c.code)
    if scope.unit_ids is not None:
        query = query.where(reader.within(UNIT.c.id, scope.unit_ids))
    if unit_type is not None:
        query = query.where(UNIT.c.unit_type == unit_type)
    if codes is not None:
        query = query.where(reader.within(UNIT.c.code, codes))
    if ids is not None:
        query = query.where(reader.within(UNIT.c.id, ids))
    return [_record(row) for row in await reader.rows(query)]


async def codes_of(reader: Reader, scope: Scope, ids: Collection[int]) -> dict[int, str]:
    """Return the codes of units in scope by id, whatever else stands in their rows."""
    query = select(UNIT.c.id, UNIT.c.code).where(UNIT.c.tenant_id == scope.tenant_id)
    if scope.unit_ids is not None:
        query = query.where(reader.within(UNIT.c.id, scope.unit_ids))
    rows = await reader.rows(query.where(reader.within(UNIT.c.id, ids)))
    return {row.id: row.code for row in rows}


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
            UnitRecord(id, new.code, new.title, new.unit_type, new.opened_on, new.closed_on, new.person_id)
            for id, new in zip(ids, missing, strict=True)
        ]
        await writer.append(UNIT, [_row(scope, unit) for unit in made])
        await stamps.advance(writer, scope, stamps.STRUCTURE)
        found |= {unit.code: unit for unit in made}
    return {code: found[code] for code in wanted}


async def rename(writer: Writer, scope: Scope, unit_id: int, title: Text) -> None:
    """Give a unit another title."""
    await _change(writer, scope, unit_id, title_zh=title.zh, title_en=title.en)


async def set_days(
    writer: Writer, scope: Scope, unit_id: int, opened_on: date | None, closed_on: date | None
) -> None:
    """Say when a unit is open: [opened_on, closed_on)."""
    await _change(writer, scope, unit_id, opened_on=opened_on, closed_on=closed_on)


async def change(writer: Writer, scope: Scope, changed: Sequence[UnitRecord]) -> None:
    """Give units the titles and days of these records, in one statement."""
    if not changed:
        return
    scope.require(unit.id for unit in changed)
    await stamps.claim(writer, scope, stamps.STRUCTURE)
    mine = (UNIT.c.tenant_id == scope.tenant_id) & (UNIT.c.id == bindparam("unit_id"))
    names = ("title_zh", "title_en", "opened_on", "closed_on")
    statement = update(UNIT).where(mine).values({name: bindparam(f"new_{name}") for name in names})
    rows = [_row(scope, unit) for unit in changed]
    await writer.run(
        statement, [{"unit_id": row["id"], **{f"new_{name}": row[name] for name in names}} for row in rows]
    )
    await stamps.advance(writer, scope, stamps.STRUCTURE)


async def set_person(writer: Writer, scope: Scope, unit_id: int, person_id: int | None) -> None:
    """Say for whom a unit stands; None for nobody."""
    await _change(writer, scope, unit_id, person_id=person_id)


async def _change(writer: Writer, scope: Scope, unit_id: int, **values: Any) -> None:
    scope.require([unit_id])
    await stamps.claim(writer, scope, stamps.STRUCTURE)
    mine = (UNIT.c.tenant_id == scope.tenant_id) & (UNIT.c.id == unit_id)
    await writer.run(update(UNIT).where(mine).values(**values))
    await stamps.advance(writer, scope, stamps.STRUCTURE)


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
        "person_id": unit.person_id,
    }


def _record(row: Any) -> UnitRecord:
    title = Text(row.title_zh, row.title_en)
    days = row.opened_on, row.closed_on
    return UnitRecord(row.id, row.code, title, row.unit_type, *days, row.person_id)
