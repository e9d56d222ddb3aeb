"""A slow, obvious evaluator of measures of records: row by row, in fractions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from steelyard.records.condition import ColumnReference, Condition, Conditions
from steelyard.records.measure import MeasureDefinition, RatioPart
from steelyard.records.table import RecordTable

Row = Mapping[str, Any]
Told = tuple[str, Fraction | None, Fraction | None, Fraction | None, int]


def in_force(parts: Sequence[Sequence[Row]], key: Sequence[str]) -> list[Row]:
    """Of several rows of one key the last part's."""
    found: dict[Any, Row] = {}
    for number, rows in enumerate(parts):
        for at, row in enumerate(rows):
            values = tuple(row[name] for name in key)
            found[(number, at) if None in values else values] = row
    return list(found.values())


class Oracle:
    """Measures of one table in a period of [start, end)."""

    def __init__(self, table: RecordTable, rows: Iterable[Row], complete: bool) -> None:
        self.rows, self.complete = list(rows), complete
        self.units = {each.column: each.unit.seconds for each in table.derived}

    def value(self, row: Row, column: str) -> Any:
        """A cell, numbers as fractions in the unit in which they are compared."""
        found = row[column]
        if isinstance(found, bool) or not isinstance(found, int | Decimal):
            return found
        return Fraction(found) / self.units.get(column, 1)

    def holds(self, condition: Condition, row: Row) -> bool:
        """Whether a row fulfils a condition."""
        if condition.any is not None:
            return any(self.holds(each, row) for each in condition.any)
        if condition.all is not None:
            return all(self.holds(each, row) for each in condition.all)
        if condition.not_ is not None:
            return not self.holds(condition.not_, row)
        value = self.value(row, condition.column or "")
        if condition.known is not None:
            return (value is not None) == condition.known
        if value is None:
            return False
        if condition.within is not None:
            of = self.value(row, condition.of or "")
            return of is not None and abs(value - of) <= condition.within.resolved({}) * abs(of)
        if condition.in_ is not None:
            return any(self.same(value, each, row) for each in condition.in_)
        if condition.is_ is not None:
            return self.same(value, condition.is_, row)
        for name, compare in _ORDER.items():
            if (operand := getattr(condition, name)) is not None:
                other = self.operand(value, operand, row)
                return other is not None and compare(value, other)
        raise AssertionError(condition)

    def same(self, value: Any, operand: Any, row: Row) -> bool:
        """Whether a value is the operand's."""
        return bool(value == self.operand(value, operand, row))

    def operand(self, value: Any, operand: Any, row: Row) -> Any:
        """An operand as something of a value's type."""
        if isinstance(operand, ColumnReference):
            return self.value(row, operand.column)
        if isinstance(value, bool):
            return operand == "true"
        if isinstance(value, Fraction):
            return Fraction(operand[:-1]) / 100 if operand.endswith("%") else Fraction(operand)
        return date.fromisoformat(operand) if isinstance(value, date) else operand

    def among(self, where: Conditions) -> list[Row]:
        """The rows that fulfil conditions."""
        return [row for row in self.rows if all(self.holds(each, row) for each in where)]

    def values(self, column: str, where: Conditions) -> list[Any]:
        """The values of a column in rows that fulfil conditions."""
        found = (self.value(row, column) for row in self.among(where))
        return [each for each in found if each is not None]

    def side(self, part: RatioPart) -> tuple[Fraction, int]:
        """One side of a ratio, and of how many records it is."""
        if part.count is not None:
            number = len(self.among(part.count.where))
            return Fraction(number), number
        of = part.sum or part.distinct
        assert of is not None
        values = self.values(of.column, of.where)
        return Fraction(sum(values) if part.sum is not None else len(set(values))), len(values)

    def measure(self, measure: MeasureDefinition, other: Oracle | None = None) -> Told:
        """Status, value, numerator, denominator and n; `other` knows the table below a ratio over two."""
        below_of = self if other is None else other
        if measure.quantile is not None:
            values = sorted(self.values(measure.quantile.column, measure.quantile.where))
            if not values:
                return ("not_applicable" if self.complete else "missing", None, None, None, 0)
            place = measure.quantile.at.resolved({}) * (len(values) - 1)
            low, high = values[math.floor(place)], values[math.ceil(place)]
            return "value", low + (high - low) * (place - math.floor(place)), None, None, len(values)
        simple = RatioPart(count=measure.count, sum=measure.sum, distinct=measure.distinct)
        if simple.count or simple.sum or simple.distinct:
            value, n = self.side(simple)
            return ("value", value, None, None, n) if n or self.complete else ("missing", None, None, None, 0)
        times = Fraction(1)
        if measure.share is not None:
            below = n_below = len(self.among(measure.share.among))
            above = n = len(self.among((*measure.share.among, *measure.share.where)))
        elif measure.mean is not None:
            found = self.values(measure.mean.column, measure.mean.where)
            above, n, below, n_below = sum(found), len(found), len(found), len(found)
        else:
            assert measure.ratio is not None
            (above, n), (below, n_below) = self.side(measure.ratio.of), below_of.side(measure.ratio.to)
            times = measure.ratio.times.resolved({})
        if below == 0:
            status = "not_applicable" if below_of.complete or n_below else "missing"
            return status, None, Fraction(above), Fraction(0), n_below
        if n == 0 and not self.complete:
            return "missing", None, None, None, 0
        return "value", Fraction(above) / below * times, Fraction(above), Fraction(below), n_below

    def squares(self, measure: MeasureDefinition) -> Fraction | None:
        """Of a mean of anything the sum of the squares."""
        if measure.mean is None:
            return None
        found = self.values(measure.mean.column, measure.mean.where)
        return sum((each * each for each in found), Fraction(0)) if found else None


_ORDER = {
    "above": lambda left, right: left > right,
    "at_least": lambda left, right: left >= right,
    "at_most": lambda left, right: left <= right,
    "below": lambda left, right: left < right,
}
