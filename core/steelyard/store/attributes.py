"""Attributes of units, such as their size or material class, and the days from which they hold.

What is corrected is kept as it was, with when: `ever` returns it too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Table, delete, update

from steelyard.access.scope import Scope
from steelyard.store import closed_days, recorded, stamps
from steelyard.store.spans import BEGINNING, History, Span, holds_on
from steelyard.store.tables import PAST_UNIT_ATTRIBUTE, UNIT_ATTRIBUTE
from steelyard.store.transaction import Reader, Writer

_COLUMNS = ("unit_id", "name", "value", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class Setting:
    """A unit's attribute is to have this value from a day on."""

    unit_id: int
    name: str
    value: str
    valid_from: date = BEGINNING


@dataclass(frozen=True, slots=True)
class AttributeRecord:
    """A unit's attribute has this value in [valid_from, valid_to), as `Recorded` in a span of moments."""

    unit_id: int
    name: str
    value: str
    valid_from: date
    valid_to: date | None
    recorded_at: datetime | None = field(default=None, compare=False)
    superseded_at: datetime | None = field(default=None, compare=False)


async def load(
    reader: Reader, scope: Scope, *, on: date | None = None, unit_ids: Collection[int] | None = None
) -> list[AttributeRecord]:
    """Return the attributes of the units in scope, or of these, of all times or as they hold on a day."""
    return await _load(reader, scope, UNIT_ATTRIBUTE, on, unit_ids)


async def ever(reader: Reader, scope: Scope) -> list[AttributeRecord]:
    """Return all that was ever recorded for the units in scope: what stands, then what was superseded."""
    stands = await _load(reader, scope, UNIT_ATTRIBUTE)
    return [*stands, *await _load(reader, scope, PAST_UNIT_ATTRIBUTE)]


async def _load(
    reader: Reader,
    scope: Scope,
    of: Table,
    on: date | None = None,
    unit_ids: Collection[int] | None = None,
) -> list[AttributeRecord]:
    table = of.c
    query = (
        recorded.columns(of, _COLUMNS)
        .where(table.tenant_id == scope.tenant_id)
        .order_by(table.unit_id, table.name, table.valid_from)
    )
    if scope.unit_ids is not None:
        query = query.where(reader.within(table.unit_id, scope.unit_ids))
    if unit_ids is not None:
        query = query.where(reader.within(table.unit_id, unit_ids))
    if on is not None:
        query = query.where(holds_on(of, on))
    return [AttributeRecord(*row) for row in await reader.rows(query)]


async def differing(reader: Reader, scope: Scope, settings: Sequence[Setting]) -> list[Setting]:
    """Return the settings that would change anything, were they recorded in this order."""
    histories = _histories(await load(reader, scope, unit_ids={setting.unit_id for setting in settings}))
    return [
        setting
        for setting in settings
        if histories[setting.unit_id, setting.name].change(setting.value, setting.valid_from)
    ]


async def assign(writer: Writer, scope: Scope, settings: Sequence[Setting]) -> None:
    """Record what differs from what holds already; each value ends the one before it.

    Raises NotFound for a unit out of scope, Conflict (ATTRIBUTE_OF_CLOSED_PERIOD) where it changes the past.
    """
    scope.require(setting.unit_id for setting in settings)
    await stamps.claim(writer, scope, stamps.STRUCTURE)
    unit_ids = {setting.unit_id for setting in settings}
    known = await load(writer, scope, unit_ids=unit_ids)
    histories = _histories(known)
    days = await closed_days.load(writer, scope, unit_ids)
    before = closed_days.values_on(histories, days)
    changed = {
        (setting.unit_id, setting.name, span.valid_from): span
        for setting in settings
        for span in histories[setting.unit_id, setting.name].change(setting.value, setting.valid_from)
    }
    if not changed:
        return
    closed_days.require_same(before, closed_days.values_on(histories, days))
    rows = [
        {
            "tenant_id": scope.tenant_id,
            "unit_id": unit_id,
            "name": name,
            "value": span.value,
            "valid_from": span.valid_from,
            "valid_to": span.valid_to,
            "recorded_at": writer.now,
        }
        for (unit_id, name, _), span in changed.items()
    ]
    replaced = [each for each in known if (each.unit_id, each.name, each.valid_from) in changed]
    await recorded.keep(writer, scope, PAST_UNIT_ATTRIBUTE, _COLUMNS, replaced)
    await writer.upsert(UNIT_ATTRIBUTE, rows)
    await stamps.advance(writer, scope, stamps.STRUCTURE)


async def clear(writer: Writer, scope: Scope, unit_id: int, name: str, valid_from: date) -> None:
    """Let an attribute have no value from a day on, until the next one on record.

    Raises what `assign` does.
    """
    scope.require([unit_id])
    await stamps.claim(writer, scope, stamps.STRUCTURE)
    days = await closed_days.load(writer, scope, [unit_id])
    known = await load(writer, scope, unit_ids=[unit_id])
    before = closed_days.values_on(_histories(known), days)
    ends = [each for each in known if each.name == name and _span(each).covers(valid_from)]
    await recorded.keep(writer, scope, PAST_UNIT_ATTRIBUTE, _COLUMNS, ends)
    table = UNIT_ATTRIBUTE.c
    mine = (table.tenant_id == scope.tenant_id) & (table.unit_id == unit_id) & (table.name == name)
    await writer.run(delete(UNIT_ATTRIBUTE).where(mine, table.valid_from == valid_from))
    covering = mine & holds_on(UNIT_ATTRIBUTE, valid_from)
    cut = {"valid_to": valid_from, "recorded_at": writer.now}
    await writer.run(update(UNIT_ATTRIBUTE).where(covering).values(**cut))
    after = closed_days.values_on(_histories(await load(writer, scope, unit_ids=[unit_id])), days)
    closed_days.require_same(before, after)
    await stamps.advance(writer, scope, stamps.STRUCTURE)


def _histories(rows: Iterable[AttributeRecord]) -> dict[tuple[int, str], History[str]]:
    histories: dict[tuple[int, str], History[str]] = defaultdict(History)
    for row in rows:
        histories[row.unit_id, row.name].add(_span(row))
    return histories


def _span(row: AttributeRecord) -> Span[str]:
    return Span(row.value, row.valid_from, row.valid_to)
