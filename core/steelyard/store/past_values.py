"""Past values: what stood in some periods at a moment, before they were corrected."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import numpy as np
from sqlalchemy import func, select

from steelyard.access.scope import Scope
from steelyard.store.current_values import Columns, CurrentValues
from steelyard.store.reading import Status
from steelyard.store.tables import CURRENT_MEASUREMENT, MEASUREMENT
from steelyard.store.transaction import Reader

_AT_ONCE = 2_000


async def load(
    reader: Reader, scope: Scope, pack: str, period_ids: Collection[int], moment: datetime
) -> CurrentValues:
    """Load what stood for a pack in these periods at a moment.

    From what stands now it goes back, from each measurement to the one that it superseded.
    """
    now, table = CURRENT_MEASUREMENT.c, MEASUREMENT.c
    mine = table.tenant_id == scope.tenant_id
    steps = (
        select(table.id, table.supersedes, table.recorded_at)
        .join(CURRENT_MEASUREMENT, now.measurement_id == table.id)
        .where(mine, now.tenant_id == scope.tenant_id, now.pack == pack)
        .where(reader.within(now.period_id, period_ids))
        .cte(recursive=True)
    )
    before = select(table.id, table.supersedes, table.recorded_at).join(steps, steps.c.supersedes == table.id)
    steps = steps.union_all(before.where(mine, steps.c.recorded_at > moment))
    query = (
        select(table.unit_id, table.period_id, table.measure, func.coalesce(table.value, ""))
        .join(steps, steps.c.id == table.id)
        .where(mine, table.recorded_at <= moment, table.status != Status.MISSING)
        .order_by(table.id)
    )
    columns = Columns()
    async for rows in reader.partitions(query, _AT_ONCE):
        columns.add(rows)
    return columns.joined()


def only(values: CurrentValues, period_ids: Collection[int]) -> CurrentValues:
    """The values of some periods."""
    kept = np.isin(values.period_ids, np.array(sorted(period_ids), dtype=np.int64))
    where = np.cumsum(kept) - 1
    return CurrentValues(
        unit_ids=values.unit_ids[kept],
        period_ids=values.period_ids[kept],
        measure_index=values.measure_index[kept],
        measures=values.measures,
        values=values.values[kept],
        exact={int(where[row]): value for row, value in values.exact.items() if kept[row]},
    )


def joined(first: CurrentValues, second: CurrentValues) -> CurrentValues:
    """The values of both, of which no two are of the same."""
    number = {measure: at for at, measure in enumerate(first.measures)}
    measures = (*first.measures, *(each for each in second.measures if each not in number))
    number = {measure: at for at, measure in enumerate(measures)}
    renumbered = np.array([number[measure] for measure in second.measures] or [0], dtype=np.int32)
    count = len(first.values)
    return CurrentValues(
        unit_ids=np.concatenate([first.unit_ids, second.unit_ids]),
        period_ids=np.concatenate([first.period_ids, second.period_ids]),
        measure_index=np.concatenate([first.measure_index, renumbered[second.measure_index]]),
        measures=measures,
        values=np.concatenate([first.values, second.values]),
        exact=first.exact | {count + row: value for row, value in second.exact.items()},
    )
