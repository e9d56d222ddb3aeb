"""How units stand when rules are applied: the scores so far, and the measures that rules count."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

import numpy as np

from steelyard.scheme.number import Quantity
from steelyard.scoring.cells import Cells
from steelyard.scoring.exact import DIGITS, Exact, ExactScores, as_decimal
from steelyard.scoring.groups import Chunk
from steelyard.scoring.lines import Marks
from steelyard.scoring.observations import Codes, Floats, Rows
from steelyard.scoring.outcome import NOT_APPLICABLE, SCORED, Status
from steelyard.scoring.rubrics.function import Bools
from steelyard.scoring.tree import Tree


@dataclass
class Standing:
    """Some rows of one tree. Arrays of shape (nodes, n) in `chunk` and `passed`, (n,) in `rows`.

    added: for each adjust rule its measure, the points for one count, the measure's limit, and (n,) where it
    does not hold.
    """

    tree: Tree
    cells: Cells
    chunk: Chunk
    passed: Marks
    exact: ExactScores
    rows: Rows
    added: list[tuple[str, Fraction, Fraction | None, Bools]] = field(default_factory=list)

    def number(self, quantity: Quantity) -> Fraction:
        """A rule's number, its parameter resolved."""
        return quantity.resolved(dict(self.tree.parameters))

    def exempt(self, rule: str) -> Bools:
        """Where a rule, by its id, does not hold."""
        return self.cells.exempt_from(rule, self.rows)

    def counts(self, measure: str) -> tuple[Floats, Codes]:
        """A counted measure: values, 0 for a complete feed with nothing in it, and statuses."""
        values = self.cells.values(measure, self.rows, len(self.rows)).copy()
        status = self.cells.status(measure, self.rows, len(self.rows)).copy()
        values[status == Status.EMPTY_FEED] = 0.0
        status[status == Status.EMPTY_FEED] = Status.VALUE
        negative = (status == Status.VALUE) & ~(values >= 0)
        status[negative] = Status.INVALID
        return values, status

    def count_exactly(self, measure: str, at: int) -> Fraction:
        """One count; 0 where there is none that can be used."""
        return max(self.cells.exact(measure, int(self.rows[at])) or Fraction(0), Fraction(0))

    def root_rate(self, at: int) -> Exact:
        """The root's exact rate after adjustments, cut to 0…1 unless the scheme says otherwise."""
        rate = self.exact.rate(0, at)
        extra = Fraction(0)
        for measure, each, limit, exempt in self.added:
            count = Fraction(0) if exempt[at] else self.count_exactly(measure, at)
            extra += each * (count if limit is None else min(count, limit))
        if extra:
            rate = _plus(rate, extra / 100)
        if self.tree.scheme.cap == "none":
            return rate
        return min(max(rate, Fraction(0), key=as_decimal), Fraction(1), key=as_decimal)

    def node_rates(self, index: int, at: Rows) -> tuple[list[Exact], Rows]:
        """Distinct exact rates of a node as rules see it, and which of them each position has."""
        if index == 0:
            return [self.root_rate(i) for i in at.tolist()], np.arange(len(at))
        return self.exact.rates(index, at)

    def scored(self, index: int) -> Bools:
        """Where a node has a score."""
        return np.asarray(self.chunk.outcome[index] == SCORED)

    def open(self, index: int) -> Bools:
        """Where a node applies and has no score."""
        return np.asarray(self.chunk.outcome[index] > NOT_APPLICABLE)


def _plus(rate: Exact, extra: Fraction) -> Exact:
    if isinstance(rate, Fraction):
        return rate + extra
    return DIGITS.add(rate, Decimal(as_decimal(extra)))
