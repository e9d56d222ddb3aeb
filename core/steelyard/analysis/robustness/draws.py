"""Draws: weights at random around those that are set.

The shares of each group of siblings are drawn from a Dirichlet distribution whose mean they are: with
parameters concentration × share. The variance of a share s is s (1 − s) / (concentration + 1): at 100 a
share of 25 % has a standard deviation of 4.3 points, at 400 of 2.2. What weighs nothing goes on weighing
nothing, and what weighs something never falls to nothing.

Draws are made by numpy's PCG64. Each group has a stream of its own, of the seed and the place of its parent
in the tree, so that its draws depend neither on other groups nor on how many are worked out at once.
"""

from __future__ import annotations

import numpy as np

from steelyard.analysis.robustness.panel import shares, siblings
from steelyard.scoring.observations import Floats
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
