"""Exemptions: what does not count for a unit, whatever was measured of it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from steelyard.scoring.cells import Cells
from steelyard.scoring.groups import Chunk
from steelyard.scoring.observations import Rows
from steelyard.scoring.outcome import NOT_APPLICABLE, Reason
from steelyard.scoring.rubrics.function import Bools
from steelyard.scoring.tree import Node, Tree


def exempt_nodes(tree: Tree, cells: Cells, rows: Rows) -> Mapping[int, Bools]:
    """Where nodes are exempt by themselves or by a group above them, (n,) each, by index."""
    own = cells.exempt_nodes(rows)
    if not own:
        return {}
    found: dict[int, Bools] = {}
    for node in tree.nodes:
        causes = [each for each in (own.get(node.code), found.get(node.parent)) if each is not None]
        if causes:
            found[node.index] = np.logical_or.reduce(causes)
    return found


def exempt(node: Node, where: Bools, chunk: Chunk) -> None:
    """Let a scored node be exempt: a leaf does not apply, and a group has nothing below it that does."""
    i = node.index
    chunk.reason[i][where] = Reason.EXEMPT
    if not node.children:
        chunk.outcome[i][where] = NOT_APPLICABLE
        chunk.rate[i][where] = 0.0
