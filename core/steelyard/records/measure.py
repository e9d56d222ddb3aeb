"""Measures: named quantities per unit and period, each a group-by over records."""

from __future__ import annotations

from steelyard.records.condition import Conditions
from steelyard.scheme.base import Definition, Flag, Name, Words
from steelyard.scheme.number import Constant, Quantity, Rate


class Count(Definition):
    """How many rows."""

    where: Conditions = ()


class OfColumn(Definition):
    """Something of the values of a column; rows where it is empty do not take part."""

    column: Name
    where: Conditions = ()


class Quantile(OfColumn):
    """The value below which the share `at` of the values lies, interpolated linearly; 0.5 is the median."""

    at: Rate


class Share(Definition):
    """Of the rows that fulfil `among` the share that fulfils `where` too."""

    where: Conditions
    among: Conditions = ()


class RatioPart(Definition):
    """One side of a ratio: exactly one of count, sum, distinct, of the measure's table or of another."""

    table: Name | None = None
    count: Count | None = None
    sum: OfColumn | None = None
    distinct: OfColumn | None = None


class Ratio(Definition):
    """One quantity per another: `of` ÷ `to` × `times`."""

    of: RatioPart
    to: RatioPart
    times: Constant = Quantity.of(1)


class MeasureDefinition(Definition):
    """One measure: exactly one of count, sum, mean, share, ratio, quantile, distinct.

    measure: the name that schemes read. table: the table of the same pack that it counts. In a scheme that
    reads it in percent it is 100 times as large.
    """

    measure: Name
    title: Words
    table: Name
    count: Count | None = None
    sum: OfColumn | None = None
    mean: OfColumn | None = None
    share: Share | None = None
    ratio: Ratio | None = None
    quantile: Quantile | None = None
    distinct: OfColumn | None = None
    source: str | None = None
    assumed: Flag = False
    note: Words | None = None

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that it reads, its own first; a side of a ratio may read another of the same pack."""
        sides = () if self.ratio is None else (self.ratio.of, self.ratio.to)
        others = [side.table for side in sides if side.table is not None]
        return tuple(dict.fromkeys([self.table, *others]))
