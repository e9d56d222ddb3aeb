"""All values that stand for a pack, as columns: what a cube of measures is built from."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, func, select

from steelyard.access.scope import Scope
from steelyard.store.reading import Status
from steelyard.store.tables import CALENDAR, CURRENT_MEASUREMENT, MEASUREMENT, PERIOD, UNIT
from steelyard.store.transaction import Reader

_AT_ONCE = 2_000
_SEPARATOR = "\x1f"
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

    One statement, whose rows are turned to columns in parts: they are never all in memory.
    """
    columns = Columns()
    query = _query(reader, scope, pack, measures, unit_type, calendar)
    async with reader.joining_all():
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
    # One row a unit and period, in the order of the pointers' key: a third of the time of one row a value.
    pointer = CURRENT_MEASUREMENT.c
    query: Select[Any] = (
        select(
            pointer.unit_id,
            pointer.period_id,
            func.aggregate_strings(pointer.measure, _SEPARATOR),
            func.aggregate_strings(func.coalesce(MEASUREMENT.c.value, ""), _SEPARATOR),
        )
        .join(MEASUREMENT, MEASUREMENT.c.id == pointer.measurement_id)
        .where(pointer.tenant_id == scope.tenant_id, MEASUREMENT.c.tenant_id == scope.tenant_id)
        .where(pointer.pack == pack, MEASUREMENT.c.status != Status.MISSING)
        .group_by(pointer.period_id, pointer.unit_id)
    )
    if scope.unit_ids is not None:
        query = query.where(reader.within(pointer.unit_id, scope.unit_ids))
    if measures is not None:
        query = query.where(reader.within(pointer.measure, measures))
    if unit_type is not None:
        of_type = (UNIT.c.tenant_id == scope.tenant_id) & (UNIT.c.unit_type == unit_type)
        query = query.where(pointer.unit_id.in_(select(UNIT.c.id).where(of_type)))
    if calendar is not None:
        periods = (
            select(PERIOD.c.id)
            .join(CALENDAR, CALENDAR.c.id == PERIOD.c.calendar_id)
            .where(PERIOD.c.tenant_id == scope.tenant_id, CALENDAR.c.tenant_id == scope.tenant_id)
            .where(CALENDAR.c.code == calendar)
        )
        query = query.where(pointer.period_id.in_(periods))
    return query


class Columns:
    """Columns that grow by parts."""

    def __init__(self) -> None:
        self._count = 0
        self._measures: dict[str, int] = {}
        self._indices: dict[str, NDArray[np.int32]] = {}
        self._exact: dict[int, Fraction] = {}
        self._parts: tuple[list[NDArray[Any]], ...] = ([], [], [], [])

    def add(self, rows: Sequence[Any]) -> None:
        """Take rows of unit, period, measures and values, several of these joined by the separator."""
        unit_ids, period_ids, measures, joined = zip(*rows, strict=True)
        indices = [self._index(each) for each in measures]
        counts = [len(each) for each in indices]
        texts = _SEPARATOR.join(joined).split(_SEPARATOR)
        columns: tuple[NDArray[Any], ...] = (
            np.repeat(np.array(unit_ids, dtype=np.int64), counts),
            np.repeat(np.array(period_ids, dtype=np.int64), counts),
            np.concatenate(indices),
            np.array([_number(text) for text in texts]),
        )
        for part, column in zip(self._parts, columns, strict=True):
            part.append(column)
        long = [(row, text) for row, text in enumerate(texts) if len(text) > _EXACT_DIGITS]
        for row, text in long:
            exact = Fraction(text)
            if Fraction(repr(float(columns[-1][row]))) != exact:
                self._exact[self._count + row] = exact
        self._count += len(texts)

    def _index(self, measures: str) -> NDArray[np.int32]:
        # Most units have the same measures, so that the same text comes again and again.
        if measures not in self._indices:
            known = self._measures
            codes = measures.split(_SEPARATOR)
            index = [known.setdefault(code, len(known)) for code in codes]
            self._indices[measures] = np.array(index, dtype=np.int32)
        return self._indices[measures]

    def joined(self) -> CurrentValues:
        """All that was taken."""
        unit_ids, period_ids, measure_index, values = (
            np.concatenate([np.empty(0, dtype=dtype), *part])
            for part, dtype in zip(self._parts, _TYPES, strict=True)
        )
        measures = tuple(self._measures)
        return CurrentValues(unit_ids, period_ids, measure_index, measures, values, self._exact)


def _number(text: str) -> float:
    """The float nearest to a canonical number; `p/q` is how one without a short decimal is written."""
    if not text:
        return math.nan
    return float(Fraction(text)) if "/" in text else float(text)
