"""Raising: rates of leaves that bring a node to a rate, each leaf by the same share of what it lacks.

What a group is worth to those above it depends on its rate alone, not on which of its leaves made it: so any
rates of the leaves will do to ask what the whole tree gains if the group comes up to a rate.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from steelyard.improvement.row_tree import RowTree
from steelyard.scoring.exact import Exact, reaches

HALVINGS = 34
"""How often a share is halved where it cannot be told outright: about ten decimals."""


def raised(row: RowTree, index: int, rate: Fraction) -> dict[str, Fraction]:
    """The weak leaves' rates with which the node at `index` has this rate; full marks where it cannot."""
    leaves = {leaf: row.leaves[leaf] for leaf in row.weak_leaves(index)}

    def lifted(share: Fraction) -> dict[int, Fraction]:
        return {leaf: now + share * (1 - now) for leaf, now in leaves.items()}

    share = _share(rate, lambda share: row.rate(index, lifted(share)))
    return {row.node(leaf).code: value for leaf, value in lifted(share).items()}


def _share(rate: Fraction, at: Callable[[Fraction], Exact]) -> Fraction:
    """The least share at which a rising function reaches a rate; 1 where it never does."""
    low, high = Fraction(0), Fraction(1)
    first, last = at(low), at(high)
    if not reaches(last, rate):
        return high
    if isinstance(first, Fraction) and isinstance(last, Fraction) and first < last:
        straight = (rate - first) / (last - first)
        if at(straight) == rate:
            return straight
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if reaches(at(middle), rate) else (middle, high)
    return high
