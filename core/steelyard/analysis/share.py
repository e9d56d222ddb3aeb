"""Share: what each node weighs among its siblings and in the whole, in every row, for what applies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from steelyard.scoring.evaluation import Evaluation
from steelyard.scoring.observations import Floats
from steelyard.scoring.outcome import Outcome
from steelyard.scoring.tree import Tree


@dataclass(frozen=True)
class Shares:
    """Shares of weight 0…1 of m nodes in n rows, NaN where a node does not apply.

    local: (m, n) among the siblings that apply. whole: (m, n) of the root.
    """

    local: Floats
    whole: Floats


def shares(evaluation: Evaluation) -> Shares:
    """Work out the shares of all nodes in all rows; what is not measured still weighs."""
    shape = evaluation.outcomes.shape
    result = Shares(np.full(shape, np.nan), np.full(shape, np.nan))
    applies = evaluation.outcomes != Outcome.NOT_APPLICABLE
    for number, tree in enumerate(evaluation.trees):
        rows = np.flatnonzero(evaluation.tree_of == number)
        part = _applicable(tree, applies[:, rows])
        local, whole = (np.full(part.shape, np.nan) for _ in range(2))
        local[0] = whole[0] = np.where(part[0] > 0, 1.0, np.nan)
        for node in tree.nodes:
            weights = np.array([[float(tree.nodes[i].weight)] for i in node.children])
            if not len(weights):
                continue
            below = weights * part[list(node.children)]
            with np.errstate(invalid="ignore", divide="ignore"):
                local[list(node.children)] = below / below.sum(axis=0)
            whole[list(node.children)] = local[list(node.children)] * whole[node.index]
        result.local[:, rows], result.whole[:, rows] = local, whole
    result.local[~applies] = result.whole[~applies] = np.nan
    return result


def _applicable(tree: Tree, applies: Floats) -> Floats:
    """How much of each node applies, (nodes, n): 1 or 0, or the share of it where N/A is pooled."""
    part = applies.astype(np.float64)
    if tree.scheme.not_applicable == "pooled":
        for node in reversed(tree.nodes):
            if node.children:
                weights = np.array([[float(tree.nodes[i].weight)] for i in node.children])
                whole = weights.sum()
                below = (weights * part[list(node.children)]).sum(axis=0)
                part[node.index] = below / whole if whole else 0.0
    return part
