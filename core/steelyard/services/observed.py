"""From columns of the store to observations: units in periods as arrays, without a loop over rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from steelyard.scoring.observations import Observations, PeriodKey, Rows
from steelyard.scoring.outcome import Status
from steelyard.scoring.rubrics.function import Bools
from steelyard.store.attributes import AttributeRecord
from steelyard.store.current_values import CurrentValues
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord

Ids = NDArray[np.int64]


def observations_of(
    values: CurrentValues,
    units: Sequence[UnitRecord],
    periods: Sequence[PeriodRecord],
    measures: Sequence[str],
    settings: Sequence[AttributeRecord],
) -> Observations:
    """Arrange values by unit and period: n = units × periods rows, period by period, units in their order.

    What was not recorded is MISSING. Values of other units, periods and measures are left out. `settings`
    are the attributes that count; each row has those in force on the last day of its period.
    """
    shape = (len(measures), len(units) * len(periods))
    table = np.full(shape, np.nan)
    status = np.full(shape, Status.MISSING, dtype=np.uint8)
    unit, of_unit = _positions(values.unit_ids, [each.id for each in units])
    period, of_period = _positions(values.period_ids, [each.id for each in periods])
    line, of_measure = _lines(values, measures)
    kept = of_unit & of_period & of_measure
    rows = period * len(units) + unit
    table[line[kept], rows[kept]] = values.values[kept]
    known = np.where(np.isnan(values.values), Status.NOT_APPLICABLE, Status.VALUE)
    status[line[kept], rows[kept]] = known[kept]
    exact = {(line.item(at), rows.item(at)): number for at, number in values.exact.items() if kept[at]}
    return Observations(
        measures=tuple(measures),
        units=tuple(each.code for each in units),
        periods=tuple(PeriodKey(each.code, each.calendar, each.start) for each in periods),
        values=table,
        status=status,
        unit=np.tile(np.arange(len(units)), len(periods)),
        period=np.repeat(np.arange(len(periods)), len(units)),
        attributes=_attributes(settings, units, periods),
        exact=exact,
    )


def last_day(period: PeriodRecord) -> date:
    """The day that decides on what is dated, such as attributes, for the whole period."""
    return period.end - timedelta(days=1)


def _positions(ids: Ids, known: Sequence[int]) -> tuple[Rows, Bools]:
    """Where in `known` each id stands, and whether it is there at all (the position is then 0)."""
    if not known:
        return np.zeros(len(ids), dtype=np.intp), np.zeros(len(ids), dtype=bool)
    of_known = np.array(known, dtype=np.int64)
    order = np.argsort(of_known)
    ascending = of_known[order]
    at = np.minimum(np.searchsorted(ascending, ids), len(known) - 1)
    found = ascending[at] == ids
    return np.where(found, order[at], 0), found


def _lines(values: CurrentValues, measures: Sequence[str]) -> tuple[Rows, Bools]:
    """The line of each value's measure, and whether it is asked for (the line is then 0)."""
    number = {measure: line for line, measure in enumerate(measures)}
    lines = np.array([number.get(measure, -1) for measure in values.measures] or [-1], dtype=np.intp)
    line = lines[values.measure_index]
    return np.maximum(line, 0), line >= 0


def _attributes(
    settings: Sequence[AttributeRecord], units: Sequence[UnitRecord], periods: Sequence[PeriodRecord]
) -> dict[str, NDArray[np.object_]]:
    at = {unit.id: position for position, unit in enumerate(units)}
    last_days = [last_day(period) for period in periods]
    columns: dict[str, NDArray[np.object_]] = {}
    for each in settings:
        if each.unit_id not in at:
            continue
        if each.name not in columns:
            columns[each.name] = np.full((len(periods), len(units)), None, dtype=np.object_)
        until = each.valid_to
        holds = [each.valid_from <= day and (until is None or day < until) for day in last_days]
        columns[each.name][holds, at[each.unit_id]] = each.value
    return {name: column.reshape(-1) for name, column in columns.items()}
