"""Behind values: of which periods there is any, what was computed from records, and of how many."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, or_, select

from steelyard.access.scope import Scope
from steelyard.store.reading import Source, Status
from steelyard.store.tables import CURRENT_MEASUREMENT, MEASUREMENT, PERIOD
from steelyard.store.transaction import Reader


async def period_ids(
    reader: Reader, scope: Scope, units_by_pack: Mapping[str, Collection[int]]
) -> frozenset[int]:
    """Return the ids of the periods in which something stands, of any of a pack's units in its namespace.

    What was taken back does not stand. One statement, which stops at the first measurement of each period.
    """
    standing = CURRENT_MEASUREMENT.c
    of_packs = [
        exists().where(
            # The period is that of the query around it; each part says by itself whose rows it is about.
            PERIOD.c.tenant_id == scope.tenant_id,
            standing.tenant_id == scope.tenant_id,
            standing.pack == pack,
            standing.period_id == PERIOD.c.id,
            MEASUREMENT.c.tenant_id == scope.tenant_id,
            MEASUREMENT.c.id == standing.measurement_id,
            MEASUREMENT.c.status != Status.MISSING,
            reader.within(standing.unit_id, [id for id in unit_ids if scope.sees(id)]),
        )
        for pack, unit_ids in units_by_pack.items()
    ]
    query = select(PERIOD.c.id).where(PERIOD.c.tenant_id == scope.tenant_id, or_(false(), *of_packs))
    return frozenset(row.id for row in await reader.rows(query))


async def computed(
    reader: Reader, scope: Scope, pack: str, measures: Collection[str], period_ids: Collection[int]
) -> frozenset[tuple[int, int, str]]:
    """Return unit, period and measure of what was computed from records and stands in these periods."""
    standing = CURRENT_MEASUREMENT.c
    query = _standing(reader, scope, pack, measures, period_ids, standing.measure).where(
        MEASUREMENT.c.source == Source.RECORDS, MEASUREMENT.c.status != Status.MISSING
    )
    if scope.unit_ids is not None:
        query = query.where(reader.within(standing.unit_id, scope.unit_ids))
    return frozenset((row.unit_id, row.period_id, row.measure) for row in await reader.rows(query))


async def by_others(
    reader: Reader,
    scope: Scope,
    pack: str,
    period_ids: Collection[int],
    unit_ids: Collection[int],
    measures: Collection[str],
) -> frozenset[tuple[int, int, str]]:
    """Return unit, period and measure of what stands and was not computed from records; one statement."""
    standing = CURRENT_MEASUREMENT.c
    query = (
        _standing(reader, scope, pack, measures, period_ids, standing.measure)
        .where(reader.within(standing.unit_id, [id for id in unit_ids if scope.sees(id)]))
        .where(MEASUREMENT.c.source != Source.RECORDS, MEASUREMENT.c.status != Status.MISSING)
    )
    return frozenset((row.unit_id, row.period_id, row.measure) for row in await reader.rows(query))


async def last_recorded(
    reader: Reader,
    scope: Scope,
    pack: str,
    period_ids: Collection[int],
    unit_ids: Collection[int],
    measures: Collection[str],
) -> dict[tuple[int, int], datetime]:
    """Return by unit and period when the last of what stands was recorded; one statement."""
    standing, recorded_at = CURRENT_MEASUREMENT.c, MEASUREMENT.c.recorded_at
    query = (
        _standing(reader, scope, pack, measures, period_ids, recorded_at)
        .where(reader.within(standing.unit_id, [id for id in unit_ids if scope.sees(id)]))
        .order_by(recorded_at)
    )
    return {(row.unit_id, row.period_id): row.recorded_at for row in await reader.rows(query)}


def _standing(
    reader: Reader,
    scope: Scope,
    pack: str,
    measures: Collection[str],
    period_ids: Collection[int],
    column: ColumnElement[Any],
) -> Select[Any]:
    """Ask for unit, period and a column of what stands of some measures in some periods."""
    standing = CURRENT_MEASUREMENT.c
    return (
        select(standing.unit_id, standing.period_id, column)
        .join(MEASUREMENT, MEASUREMENT.c.id == standing.measurement_id)
        .where(standing.tenant_id == scope.tenant_id, MEASUREMENT.c.tenant_id == scope.tenant_id)
        .where(standing.pack == pack, reader.within(standing.measure, measures))
        .where(reader.within(standing.period_id, period_ids))
    )


@dataclass(frozen=True, slots=True)
class Divided:
    """What stands of a unit, and what of it was divided by what; squares: as in `Reading`."""

    unit_id: int
    measure: str
    numerator: Fraction
    denominator: Fraction
    squares: Fraction | None


async def divided(
    reader: Reader, scope: Scope, pack: str, period_id: int, measures: Collection[str]
) -> list[Divided]:
    """Return what was computed as one number divided by another and stands in a period; one statement."""
    standing, measurement = CURRENT_MEASUREMENT.c, MEASUREMENT.c
    ratio = measurement.numerator, measurement.denominator, measurement.squares
    query = (
        select(standing.unit_id, standing.measure, *ratio)
        .join(MEASUREMENT, measurement.id == standing.measurement_id)
        .where(standing.tenant_id == scope.tenant_id, measurement.tenant_id == scope.tenant_id)
        .where(standing.pack == pack, standing.period_id == period_id)
        .where(reader.within(standing.measure, measures))
        .where(measurement.status == Status.VALUE, measurement.denominator.is_not(None))
    )
    if scope.unit_ids is not None:
        query = query.where(reader.within(standing.unit_id, scope.unit_ids))
    return [
        Divided(
            row.unit_id,
            row.measure,
            Fraction(row.numerator),
            Fraction(row.denominator),
            None if row.squares is None else Fraction(row.squares),
        )
        for row in await reader.rows(query)
    ]


async def quotients(
    reader: Reader,
    scope: Scope,
    pack: str,
    period_ids: Collection[int],
    unit_ids: Collection[int],
    measures: Collection[str],
) -> Sequence[Any]:
    """Return unit_id, period_id, measure, numerator and denominator of what stands and was divided.

    Also where there was nothing below the line, so that there is no value. The numbers are canonical texts.
    One statement.
    """
    standing, measurement = CURRENT_MEASUREMENT.c, MEASUREMENT.c
    seen = [id for id in unit_ids if scope.sees(id)]
    query = (
        select(
            standing.unit_id,
            standing.period_id,
            standing.measure,
            measurement.numerator,
            measurement.denominator,
        )
        .join(MEASUREMENT, measurement.id == standing.measurement_id)
        .where(standing.tenant_id == scope.tenant_id, measurement.tenant_id == scope.tenant_id)
        .where(standing.pack == pack, reader.within(standing.period_id, period_ids))
        .where(reader.within(standing.unit_id, seen), reader.within(standing.measure, measures))
        .where(measurement.status != Status.MISSING, measurement.denominator.is_not(None))
    )
    return await reader.rows(query)
