"""Paths to a grade: the advice that brings a unit to a line, a band or the verdict with the least effort."""

from __future__ import annotations

import math
from fractions import Fraction

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.analysis.selection import select_rows
from steelyard.improvement.finding import PeerFigures, Thresholds
from steelyard.improvement.path import PathAnswer, Target
from steelyard.improvement.path_finding import ALTERNATIVES, PASS_LINE, find_path
from steelyard.services import editions, peer_figures
from steelyard.services.context import View

FEWEST = Thresholds().minimum_peers
"""How many comparable units it takes to say how far advice can bring an indicator."""
GRID, NOISE = 10_000, 1e-6
"""A bound is no more exact than a hundredth of a percent."""


async def find(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    unit: str,
    period: str,
    node: str | None = None,
    target: Target = PASS_LINE,
    alternatives: int = ALTERNATIVES,
) -> PathAnswer:
    """The path of least effort to a target of a node, the root if left out; nothing is stored.

    No indicator is taken beyond what the best quarter of comparable units reaches, where there are enough and
    they may be told of. Raises NotFound, InvalidInput for a target that the node cannot have, and
    TransientError where too many searches wait already (SEARCHES_TOO_MANY).
    """
    every = await editions.load(view, scope, view.context.entry(scheme))
    asked = every.period(period)
    scores = every.edition(asked)
    row, code = scores.rows([scores.unit(unit)], asked), scores.entry.node(node).code
    peers = await peer_figures.figures(view, actor, scope, scheme=scheme, unit=unit, period=period)
    bounds = {leaf: _bound(found) for leaf, found in peers.items() if found.count >= FEWEST}
    return await view.context.searches.run(
        actor,
        scope,
        lambda: find_path(
            select_rows(scores.evaluation, row),
            0,
            scores.entry.advice,
            target,
            node=code,
            bounds=bounds,
            alternatives=alternatives,
        ),
    )


def _bound(peers: PeerFigures) -> Fraction:
    """What the best quarter of them reaches, rounded down."""
    return Fraction(math.floor(peers.upper_quartile * GRID + NOISE), GRID)
