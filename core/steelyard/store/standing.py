"""Standing: what stands where readings are about to be recorded, and what was computed there last.

First the keys of measurements are asked for, and then what these say. A join of the two tables could be had
in one statement; but PostgreSQL plans it by statistics, which know nothing of what was just imported.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from steelyard.access.scope import Scope
from steelyard.store.reading import TOLD, Reading, Source, Standing
from steelyard.store.tables import CURRENT_MEASUREMENT, MEASUREMENT
from steelyard.store.transaction import Reader

Key = tuple[int, int, str]
"""A unit, a period and a measure."""


async def load(reader: Reader, scope: Scope, pack: str, readings: Sequence[Reading]) -> dict[Key, Standing]:
    """Return what stands for the units, periods and measures of readings, and maybe more."""
    pointer = CURRENT_MEASUREMENT.c
    # Tables are rectangles of units, periods and measures: asking for the rectangle is one statement.
    only = among(
        reader,
        scope,
        pack,
        {each.unit_id for each in readings},
        {each.period_id for each in readings},
        {each.measure for each in readings},
    )
    query = select(pointer.measurement_id, pointer.unit_id, pointer.period_id, pointer.measure)
    return await _told(reader, scope, await reader.rows(query.where(*only)))


async def computed_last(
    reader: Reader, scope: Scope, pack: str, current: Mapping[Key, Standing]
) -> dict[Key, Standing]:
    """Return what was computed last: it stands, or somebody recorded something else since."""
    others = [key for key, each in current.items() if each.source is not Source.RECORDS]
    found = {key: each for key, each in current.items() if each.source is Source.RECORDS}
    if not others:
        return found
    table = MEASUREMENT.c
    key = (table.unit_id, table.period_id, table.measure)
    query = (
        select(func.max(table.id), *key)
        .where(table.tenant_id == scope.tenant_id, table.pack == pack, table.source == Source.RECORDS)
        .where(reader.within(table.unit_id, {unit for unit, _, _ in others}))
        .where(reader.within(table.period_id, {period for _, period, _ in others}))
        .where(reader.within(table.measure, {measure for _, _, measure in others}))
        .group_by(*key)
    )
    return await _told(reader, scope, await reader.rows(query)) | found


def among(
    reader: Reader,
    scope: Scope,
    pack: str,
    unit_ids: Collection[int],
    period_ids: Collection[int],
    measures: Collection[str] | None,
) -> list[Any]:
    """The criteria of what stands of a pack for these units in scope, periods and measures, None for all."""
    pointer = CURRENT_MEASUREMENT.c
    only = [
        pointer.tenant_id == scope.tenant_id,
        pointer.pack == pack,
        reader.within(pointer.unit_id, [unit_id for unit_id in unit_ids if scope.sees(unit_id)]),
        reader.within(pointer.period_id, period_ids),
    ]
    return only if measures is None else [*only, reader.within(pointer.measure, measures)]


async def _told(reader: Reader, scope: Scope, keys: Sequence[Any]) -> dict[Key, Standing]:
    """What measurements say; keys: rows of a measurement's id and what it is of."""
    if not keys:
        return {}
    table = MEASUREMENT.c
    query = (
        select(table.id, table.source, *(table[name] for name in TOLD))
        .where(table.tenant_id == scope.tenant_id)
        .where(reader.within(table.id, [id for id, *_ in keys]))
    )
    said = {
        id: Standing(id, (status, *told), Source(source))
        for id, source, status, *told in await reader.rows(query)
    }
    return {(unit, period, measure): said[id] for id, unit, period, measure in keys}
