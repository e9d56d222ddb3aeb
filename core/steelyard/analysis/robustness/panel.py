"""Panel: the units of a ranking, each scored with its own tree, under many weights at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from steelyard.analysis.robustness.root import root_rules
from steelyard.analysis.robustness.sheet import Sheet, Weights, leaf_part
from steelyard.scoring.evaluation import Evaluation, without_noise
from steelyard.scoring.observations import Floats, Rows
from steelyard.scoring.tree import Tree

CELLS = 1 << 16
"""Draws × units that are worked out at once: so much stays in the processor's cache."""


@dataclass(frozen=True)
class Panel:
    """n units. sheets: by tree, with the positions of its units in the panel. target: the node."""

    units: int
    target: int
    sheets: tuple[tuple[Sheet, Rows], ...]

    @classmethod
    def of(cls, evaluation: Evaluation, rows: Rows, node: str | None = None) -> Panel:
        """The rows (n,) of an evaluation, for the root or another node; KeyError where there is none."""
        target = 0 if node is None else evaluation.index[node]
        sheets = []
        for number, tree in enumerate(evaluation.trees):
            at = np.flatnonzero(evaluation.tree_of[rows] == number)
            if len(at):
                sheets.append((_sheet(evaluation, tree, rows[at], target), at))
        return cls(len(rows), target, tuple(sheets))

    @property
    def chunk(self) -> int:
        """How many draws are best worked out at once."""
        return max(1, CELLS // max(1, self.units))

    def scores(self, weights: Sequence[Weights], draws: int, drawn: Sequence[Sheet] | None = None) -> Floats:
        """Scores 0…100 under `draws` weights for each of the sheets, (draws, n), NaN where there is none.

        drawn: the sheets with other leaves. Scores are without the noise of floats, so that equal ones tie.
        """
        result = np.empty((draws, self.units))
        sheets = [sheet for sheet, _ in self.sheets] if drawn is None else drawn
        for (_, at), sheet, laid in zip(self.sheets, sheets, weights, strict=True):
            result[:, at] = sheet.rates(laid, draws)
        return without_noise(result * 100)

    def weighted(self) -> tuple[int, ...]:
        """The nodes below the target whose weights matter: with a sibling, and more than 0, in some tree."""
        trees = [sheet.tree for sheet, _ in self.sheets]
        return tuple(sorted({i for tree in trees for group in siblings(tree, self.target) for i in group}))


def siblings(tree: Tree, target: int = 0) -> list[tuple[int, ...]]:
    """The groups below a node that share weight out: two or more children that weigh more than 0."""
    below = {target}
    groups = []
    for node in tree.nodes:
        if node.parent in below:
            below.add(node.index)
        if node.index in below:
            weighing = tuple(i for i in node.children if tree.nodes[i].weight > 0)
            if len(weighing) > 1:
                groups.append(weighing)
    return groups


def shares(tree: Tree, group: tuple[int, ...]) -> list[Fraction]:
    """What each of a group's nodes weighs, of 1."""
    whole = sum((tree.nodes[i].weight for i in group), Fraction(0))
    return [tree.nodes[i].weight / whole for i in group]


def _sheet(evaluation: Evaluation, tree: Tree, rows: Rows, target: int) -> Sheet:
    leaves = {
        node.index: leaf_part(evaluation.outcomes[node.index, rows], evaluation.rates[node.index, rows])
        for node in tree.nodes
        if not node.children
    }
    return Sheet(tree, leaves, target, root_rules(evaluation, tree, rows) if target == 0 else None)
