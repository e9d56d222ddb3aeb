"""Past values: what stood in some periods at a moment, before they were corrected."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import numpy as np
from sqlalchemy import func, select

from steelyard.access.scope import Scope
from steelyard.store.current_values import Columns, CurrentValues
from steelyard.store.reading import Status
from steelyard.store.tables import MEASUREMENT
from steelyard.store.transaction import Reader

_AT_ONCE = 2_000


async def load(
    reader: Reader, scope: Scope, pack: str, period_ids: Collection[int], moment: datetime
) -> CurrentValues:
    """Load what stood for a pack in these periods at a moment: of each value the last recorded by then."""
    table = MEASUREMENT.c
    among = (table.tenant_id == scope.tenant_id, table.pack == pack)
    last = (
        select(func.max(table.id))
        .where(*among, reader.within(table.period_id, period_ids), table.recorded_at <= moment)
        .group_by(table.unit_id, table.period_id, table.measure)
    )
    query = (
        select(table.unit_id, table.period_id, table.measure, func.coalesce(table.value, ""))
        .where(*among, table.id.in_(last), table.status != Status.MISSING)
        .order_by(table.id)
    )
    columns = Columns()
    async for rows in reader.partitions(query, _AT_ONCE):
        columns.add(rows)
    return columns.joined()


def put_back(current: CurrentValues, past: CurrentValues, period_ids: Collection[int]) -> CurrentValues:
    """The current values, but in these periods the past ones."""
    kept = ~np.isin(current.period_ids, np.array(sorted(period_ids), dtype=np.int64))
    where = np.cumsum(kept) - 1
    number = {measure: at for at, measure in enumerate(current.measures)}
    measures = (*current.measures, *(each for each in past.measures if each not in number))
    number = {measure: at for at, measure in enumerate(measures)}
    renumbered = np.array([number[measure] for measure in past.measures] or [0], dtype=np.int32)
    exact = {int(where[row]): value for row, value in current.exact.items() if kept[row]}
    first = int(kept.sum())
    return CurrentValues(
        unit_ids=np.concatenate([current.unit_ids[kept], past.unit_ids]),
        period_ids=np.concatenate([current.period_ids[kept], past.period_ids]),
        measure_index=np.concatenate([current.measure_index[kept], renumbered[past.measure_index]]),
        measures=measures,
        values=np.concatenate([current.values[kept], past.values]),
        exact=exact | {first + row: value for row, value in past.exact.items()},
    )
