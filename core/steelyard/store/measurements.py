"""Measurements: values of units in periods, never changed, only superseded.

All that was ever recorded stays; `current_measurement` points at what stands.  Measures are named within
a pack: what one industry calls `complaints` is not what another does.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlalchemy import Select, select

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.scheme.number import decimal_text
from steelyard.store import periods, stamps
from steelyard.store.tables import CURRENT_MEASUREMENT, MEASUREMENT
from steelyard.store.transaction import Reader, Writer


class Source(StrEnum):
    """The way by which a measurement came."""

    IMPORT = "import"
    GRAPHQL = "graphql"
    SAMPLE = "sample"


class Status(StrEnum):
    """Whether there is a value: nothing recorded at all is MISSING and has no row."""

    VALUE = "value"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Reading:
    """A value to be recorded; None says that the measure does not apply. `row` is the import's row."""

    unit_id: int
    period_id: int
    measure: str
    value: Fraction | None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Who recorded readings, by which way and with which import."""

    by: Actor
    source: Source
    import_id: int | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many readings were new or different, and how many said what stood already."""

    recorded: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class MeasurementRecord:
    """One measurement; `supersedes` is the id of the one it replaced."""

    id: int
    pack: str
    unit_id: int
    period_id: int
    measure: str
    value: Fraction | None
    recorded_at: datetime
    recorded_by: str
    source: Source
    import_id: int | None
    row: int | None
    supersedes: int | None


_Key = tuple[int, int, str]


async def record(
    writer: Writer, scope: Scope, pack: str, readings: Sequence[Reading], origin: Origin
) -> Recorded:
    """Append the readings that differ from what stands; at most one for each unit, period and measure.

    The number of statements does not depend on the number of readings.  Raises NotFound for units out
    of scope, Conflict (PERIOD_CLOSED) and ValueError where two readings are of the same thing.
    """
    wanted = {(each.unit_id, each.period_id, each.measure): each for each in readings}
    if len(wanted) != len(readings):
        raise ValueError("two readings of the same unit, period and measure")
    if not wanted:
        return Recorded(0, 0)
    scope.require(each.unit_id for each in readings)
    topic = stamps.pack_topic(pack)
    await stamps.claim(writer, scope, topic)
    await periods.require_open(writer, scope, {each.period_id for each in readings})
    standing = await _standing(writer, scope, pack, readings)
    rows = []
    for key, reading in wanted.items():
        text = None if reading.value is None else decimal_text(reading.value)
        before = standing.get(key)
        if before is None or before[1] != text:
            rows.append(_row(reading, text, before and before[0]))
    if rows:
        await _append(writer, scope, pack, origin, rows)
        await stamps.advance(writer, scope, topic)
    return Recorded(len(rows), len(readings) - len(rows))


async def records(
    reader: Reader,
    scope: Scope,
    pack: str,
    *,
    unit_ids: Collection[int],
    period_ids: Collection[int],
    measures: Collection[str] | None = None,
) -> list[MeasurementRecord]:
    """Return what stands for these units and periods, by unit, period and measure."""
    pointer = CURRENT_MEASUREMENT.c
    query = (
        select(MEASUREMENT)
        .join(CURRENT_MEASUREMENT, pointer.measurement_id == MEASUREMENT.c.id)
        .where(MEASUREMENT.c.tenant_id == scope.tenant_id)
        .where(*_among(reader, scope, pack, unit_ids, period_ids, measures))
        .order_by(pointer.unit_id, pointer.period_id, pointer.measure)
    )
    return [_record(row) for row in await reader.rows(query)]


async def history(
    reader: Reader, scope: Scope, pack: str, unit_id: int, period_id: int, measure: str
) -> list[MeasurementRecord]:
    """Return all that was ever recorded of one thing, the oldest first."""
    only = _among(reader, scope, pack, [unit_id], [period_id], [measure])
    chain = select(CURRENT_MEASUREMENT.c.measurement_id.label("id")).where(*only).cte(recursive=True)
    before = select(MEASUREMENT.c.supersedes).join(chain, chain.c.id == MEASUREMENT.c.id)
    mine = MEASUREMENT.c.tenant_id == scope.tenant_id
    chain = chain.union_all(before.where(mine, MEASUREMENT.c.supersedes.is_not(None)))
    query = select(MEASUREMENT).join(chain, chain.c.id == MEASUREMENT.c.id)
    return [_record(row) for row in await reader.rows(query.where(mine).order_by(MEASUREMENT.c.id))]


async def _standing(
    writer: Writer, scope: Scope, pack: str, readings: Sequence[Reading]
) -> dict[_Key, tuple[int, str | None]]:
    # Tables are rectangles of units, periods and measures: asking for the rectangle is one statement.
    pointer = CURRENT_MEASUREMENT.c
    only = _among(
        writer,
        scope,
        pack,
        {each.unit_id for each in readings},
        {each.period_id for each in readings},
        {each.measure for each in readings},
    )
    columns = (pointer.unit_id, pointer.period_id, pointer.measure, pointer.measurement_id)
    query: Select[Any] = select(*columns, MEASUREMENT.c.value)
    query = query.join(MEASUREMENT, pointer.measurement_id == MEASUREMENT.c.id)
    query = query.where(MEASUREMENT.c.tenant_id == scope.tenant_id, *only)
    rows = await writer.rows(query)
    return {(unit, period, measure): (id, value) for unit, period, measure, id, value in rows}


def _among(
    reader: Reader,
    scope: Scope,
    pack: str,
    unit_ids: Collection[int],
    period_ids: Collection[int],
    measures: Collection[str] | None,
) -> list[Any]:
    pointer = CURRENT_MEASUREMENT.c
    visible = [unit_id for unit_id in unit_ids if scope.sees(unit_id)]
    only = [
        pointer.tenant_id == scope.tenant_id,
        pointer.pack == pack,
        reader.within(pointer.unit_id, visible),
        reader.within(pointer.period_id, period_ids),
    ]
    return only if measures is None else [*only, reader.within(pointer.measure, measures)]


async def _append(
    writer: Writer, scope: Scope, pack: str, origin: Origin, rows: list[dict[str, Any]]
) -> None:
    common = {
        "tenant_id": scope.tenant_id,
        "pack": pack,
        "recorded_at": writer.now,
        "recorded_by": origin.by.id,
        "source": origin.source.value,
        "import_id": origin.import_id,
    }
    ids = await writer.numbers(MEASUREMENT, len(rows))
    await writer.append(MEASUREMENT, [{"id": id, **common, **row} for id, row in zip(ids, rows, strict=True)])
    pointers = [
        {
            "tenant_id": scope.tenant_id,
            "pack": pack,
            "period_id": row["period_id"],
            "unit_id": row["unit_id"],
            "measure": row["measure"],
            "measurement_id": id,
        }
        for id, row in zip(ids, rows, strict=True)
    ]
    await writer.upsert(CURRENT_MEASUREMENT, pointers)


def _row(reading: Reading, text: str | None, supersedes: int | None) -> dict[str, Any]:
    return {
        "unit_id": reading.unit_id,
        "period_id": reading.period_id,
        "measure": reading.measure,
        "status": (Status.NOT_APPLICABLE if text is None else Status.VALUE).value,
        "value": text,
        "import_row": reading.row,
        "supersedes": supersedes,
    }


def _record(row: Any) -> MeasurementRecord:
    return MeasurementRecord(
        id=row.id,
        pack=row.pack,
        unit_id=row.unit_id,
        period_id=row.period_id,
        measure=row.measure,
        value=None if row.value is None else Fraction(row.value),
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        source=Source(row.source),
        import_id=row.import_id,
        row=row.import_row,
        supersedes=row.supersedes,
    )
