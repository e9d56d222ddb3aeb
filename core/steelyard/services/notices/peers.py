"""Peers: how far units lie behind all that their scheme scores, and whom that may be told.

The rule is that of `services.peers`, with a subscriber's unit and all below it as what the subscriber sees:
it is told where the policy `peer_minimum` units elsewhere have a score on the node, or none is elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from steelyard.improvement.finding import PeerFigures, Thresholds
from steelyard.services import peer_figures
from steelyard.services.cube import Cube
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord

_WANTED = Thresholds()
_NOISE = 1e-9


class Peers:
    """The peers of a cube of all units. above: by unit id, the unit and all above it; fewest: the policy."""

    def __init__(self, scores: Cube, above: Mapping[int, frozenset[int]], fewest: int) -> None:
        self._scores, self._above, self._fewest = scores, above, fewest
        self.figures = cache(self._figures)
        self._elsewhere = cache(self._scored_elsewhere)

    def behind(self, units: Sequence[UnitRecord], period: PeriodRecord) -> NDArray[np.bool_]:
        """Which nodes of which units, (nodes, units), are far behind."""
        rates = self._scores.evaluation.rates[:, self._scores.rows(units, period)]
        marks = np.zeros(rates.shape, dtype=bool)
        for at, peers in self.figures(period).items():
            is_low = rates[at] < peers.lower_quartile - _NOISE
            marks[at] = is_low & (peers.median - rates[at] >= float(_WANTED.peer_gap) - _NOISE)
        return marks

    def may_tell(self, top: int, place: int, periods: Sequence[PeriodRecord]) -> bool:
        """Whether a subscriber of a unit is told of the peers on a node, as they were in these periods."""
        found = [self._elsewhere(top, each) for each in periods]
        return all(each is None or each[place] >= self._fewest for each in found)

    def _figures(self, period: PeriodRecord) -> Mapping[int, PeerFigures]:
        """By where nodes stand, what all units look like, where there are enough to compare."""
        places = range(len(self._scores.evaluation.codes))
        found = peer_figures.among(self._scores, period, places)
        return {at: each for at, each in found.items() if each.count >= _WANTED.minimum_peers}

    def _scored_elsewhere(self, top: int, period: PeriodRecord) -> NDArray[np.intp] | None:
        """How many units that are not below a unit have a score on each node; None where there are none."""
        elsewhere = [each for each in self._scores.units if top not in self._above[each.id]]
        if not elsewhere:
            return None
        rates = self._scores.evaluation.rates[:, self._scores.rows(elsewhere, period)]
        return np.asarray((~np.isnan(rates)).sum(axis=1), dtype=np.intp)
