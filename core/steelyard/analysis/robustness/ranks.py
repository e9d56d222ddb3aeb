"""Ranks in many draws at once, and what they say together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from steelyard.scoring.observations import Floats, Rows

Ranks = NDArray[np.int32]

LOW, MIDDLE, HIGH = 0.05, 0.5, 0.95
"""A rank interval leaves out one draw in twenty on either side."""


def ranks(scores: Floats) -> Ranks:
    """Competition ranks (1, 2, 2, 4) in each draw of (d, n) scores, the highest first; 0 where NaN."""
    order = np.argsort(-scores, axis=1, kind="stable")
    ordered = np.take_along_axis(scores, order, axis=1)
    begins = np.ones(scores.shape, dtype=bool)
    begins[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    place = np.where(begins, np.arange(1, scores.shape[1] + 1, dtype=np.int32), 0)
    place = np.maximum.accumulate(place, axis=1)
    place[np.isnan(ordered)] = 0
    found = np.empty(scores.shape, dtype=np.int32)
    np.put_along_axis(found, order, place.astype(np.int32), axis=1)
    return found


def rank_quantile(sorted_ranks: Ranks, scored: Rows, share: float) -> Ranks:
    """The least rank that at least `share` of a unit's draws are at or above, (n,); 0 without a score.

    sorted_ranks: (d, n), each column rising, 0 (no score) first. scored: (n,) draws that have a score.
    """
    without = len(sorted_ranks) - scored
    at = without + np.maximum(np.ceil(share * scored - 1e-9).astype(np.intp) - 1, 0)
    found = np.take_along_axis(sorted_ranks, np.minimum(at, len(sorted_ranks) - 1)[np.newaxis], axis=0)
    return np.asarray(np.where(scored > 0, found[0], 0), dtype=np.int32)


def ahead(first: Ranks, second: Ranks) -> Floats:
    """In what share of the draws the first is ahead, ties counting half, of those where both have a score.

    first, second: (d, …) ranks, 0 without a score. NaN where both never have.
    """
    both = (first > 0) & (second > 0)
    wins = np.count_nonzero(both & (first < second), axis=0)
    ties = np.count_nonzero(both & (first == second), axis=0)
    with np.errstate(invalid="ignore"):
        return np.asarray((wins + ties / 2) / np.count_nonzero(both, axis=0))
