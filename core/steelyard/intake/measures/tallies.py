"""Tallies: what one group-by counts of a table, and how measures are made of them.

Each tally is a column of values, made row by row, and an aggregate of it; so all tallies of a table are
counted together. Counts and sums add up: counted of parts of a period, they are counted of the whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property, lru_cache

import narwhals.stable.v2 as nw

from steelyard.intake.measures.conditions import Columns, all_hold
from steelyard.intake.measures.parts import DAY
from steelyard.records.column import ColumnType
from steelyard.records.condition import Conditions
from steelyard.records.measure import MeasureDefinition, OfColumn, RatioPart
from steelyard.records.table import RecordTable


class Of(Enum):
    """What is taken of the rows that fulfil a tally's conditions: how many, or something of their values."""

    COUNT = "count"
    SUM = "sum"
    SQUARES = "squares"
    DISTINCT = "distinct"
    QUANTILE = "quantile"

    @property
    def adds_up(self) -> bool:
        """Whether that of some rows and that of others make that of all."""
        return self in (Of.COUNT, Of.SUM, Of.SQUARES)


_SQUARED_MOST = 10**9 - 1
"""In steps of a column: up to here squares fit into the 64 bits, or 18 digits, of every engine."""


@dataclass(frozen=True)
class Tally:
    """One thing to be counted of a table: of the rows that fulfil `where`, or of their values in `column`."""

    table: str
    of: Of
    column: str | None = None
    where: Conditions = ()
    at: Fraction = Fraction(0)

    @cached_property
    def key(self) -> str:
        """What tells it from others."""
        where = "".join(each.model_dump_json(by_alias=True, exclude_none=True) for each in self.where)
        return f"{self.table}|{self.of.value}|{self.column}|{self.at}|{where}"


@dataclass(frozen=True)
class Recipe:
    """How a measure is made: one tally, or one divided by another, times a number.

    squares: of a mean, the sum of the squares of what it is of.
    """

    measure: MeasureDefinition
    top: Tally
    bottom: Tally | None = None
    times: Fraction = Fraction(1)
    squares: Tally | None = None

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """What is to be counted."""
        return tuple(each for each in (self.top, self.bottom, self.squares) if each is not None)


def recipe(measure: MeasureDefinition) -> Recipe:
    """How a measure is made of tallies."""
    table = measure.table
    if (count := measure.count) is not None:
        return Recipe(measure, Tally(table, Of.COUNT, None, count.where))
    if (share := measure.share) is not None:
        among = Tally(table, Of.COUNT, None, share.among)
        return Recipe(measure, Tally(table, Of.COUNT, None, (*share.among, *share.where)), among)
    if (ratio := measure.ratio) is not None:
        of, to = _side(ratio.of, table), _side(ratio.to, table)
        return Recipe(measure, of, to, ratio.times.resolved({}))
    if (mean := measure.mean) is not None:
        known = Tally(table, Of.COUNT, mean.column, mean.where)
        return Recipe(measure, _of(mean, Of.SUM, table), known, squares=_of(mean, Of.SQUARES, table))
    if (quantile := measure.quantile) is not None:
        at = quantile.at.resolved({})
        return Recipe(measure, Tally(table, Of.QUANTILE, quantile.column, quantile.where, at))
    if (total := measure.sum) is not None:
        return Recipe(measure, _of(total, Of.SUM, table))
    if (distinct := measure.distinct) is not None:
        return Recipe(measure, _of(distinct, Of.DISTINCT, table))
    raise ValueError(f"{measure.measure} measures nothing")


def _side(part: RatioPart, table: str) -> Tally:
    of = part.table or table
    if part.count is not None:
        return Tally(of, Of.COUNT, None, part.count.where)
    if part.sum is not None:
        return _of(part.sum, Of.SUM, of)
    if part.distinct is not None:
        return _of(part.distinct, Of.DISTINCT, of)
    raise ValueError("a side of a ratio that counts nothing")


def _of(source: OfColumn, of: Of, table: str) -> Tally:
    return Tally(table, of, source.column, source.where)


ROWS = "rows"
"""How many rows there are: the first column of what is counted."""


@dataclass(frozen=True)
class Tallied:
    """Tallies that are counted together: expressions, `columns` row by row and `aggregates` over them.

    values: by the number of a tally where its value stands behind the keys of the group-by; numbers: where
    that stands of how many rows it is. A count is both. rows: where the number of all rows stands.
    any: whether a row counts for any of the tallies.
    """

    columns: tuple[nw.Expr, ...]
    aggregates: tuple[nw.Expr, ...]
    values: Mapping[int, int]
    numbers: Mapping[int, int]
    any: nw.Expr
    rows: int = 0


@dataclass(frozen=True)
class Compiled:
    """The tallies of one table: those that add up, and the others.

    steps: by tally what its value is multiplied with to be in the unit of its column.
    """

    tallies: tuple[Tally, ...]
    added: Tallied
    others: Tallied
    steps: tuple[Fraction, ...]
    grids: tuple[int, ...]


class _Order:
    """What is to be compiled; two of the same content are the same."""

    def __init__(self, table: RecordTable, tallies: tuple[Tally, ...]) -> None:
        self.table, self.tallies = table, tallies
        text = "\n".join([table.model_dump_json(by_alias=True), *(each.key for each in tallies)])
        self.hash = hashlib.sha256(text.encode()).hexdigest()

    def __hash__(self) -> int:
        return hash(self.hash)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Order) and other.hash == self.hash


def compile_tallies(table: RecordTable, tallies: Sequence[Tally]) -> Compiled:
    """Compile what is to be counted of a table; the same declarations are compiled once."""
    return _compiled(_Order(table, tuple(tallies)))


@lru_cache(maxsize=256)
def _compiled(order: _Order) -> Compiled:
    columns = Columns(order.table)
    return Compiled(
        tallies=order.tallies,
        added=_together([(at, each) for at, each in enumerate(order.tallies) if each.of.adds_up], columns),
        others=_together(
            [(at, each) for at, each in enumerate(order.tallies) if not each.of.adds_up], columns
        ),
        steps=tuple(_step(each, columns) for each in order.tallies),
        grids=tuple(_grid(each, columns) for each in order.tallies),
    )


def _together(tallies: Sequence[tuple[int, Tally]], columns: Columns) -> Tallied:
    aggregates: list[nw.Expr] = []
    values: dict[int, int] = {}
    numbers: dict[int, int] = {}
    for at, tally in tallies:
        aggregates += _aggregates(tally, at)
        numbers[at] = len(aggregates)
        values[at] = numbers[at] if tally.of is Of.COUNT else numbers[at] - 1
    made = (_column(tally, columns).alias(f"c{at}") for at, tally in tallies)
    counts = [all_hold(tally.where, columns) for _, tally in tallies]
    # With a column of which no cell is empty: constants alone are no test of a row.
    any_ = nw.any_horizontal(nw.col(DAY).is_null(), *counts, ignore_nulls=False)
    return Tallied(tuple(made), tuple(aggregates), values, numbers, any_)


def _column(tally: Tally, columns: Columns) -> nw.Expr:
    """What is counted: of a row that does not fulfil the conditions nothing."""
    counted = all_hold(tally.where, columns)
    if tally.column is None:
        if tally.of is not Of.COUNT:
            raise ValueError("a tally of no column")
        return nw.when(counted).then(nw.lit(1))
    values = nw.col(tally.column)
    if tally.of is Of.SQUARES:
        return nw.when(counted & _squarable(tally.column, columns)).then(values * values)
    return nw.when(counted).then(values.cast(nw.Float64) if tally.of is Of.QUANTILE else values)


def _squarable(column: str, columns: Columns) -> nw.Expr:
    """Whether a value is not too large for its square: there it is not known, and the sum is of fewer."""
    values, most = nw.col(column), _SQUARED_MOST
    return (values <= columns.steps(column, most)) & (values >= columns.steps(column, -most))


def _aggregates(tally: Tally, at: int) -> list[nw.Expr]:
    values, name, known = nw.col(f"c{at}"), f"v{at}", nw.col(f"c{at}").count().alias(f"n{at}")
    if tally.of is Of.COUNT:
        return [known]
    if tally.of in (Of.SUM, Of.SQUARES):
        return [values.sum().alias(name), known]
    if tally.of is Of.DISTINCT:
        return [values.n_unique().alias(name), known]
    return [values.quantile(float(tally.at), interpolation="linear").alias(name), known]


def _step(tally: Tally, columns: Columns) -> Fraction:
    if tally.column is None or tally.of in (Of.COUNT, Of.DISTINCT):
        return Fraction(1)
    step = columns.step(tally.column)
    return step * step if tally.of is Of.SQUARES else step


def _grid(tally: Tally, columns: Columns) -> int:
    """Of a quantile: its value lies on a grid of 1 ÷ this, which the float of the engine is rounded to."""
    if tally.of is not Of.QUANTILE or tally.column is None:
        return 1
    if columns.type(tally.column) not in (ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.DURATION):
        raise ValueError(f"{tally.column} has no quantiles")
    return int(tally.at.denominator * 10 ** columns.places(tally.column))
