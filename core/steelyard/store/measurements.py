"""Measurements: values of units in periods, never changed, only superseded.

All that was ever recorded stays; `current_measurement` points at what stands.  Measures are named within
a pack: what one industry calls `complaints` is not what another does.

What is computed from records is compared with what was computed last, not with what stands: measuring the
same records again never overwrites what a person recorded since.  A computed value whose records are gone is
taken back by a measurement of status `missing`; a value that somebody else recorded is never taken back.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import select

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.store import periods, stamps, standing
from steelyard.store.reading import (
    TOLD,
    Reading,
    Source,
    Status,
    Told,
    differs,
    differs_computed,
    told_by,
)
from steelyard.store.tables import CURRENT_MEASUREMENT, MEASUREMENT
from steelyard.store.transaction import Reader, Writer

__all__ = [
    "MeasurementRecord",
    "Origin",
    "Reading",
    "Recorded",
    "Source",
    "Status",
    "history",
    "record",
    "records",
]


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
    """One measurement; `supersedes` is the id of the one it replaced.

    numerator, denominator, n, squares: as in `Reading`, None for what was not computed from records.
    """

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
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    n: int | None = None
    squares: Fraction | None = None
    status: Status = Status.VALUE


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
    # An evaluation that held the topic until now did not read them.
    writer.look_at_clock()
    await periods.require_open(writer, scope, {each.period_id for each in readings})
    current = await standing.load(writer, scope, pack, readings)
    computed = origin.source is Source.RECORDS
    earlier = await standing.computed_last(writer, scope, pack, current) if computed else {}
    rows = []
    for key, reading in wanted.items():
        before = current.get(key)
        if before is None and reading.missing:
            # There is nothing to take back.
            continue
        told = told_by(reading)
        news = differs_computed(told, before, earlier.get(key)) if computed else differs(told, before)
        if news:
            rows.append(_row(reading, told, None if before is None else before.id))
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
        .where(MEASUREMENT.c.status != Status.MISSING)
        .where(*standing.among(reader, scope, pack, unit_ids, period_ids, measures))
        .order_by(pointer.unit_id, pointer.period_id, pointer.measure)
    )
    return [_record(row) for row in await reader.rows(query)]


async def history(
    reader: Reader, scope: Scope, pack: str, unit_id: int, period_id: int, measure: str
) -> list[MeasurementRecord]:
    """Return all that was ever recorded of one thing, the oldest first."""
    only = standing.among(reader, scope, pack, [unit_id], [period_id], [measure])
    chain = select(CURRENT_MEASUREMENT.c.measurement_id.label("id")).where(*only).cte(recursive=True)
    before = select(MEASUREMENT.c.supersedes).join(chain, chain.c.id == MEASUREMENT.c.id)
    mine = MEASUREMENT.c.tenant_id == scope.tenant_id
    chain = chain.union_all(before.where(mine, MEASUREMENT.c.supersedes.is_not(None)))
    query = select(MEASUREMENT).join(chain, chain.c.id == MEASUREMENT.c.id)
    return [_record(row) for row in await reader.rows(query.where(mine).order_by(MEASUREMENT.c.id))]


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


def _row(reading: Reading, told: Told, supersedes: int | None) -> dict[str, Any]:
    return {
        "unit_id": reading.unit_id,
        "period_id": reading.period_id,
        "measure": reading.measure,
        "import_row": reading.row,
        "supersedes": supersedes,
        **dict(zip(TOLD, told, strict=True)),
    }


def _record(row: Any) -> MeasurementRecord:
    return MeasurementRecord(
        id=row.id,
        pack=row.pack,
        unit_id=row.unit_id,
        period_id=row.period_id,
        measure=row.measure,
        value=_fraction(row.value),
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        source=Source(row.source),
        import_id=row.import_id,
        row=row.import_row,
        supersedes=row.supersedes,
        numerator=_fraction(row.numerator),
        denominator=_fraction(row.denominator),
        n=row.n,
        squares=_fraction(row.squares),
        status=Status(row.status),
    )


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)
