"""Conditions as expressions: true or false for every row, never unknown.

Numbers are compared as whole numbers of a column's smallest step (a second, a cent), rounded towards where
the comparison stays exact, so that no engine's arithmetic decides.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

import narwhals.stable.v2 as nw

from steelyard.records.column import ColumnType
from steelyard.records.condition import ColumnReference, Condition, Conditions
from steelyard.records.table import RecordTable
from steelyard.scheme.number import parse_quantity

_ORDER: dict[str, Callable[[Any, Any], nw.Expr]] = {
    "above": lambda left, right: left > right,
    "at_least": lambda left, right: left >= right,
    "at_most": lambda left, right: left <= right,
    "below": lambda left, right: left < right,
}
_ROUNDED = {"above": math.floor, "at_least": math.ceil, "at_most": math.floor, "below": math.ceil}
_NUMBERS = (ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.DURATION)
_TIMES = (ColumnType.DATE, ColumnType.DATETIME)


class Columns:
    """What compiling needs to know of a table's columns."""

    def __init__(self, table: RecordTable) -> None:
        self._table = table

    def type(self, column: str) -> ColumnType:
        """The type of a column; KeyError for an unknown one, which the linter of packs refuses."""
        return self._table.types[column]

    def step(self, column: str) -> Fraction:
        """How much one in a column is in the unit in which it is compared: 1/60 for a second of minutes."""
        return self._steps.get(column, Fraction(1))

    @cached_property
    def _steps(self) -> dict[str, Fraction]:
        return {each.column: Fraction(1, each.unit.seconds) for each in self._table.derived}

    def places(self, column: str) -> int:
        """The digits after the point of a column of numbers."""
        return self._places.get(column, 0)

    @cached_property
    def _places(self) -> dict[str, int]:
        of_decimals = (each for each in self._table.columns if each.type is ColumnType.DECIMAL)
        return {each.column: each.places for each in of_decimals}

    def steps(self, column: str, number: int) -> nw.Expr:
        """So many of the smallest steps of a column of numbers, to be compared with it."""
        if self.type(column) is ColumnType.DECIMAL:
            return nw.lit(Decimal(number).scaleb(-self.places(column)))
        return nw.lit(number)


def all_hold(conditions: Conditions, columns: Columns) -> nw.Expr:
    """Whether a row fulfils all conditions; every row fulfils none."""
    if not conditions:
        return nw.lit(True)
    return nw.all_horizontal(*[holds(each, columns) for each in conditions], ignore_nulls=False)


def holds(condition: Condition, columns: Columns) -> nw.Expr:
    """Whether a row fulfils a condition."""
    if condition.any is not None:
        return nw.any_horizontal(*[holds(each, columns) for each in condition.any], ignore_nulls=False)
    if condition.all is not None:
        return all_hold(condition.all, columns)
    if condition.not_ is not None:
        return ~holds(condition.not_, columns)
    if condition.column is None:
        raise ValueError("a condition without a column")
    if condition.known is not None:
        empty = nw.col(condition.column).is_null()
        return ~empty if condition.known else empty
    return _test(condition, condition.column, columns).fill_null(False)


def _test(condition: Condition, column: str, columns: Columns) -> nw.Expr:
    if condition.within is not None and condition.of is not None:
        return _within(column, condition.of, condition.within.resolved({}), columns)
    if condition.is_ is not None:
        return _equal(column, condition.is_, columns)
    if condition.in_ is not None:
        tests = [_equal(column, each, columns).fill_null(False) for each in condition.in_]
        return nw.any_horizontal(nw.lit(False), *tests, ignore_nulls=False)
    for name, compare in _ORDER.items():
        if (operand := getattr(condition, name)) is not None:
            return _ordered(column, name, compare, operand, columns)
    raise ValueError(f"a condition without a test: {condition!r}")


def _equal(column: str, operand: Any, columns: Columns) -> nw.Expr:
    if isinstance(operand, ColumnReference):
        left, right = _comparable(column, operand.column, columns)
        return left == right
    kind = columns.type(column)
    if kind in _NUMBERS:
        steps = _in_steps(column, operand, columns)
        if steps.denominator != 1:
            return nw.lit(False)
        return nw.col(column) == columns.steps(column, int(steps))
    if kind is ColumnType.FLAG:
        return nw.col(column) == nw.lit(operand == "true")
    return nw.col(column) == nw.lit(_time(operand, kind) if kind in _TIMES else operand)


def _ordered(
    column: str, name: str, compare: Callable[[Any, Any], nw.Expr], operand: Any, columns: Columns
) -> nw.Expr:
    if isinstance(operand, ColumnReference):
        return compare(*_comparable(column, operand.column, columns))
    kind = columns.type(column)
    if kind in _NUMBERS:
        steps = _ROUNDED[name](_in_steps(column, operand, columns))
        return compare(nw.col(column), columns.steps(column, steps))
    if kind in _TIMES:
        return compare(nw.col(column), nw.lit(_time(operand, kind)))
    raise ValueError(f"{column} has no order")


def _comparable(left: str, right: str, columns: Columns) -> tuple[nw.Expr, nw.Expr]:
    if {columns.type(left), columns.type(right)} == set(_TIMES):
        return nw.col(left).cast(nw.Datetime), nw.col(right).cast(nw.Datetime)
    return nw.col(left), nw.col(right)


def _within(column: str, of: str, share: Fraction, columns: Columns) -> nw.Expr:
    # |c − of| ≤ p/q · |of| without a division: q · |c − of| ≤ p · |of|.
    exact = ColumnType.DECIMAL in (columns.type(column), columns.type(of))
    number: Any = Decimal if exact else int
    apart = (nw.col(column) - nw.col(of)).abs() * nw.lit(number(share.denominator))
    return apart <= nw.col(of).abs() * nw.lit(number(share.numerator))


def _in_steps(column: str, operand: str, columns: Columns) -> Fraction:
    """An operand in the smallest steps of a column."""
    quantity = parse_quantity(operand)
    if quantity is None or quantity.value is None:
        raise ValueError(f"not a number: {operand}")
    return quantity.value / columns.step(column) * int(10 ** columns.places(column))


def _time(operand: str, kind: ColumnType) -> date | datetime:
    moment = datetime.fromisoformat(operand).replace(tzinfo=None)
    return moment.date() if kind is ColumnType.DATE else moment
