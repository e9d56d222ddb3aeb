"""Exact rates of single units: fractions wherever the way there is rational, else 60 digits.

The array engine asks here for the few numbers that lie too near a line to be told by floats, and the
explanation of a node for all of its numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal, localcontext
from fractions import Fraction

import numpy as np

from steelyard.scoring.cells import Cells
from steelyard.scoring.observations import Codes, Floats, Rows
from steelyard.scoring.outcome import INCOMPLETE, MISSING, NOT_APPLICABLE, SCORED, Outcome
from steelyard.scoring.tree import Node, Tree

Exact = Fraction | Decimal
Leaves = dict[tuple[int, tuple[object, ...]], Fraction | None]
DIGITS = Context(prec=60)
EQUAL = Decimal("1e-40")
WIDE = Fraction(1, 10**7)
"""A grid this wide cannot be mistaken: floats are off by less than a hundredth of it."""


def as_decimal(number: Exact) -> Decimal:
    """A number with 60 digits."""
    if isinstance(number, Decimal):
        return number
    return DIGITS.divide(Decimal(number.numerator), Decimal(number.denominator))


def reaches(number: Exact, line: Fraction) -> bool:
    """Whether number ≥ line; numbers with 60 digits that differ by less than 1e-40 are equal."""
    if isinstance(number, Fraction):
        return number >= line
    return as_decimal(number) - as_decimal(line) > -EQUAL


def below_or_at(number: Exact, line: Fraction) -> bool:
    """Whether number ≤ line, with the same notion of equal."""
    if isinstance(number, Fraction):
        return number <= line
    return as_decimal(number) - as_decimal(line) < EQUAL


def order(first: Exact, second: Exact) -> int:
    """−1, 0 or 1 as first is below, at or above second, with the same notion of equal."""
    if isinstance(first, Fraction) and isinstance(second, Fraction):
        return (first > second) - (first < second)
    apart = as_decimal(first) - as_decimal(second)
    return 0 if abs(apart) < EQUAL else (apart > 0) - (apart < 0)


def mean(parts: Iterable[tuple[Fraction, Exact]], power: Fraction | None) -> Exact:
    """The weighted mean of (weight, rate) with positive total weight; `power` None is the minimum.

    What weighs nothing decides nothing.

    Except for the arithmetic mean, a rate below 0 counts as 0.
    """
    parts = list(parts)
    if power is None:
        return min((rate for weight, rate in parts if weight > 0), key=as_decimal)
    total = sum((weight for weight, _ in parts), Fraction(0))
    if power == 1:
        return _arithmetic(parts, total)
    counted = [(weight, rate) for weight, rate in parts if weight > 0]
    if all(isinstance(rate, Fraction) for _, rate in counted) and len({r for _, r in counted}) == 1:
        return max(counted[0][1], Fraction(0))
    with localcontext(DIGITS):
        rates = [(as_decimal(w), max(as_decimal(r), Decimal(0))) for w, r in counted]
        if power <= 0 and any(rate == 0 for _, rate in rates):
            return Fraction(0)
        return _power(rates, as_decimal(total), as_decimal(power))


def _arithmetic(parts: list[tuple[Fraction, Exact]], total: Fraction) -> Exact:
    summed = Fraction(0)
    long = Decimal(0)
    for weight, rate in parts:
        if isinstance(rate, Fraction):
            summed += weight * rate
        else:
            long = DIGITS.add(long, DIGITS.multiply(as_decimal(weight), rate))
    if not long:
        return summed / total
    return DIGITS.divide(DIGITS.add(long, as_decimal(summed)), as_decimal(total))


def _power(rates: list[tuple[Decimal, Decimal]], total: Decimal, power: Decimal) -> Decimal:
    if power == 0:
        return (sum((w * r.ln() for w, r in rates), Decimal(0)) / total).exp()
    inside = sum((w * r**power for w, r in rates if r), Decimal(0)) / total
    return inside ** (1 / power) if inside else Decimal(0)


class ExactScores:
    """Exact rates of the nodes of one tree in some rows whose outcomes are known.

    outcome: (nodes, n) of `Outcome`; rate: (nodes, n) as floats; rows: (n,) indices into the observations.
    known: the leaves worked out so far, shared by all chunks of a tree.
    """

    def __init__(
        self, tree: Tree, cells: Cells, outcome: Codes, rate: Floats, rows: Rows, known: Leaves
    ) -> None:
        self._tree, self._cells, self._outcome, self._rate, self._rows = tree, cells, outcome, rate, rows
        self._leaves = known

    def leaf(self, node: Node, at: int) -> Fraction | None:
        """The exact rate of a leaf in the row at position `at`; None if the rubric has none."""
        if node.rubric is None:
            return None
        row = int(self._rows[at])
        key = (node.index, self._cells.raw(node.rubric.measures, row))
        if key not in self._leaves:
            rate = node.rubric.exact([self._cells.exact(m, row) for m in node.rubric.measures])
            if rate is not None and node.rubric.clip:
                rate = min(max(rate, Fraction(0)), Fraction(1))
            self._leaves[key] = rate
        return self._leaves[key]

    def rates(self, index: int, at: Rows) -> tuple[list[Exact], Rows]:
        """Distinct exact rates of a node, and for each position in `at` which of them it has.

        Many units share the value of a leaf that lies on a line, so each value is worked out once.
        """
        node = self._tree.nodes[index]
        rubric, rows = node.rubric, self._rows[at]
        if rubric is None or self._cells.long(rubric.measures, rows):
            return [self.rate(index, i) for i in at.tolist()], np.arange(len(at))
        rates, grid = self._rate[index, at], rubric.spacing if rubric.clip else None
        if grid is not None and grid > WIDE:
            floats, which = _distinct(rates)
            return [round(Fraction(rates.item(i)) / grid) * grid for i in floats.tolist()], which
        values = [self._cells.values(measure, rows, len(rows)) for measure in rubric.measures]
        first, which = _distinct(values[0] if len(values) == 1 else np.stack(values))
        return [self.rate(index, i) for i in at[first].tolist()], which

    def rate(self, index: int, at: int) -> Exact:
        """The exact rate of a node that is SCORED (or counts as 0 where missing is zero)."""
        node = self._tree.nodes[index]
        if int(self._outcome[index, at]) != SCORED:
            return Fraction(0)
        if not node.children:
            return self.leaf(node, at) or Fraction(0)
        return mean(((self.weight(i, at), self.rate(i, at)) for i in self.taking_part(node, at)), node.power)

    def outcome(self, index: int, at: int) -> Outcome:
        """A node's outcome."""
        return Outcome(int(self._outcome[index, at]))

    def taking_part(self, node: Node, at: int) -> list[int]:
        """The children that a group's mean is over."""
        zero = self._tree.scheme.missing == "zero"
        outcomes = self._outcome[list(node.children), at].tolist()
        left_out = {NOT_APPLICABLE} if zero else {NOT_APPLICABLE, MISSING, INCOMPLETE}
        return [i for i, outcome in zip(node.children, outcomes, strict=True) if outcome not in left_out]

    def weight(self, index: int, at: int) -> Fraction:
        """The weight of an applicable node: its own, or what is applicable in it where pooled."""
        own = self._tree.nodes[index].weight
        pooled = self._tree.scheme.not_applicable == "pooled"
        return own * self.applicable(index, at) if pooled else own

    def applicable(self, index: int, at: int) -> Fraction:
        """The share of a node, by weight, that applies."""
        if self._outcome[index, at] == NOT_APPLICABLE:
            return Fraction(0)
        node = self._tree.nodes[index]
        if not node.children:
            return Fraction(1)
        weights = [self._tree.nodes[i].weight for i in node.children]
        shares = [w * self.applicable(i, at) for w, i in zip(weights, node.children, strict=True)]
        return sum(shares, Fraction(0)) / sum(weights, Fraction(0))

    def coverage(self, index: int, at: int) -> Fraction:
        """The exact coverage of a node that is not NOT_APPLICABLE."""
        node = self._tree.nodes[index]
        if not node.children:
            return Fraction(int(self._outcome[index, at] == SCORED))
        applies = [i for i in node.children if self._outcome[i, at] != NOT_APPLICABLE]
        weights = [self.weight(i, at) for i in applies]
        covered = [w * self.coverage(i, at) for w, i in zip(weights, applies, strict=True)]
        return sum(covered, Fraction(0)) / sum(weights, Fraction(0))


def _distinct(values: Floats) -> tuple[Rows, Rows]:
    """Positions of the distinct columns of (n,) or (k, n) values, and for each column which of them it is."""
    if (values == values[..., :1]).all():
        return np.zeros(1, dtype=np.intp), np.zeros(values.shape[-1], dtype=np.intp)
    axis = None if values.ndim == 1 else 1
    _, first, which = np.unique(values, axis=axis, return_index=True, return_inverse=True)
    return first, which
