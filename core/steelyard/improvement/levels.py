"""Levels: the least rate to which leaves must come so that demands are met, exactly.

With every leaf at its own rate or the level, whichever is more, arithmetic means and minima of them are
concave between the rates at which a leaf begins or ceases to rise. There Newton's method from the left ends
after as many steps as there are straight pieces.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from steelyard.improvement.demand import Demand
from steelyard.improvement.options import Options

FULL = Fraction(1)
Line = tuple[Fraction, Fraction]
"""A rate and how fast it rises with the level."""


def least_level(options: Options, leaves: Collection[int]) -> Fraction | None:
    """The least level of these leaves that meets all demands, their bounds left aside; None without one.

    None too where another mean than arithmetic and minimum is between them and a demand.
    """
    if options.strange_mean(leaves) is not None:
        return None
    found = [_Rising(options, leaves).least(demand) for demand in options.demands]
    levels = [level for level in found if level is not None]
    if len(levels) < len(found) or not options.meet(_at(options, leaves, max(levels))):
        return None
    return max(levels)


def _at(options: Options, leaves: Collection[int], level: Fraction) -> dict[int, Fraction]:
    return {leaf: max(options.tree.leaves[leaf], level) for leaf in leaves}


class _Rising:
    """The rates of nodes as functions of the level of some leaves."""

    def __init__(self, options: Options, leaves: Collection[int]) -> None:
        self._leaves, self._tree = frozenset(leaves), options.tree

    def least(self, demand: Demand) -> Fraction | None:
        """The least level at which a demand is met; that at which it is all but met, where it is strict."""
        rates = [self._tree.leaves[leaf] for leaf in self._leaves]
        turns = sorted({*rates, FULL})
        start = None
        for turn in turns:
            if self._rate(demand.node, turn)[0] >= demand.rate:
                return turn if start is None else self._newton(demand, start)
            start = turn
        return None

    def _newton(self, demand: Demand, level: Fraction) -> Fraction:
        rate, slope = self._rate(demand.node, level)
        while rate < demand.rate:
            level += (demand.rate - rate) / slope
            rate, slope = self._rate(demand.node, level)
        return level

    def _rate(self, index: int, level: Fraction) -> Line:
        """A node's rate at a level, and its slope to the right of it."""
        if index in self._leaves:
            now = self._tree.leaves[index]
            return max(now, level), Fraction(int(now <= level))
        node = self._tree.node(index)
        if not self._tree.is_above(index, self._leaves) or not self._tree.is_scored(index):
            return Fraction(self._tree.now(index)), Fraction(0)
        parts = [(weight, self._rate(child, level)) for weight, child in self._tree.parts(index)]
        if node.power is None:
            return min(line for _, line in parts)
        whole = sum((weight for weight, _ in parts), Fraction(0))
        rate = sum((weight * line[0] for weight, line in parts), Fraction(0))
        slope = sum((weight * line[1] for weight, line in parts), Fraction(0))
        return rate / whole, slope / whole
