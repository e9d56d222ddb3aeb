"""All values that stand for a pack, as columns: what a cube of measures is built from."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, select

from steelyard.store.access import Scope
from steelyard.store.tables import CALENDAR, CURRENT_MEASUREMENT, MEASUREMENT, PERIOD, UNIT
from steelyard.store.transaction import Reader

_AT_ONCE = 20_000
_EXACT_DIGITS = 15
_TYPES = (np.int64, np.int64, np.int32, np.float64)


@dataclass(frozen=True, slots=True)
class CurrentValues:
    """Columns of equal length n, in no order: row i says what stands for a unit, period and measure.

    unit_ids, period_ids: int64. measure_index: int32, points into `measures`.
    values: float64, NaN where the measure does not apply.
    exact: by row the exact value where its decimal has more digits than a float keeps.
    """

    unit_ids: NDArray[np.int64]
    period_ids: NDArray[np.int64]
    measure_index: NDArray[np.int32]
    measures: tuple[str, ...]
    values: NDArray[np.float64]
    exact: dict[int, Fraction]


async def load(
    reader: Reader,
    scope: Scope,
    pack: str,
    *,
    measures: Collection[str] | None = None,
    unit_type: str | None = None,
    calendar: str | None = None,
) -> CurrentValues:
    """Load what stands for a pack, all or only some measures, units of a type, a calendar's periods.

    One statement; its rows are turned to columns in parts, so that they are never all in memory.
    """
    columns = _Columns()
    query = _query(reader, scope, pack, measures, unit_type, calendar)
    async for rows in reader.partitions(query, _AT_ONCE):
        columns.add(rows)
    return columns.joined()


def _query(
    reader: Reader,
    scope: Scope,
    pack: str,
    measures: Collection[str] | None,
    unit_type: str | None,
    calendar: str | None,
) -> Select[Any]:
    pointer = CURRENT_MEASUREMENT.c
    query: Select[Any] = select(
        pointer.unit_id, pointer.period_id, pointer.measure, MEASUREMENT.c.value
    ).join(MEASUREMENT, MEASUREMENT.c.id == pointer.measurement_id)
    query = query.where(pointer.tenant_id == scope.tenant_id, pointer.pack == pack)
    if scope.unit_ids is not None:
        query = query.where(reader.within(pointer.unit_id, scope.unit_ids))
    if measures is not None:
        query = query.where(reader.within(pointer.measure, measures))
    if unit_type is not None:
        of_type = (UNIT.c.tenant_id == scope.tenant_id) & (UNIT.c.unit_type == unit_type)
        query = query.where(pointer.unit_id.in_(select(UNIT.c.id).where(of_type)))
    if calendar is not None:
        of_calendar = (CALENDAR.c.tenant_id == scope.tenant_id) & (CALENDAR.c.code == calendar)
        periods = select(PERIOD.c.id).join(CALENDAR, CALENDAR.c.id == PERIOD.c.calendar_id)
        query = query.where(pointer.period_id.in_(periods.where(of_calendar)))
    return query


class _Columns:
    """Columns that grow by parts."""

    def __init__(self) -> None:
        self._count = 0
        self._measures: dict[str, int] = {}
        self._exact: dict[int, Fraction] = {}
        self._parts: tuple[list[Any], ...] = ([], [], [], [])

    def add(self, rows: Sequence[Any]) -> None:
        unit_ids, period_ids, measures, texts = zip(*rows, strict=True)
        index = self._measures
        for measure in sorted(set(measures) - index.keys()):
            index[measure] = len(index)
        values = [self._value(text, at) for at, text in enumerate(texts, self._count)]
        for part, column, dtype in zip(
            self._parts,
            (unit_ids, period_ids, [index[measure] for measure in measures], values),
            _TYPES,
            strict=True,
        ):
            part.append(np.array(column, dtype=dtype))
        self._count += len(rows)

    def _value(self, text: str | None, row: int) -> float:
        if text is None:
            return math.nan
        if len(text) <= _EXACT_DIGITS and "/" not in text:
            return float(text)
        exact = Fraction(text)
        value = float(exact)
        if Fraction(repr(value)) != exact:
            self._exact[row] = exact
        return value

    def joined(self) -> CurrentValues:
        unit_ids, period_ids, measure_index, values = (
            np.concatenate([np.empty(0, dtype=dtype), *part])
            for part, dtype in zip(self._parts, (np.int64, np.int64, np.int32, np.float64), strict=True)
        )
        measures = tuple(self._measures)
        return CurrentValues(unit_ids, period_ids, measure_index, measures, values, self._exact)
