"""Draws: weights at random around those that are set, and values of measures that few records stand behind.

The shares of each group of siblings are drawn from a Dirichlet distribution whose mean they are: with
parameters concentration × share. The variance of a share s is s (1 − s) / (concentration + 1): at 100 a
share of 25 % has a standard deviation of 4.3 points, at 400 of 2.2. What weighs nothing goes on weighing
nothing, and what weighs something never falls to nothing.

Draws are made by numpy's PCG64. Each group has a stream of its own, of the seed and the place of its parent
in the tree, so that its draws depend neither on other groups nor on how many are worked out at once. So has
each sampled measure, of the seed and its name; see `sampled` for what it is drawn from.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping

import numpy as np

from steelyard.analysis.robustness.panel import Panel, shares, siblings
from steelyard.analysis.robustness.sampled import Sampled, SampledLeaves
from steelyard.analysis.robustness.sheet import Sheet
from steelyard.analysis.selection import select_observations
from steelyard.scoring.evaluation import Evaluation
from steelyard.scoring.observations import Floats, Rows
from steelyard.scoring.tree import Tree

CONCENTRATION = 100.0
LEAST = 1e-12


def dirichlet_draws(
    tree: Tree, target: int, draws: int, concentration: float, seed: int
) -> dict[int, Floats]:
    """Draw the weights of all nodes below the target, (draws, 1) each by index, as shares of their groups."""
    drawn: dict[int, Floats] = {}
    for group in siblings(tree, target):
        parent = tree.nodes[group[0]].parent
        stream = np.random.SeedSequence(seed, spawn_key=(parent,))
        generator = np.random.Generator(np.random.PCG64(stream))
        parameters = [concentration * float(share) for share in shares(tree, group)]
        found = np.maximum(generator.dirichlet(parameters, size=draws), LEAST)
        drawn.update({i: found[:, [at]] for at, i in enumerate(group)})
    return drawn


class ValueDraws:
    """Draws of the sampled measures of n units, each a stream that goes on from one piece to the next."""

    def __init__(
        self,
        evaluation: Evaluation,
        rows: Rows,
        panel: Panel,
        sampled: Mapping[str, Sampled],
        seed: int,
    ) -> None:
        self._sampled = {name: share for name, share in sampled.items() if share.known.any()}
        self._generators = {name: _generator(seed, name) for name in self._sampled}
        self._sheets = [
            (at, SampledLeaves(sheet, select_observations(evaluation.observations, rows[at]), self._sampled))
            for sheet, at in panel.sheets
        ]

    def sheets(self, draws: int) -> tuple[Sheet, ...]:
        """The panel's sheets with so many draws more, (draws, n) in the leaves that read what is sampled."""
        values = {name: share.drawn(self._generators[name], draws) for name, share in self._sampled.items()}
        return tuple(
            leaves.laid({name: drawn[:, at] for name, drawn in values.items()}) for at, leaves in self._sheets
        )


def _generator(seed: int, measure: str) -> np.random.Generator:
    # The second number tells it from those of groups, which have one.
    stream = np.random.SeedSequence(seed, spawn_key=(zlib.crc32(measure.encode()), len(measure)))
    return np.random.Generator(np.random.PCG64(stream))
