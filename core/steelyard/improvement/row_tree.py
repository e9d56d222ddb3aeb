"""The tree of one row in exact arithmetic: who takes part in which group with what weight, and its rates.

Rates of leaves may be supposed; outcomes are those of the row, for nothing is supposed of what has no score.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

import numpy as np

from steelyard.scoring.cells import Cells
from steelyard.scoring.evaluation import Evaluation
from steelyard.scoring.exact import Exact, ExactScores, mean
from steelyard.scoring.outcome import Outcome
from steelyard.scoring.tree import Node, Tree

Part = tuple[Fraction, int]
"""A weight and the index of the node that has it."""


class RowTree:
    """One row of an evaluation; nodes are named by their indices."""

    def __init__(self, evaluation: Evaluation, row: int) -> None:
        self.tree: Tree = evaluation.trees[int(evaluation.tree_of[row])]
        rows = np.array([row])
        outcomes, rates = evaluation.outcomes[:, rows], evaluation.rates[:, rows]
        self._exact = ExactScores(self.tree, Cells(evaluation.observations), outcomes, rates, rows, {})
        self._parts = {node.index: self._taking_part(node) for node in self.tree.nodes if node.children}
        self.leaves = {
            node.index: self._exact.leaf(node, 0) or Fraction(0)
            for node in self.tree.nodes
            if not node.children and self.is_scored(node.index)
        }
        """The rates of the leaves that have a score."""
        self._within = [frozenset(self.below(node.index)) for node in self.tree.nodes]
        self._now: dict[int, Exact] = {}

    def node(self, index: int) -> Node:
        """A node."""
        return self.tree.nodes[index]

    def is_scored(self, index: int) -> bool:
        """Whether a node has a score."""
        return self._exact.outcome(index, 0) is Outcome.SCORED

    def parts(self, index: int) -> tuple[Part, ...]:
        """The children that decide a group, with their weights; where missing is zero some have no score."""
        return self._parts[index]

    def below(self, index: int) -> Iterator[int]:
        """A node and all below it, in the order of the tree."""
        yield index
        for child in self.tree.nodes[index].children:
            yield from self.below(child)

    def weak_leaves(self, index: int) -> list[int]:
        """The leaves at or below a node that have a score short of full marks."""
        return [leaf for leaf in self.below(index) if leaf in self.leaves and self.leaves[leaf] < 1]

    def is_above(self, index: int, nodes: Iterable[int]) -> bool:
        """Whether any of some nodes is a node or below it."""
        return not self._within[index].isdisjoint(nodes)

    def now(self, index: int) -> Exact:
        """The rate of a node as it is, before rules; 0 where it has no score."""
        if index not in self._now:
            self._now[index] = self._rate(index, {})
        return self._now[index]

    def rate(self, index: int, supposed: Mapping[int, Fraction]) -> Exact:
        """The same if leaves had these rates."""
        return self._rate(index, supposed) if self.is_above(index, supposed) else self.now(index)

    def _rate(self, index: int, supposed: Mapping[int, Fraction]) -> Exact:
        if not self.is_scored(index):
            return Fraction(0)
        if index in self.leaves:
            return supposed.get(index, self.leaves[index])
        parts = [(weight, self.rate(child, supposed)) for weight, child in self._parts[index]]
        return mean(parts, self.node(index).power)

    def _taking_part(self, node: Node) -> tuple[Part, ...]:
        if not self.is_scored(node.index):
            return ()
        parts = [(self._exact.weight(i, 0), i) for i in self._exact.taking_part(node, 0)]
        return tuple((weight, i) for weight, i in parts if weight > 0)
