"""Ranking: competition ranks (1, 2, 2, 4), percentiles and quartiles of one column of scores.

Scores tie where they are equal without the noise of floats: equal exact scores that were summed in another
order may differ in the last digits, and nobody is to be ranked by them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from steelyard.scoring.evaluation import without_noise
from steelyard.scoring.observations import Floats, Rows

UNRANKED = 0


@dataclass(frozen=True)
class Ranking:
    """A ranking of n members.

    order: (n,) member indices, the best first; equal scores, and members without one (always last), keep
    the order in which the members were given.
    key: (n,) by member, the scores as they were compared; NaN without a score.
    rank: (n,) by member, from 1, UNRANKED without a score. tied: (n,) how many members share that rank.
    """

    order: Rows
    key: Floats
    rank: Rows
    tied: Rows

    @property
    def scored(self) -> int:
        """How many members have a score."""
        return int(np.count_nonzero(self.rank))

    @cached_property
    def position(self) -> Rows:
        """Where in `order` each member stands, (n,)."""
        position = np.empty(len(self.order), dtype=np.intp)
        position[self.order] = np.arange(len(self.order))
        return position

    @cached_property
    def percentile(self) -> Floats:
        """The share 0…1 of the other scored members that are worse, ties counting half, (n,).

        NaN without a score, and for a member that is alone.
        """
        others = self.scored - 1
        if others < 1:
            return np.full(len(self.rank), np.nan)
        worse = self.scored - (self.rank - 1) - self.tied
        share = (worse + (self.tied - 1) / 2) / others
        return np.where(self.rank == UNRANKED, np.nan, share)

    @cached_property
    def quartile(self) -> Rows:
        """1 for the best quarter of the scored members to 4, UNRANKED without a score, (n,)."""
        quarter = 1 + 4 * (self.rank - 1) // max(self.scored, 1)
        return np.where(self.rank == UNRANKED, UNRANKED, quarter).astype(np.intp)

    def neighbours(self, member: int, reach: int) -> Rows:
        """The members up to `reach` places above and below one, and that one, the best first."""
        at = int(self.position[member])
        return self.order[max(at - reach, 0) : at + reach + 1]

    def best(self, count: int) -> Rows:
        """The best `count` members with a score and who ties with the last of them, the best first."""
        scored = self.order[: self.scored]
        if not 0 < count < len(scored):
            return scored[: max(count, 0)]
        return np.asarray(scored[self.key[scored] >= self.key[scored[count - 1]]])

    def worst(self, count: int) -> Rows:
        """The worst `count` members and all who tie with the first of them, the best first, as `best`."""
        scored = self.order[: self.scored]
        if not 0 < count < len(scored):
            return scored[len(scored) :] if count <= 0 else scored
        return np.asarray(scored[self.key[scored] <= self.key[scored[-count]]])


def rank(scores: Floats) -> Ranking:
    """Rank scores (n,), the highest first; NaN is no score.

    >>> rank(np.array([70.0, 90.0, np.nan, 70.0])).rank.tolist()
    [2, 1, 0, 2]
    """
    key = without_noise(scores) + 0.0
    order = np.argsort(-key, kind="stable")
    scored = int(np.count_nonzero(~np.isnan(key)))
    best_first = key[order[:scored]]
    begins = np.append(True, best_first[1:] != best_first[:-1])[:scored]
    start = np.maximum.accumulate(np.where(begins, np.arange(scored), 0))
    ranks, tied = np.zeros(len(key), dtype=np.intp), np.zeros(len(key), dtype=np.intp)
    ranks[order[:scored]] = start + 1
    tied[order[:scored]] = np.bincount(start, minlength=scored)[start]
    return Ranking(order, key, ranks, tied)
