"""Comparison: the best, median and mean of a group's scores, and the distances from them.

The first axis is the group's members; any further axes (indicators, periods) are kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from steelyard.scoring.evaluation import without_noise
from steelyard.scoring.observations import Floats, Rows

NOBODY = -1


@dataclass(frozen=True)
class Spread:
    """What a group's scores (members, …) look like, for each place of the further axes (…).

    count: how many members have a score. best, median, mean: NaN where nobody has.
    best_member: the first member with the best score, or NOBODY.
    """

    count: Rows
    best: Floats
    best_member: Rows
    median: Floats
    mean: Floats


def spread(scores: Floats) -> Spread:
    """Summarise the scores of a group, shape (members, …); NaN is no score."""
    known = ~np.isnan(scores)
    count = np.count_nonzero(known, axis=0).astype(np.intp)
    somebody = count > 0
    low = np.where(known, scores, -np.inf)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(known, scores, 0.0).sum(axis=0) / count
    if not len(scores):
        nothing = np.full(scores.shape[1:], np.nan)
        return Spread(count, nothing, np.full(count.shape, NOBODY, dtype=np.intp), nothing, nothing)
    return Spread(
        count=count,
        best=np.where(somebody, low.max(axis=0), np.nan),
        best_member=np.where(somebody, low.argmax(axis=0), NOBODY),
        median=without_noise(_median(scores, count)),
        mean=without_noise(np.where(somebody, mean, np.nan)),
    )


@dataclass(frozen=True, slots=True)
class Summary:
    """A group's scores in five figures, None where nobody has one; `count` members have.

    lower_quartile, upper_quartile: below them lies a quarter of the scores, and above; between two scores in
    proportion.
    """

    count: int
    mean: float | None
    median: float | None
    lower_quartile: float | None
    upper_quartile: float | None


def summary(scores: Floats) -> Summary:
    """Summarise scores (members,), whoever has which: their order does not matter. NaN is no score."""
    # Sorted, because the last digits of a sum depend on the order of what is added up.
    known = np.sort(scores[~np.isnan(scores)])
    if not len(known):
        return Summary(0, None, None, None, None)
    lower, median, upper = without_noise(np.quantile(known, (0.25, 0.5, 0.75))).tolist()
    mean = without_noise(np.array([known.mean()])).item()
    return Summary(len(known), mean, median, lower, upper)


def distance(scores: Floats, reference: Floats) -> Floats:
    """How far scores (members, …) lie above a reference (…); negative below it, NaN where either is."""
    return without_noise(scores - reference)


def _median(scores: Floats, count: Rows) -> Floats:
    """The median of each column's known scores: NaN sorts to the end, so the middle is at count ÷ 2."""
    ordered = np.sort(scores, axis=0)
    upper = np.minimum(count // 2, len(scores) - 1)[np.newaxis]
    lower = np.maximum((count - 1) // 2, 0)[np.newaxis]
    middle = np.take_along_axis(ordered, lower, axis=0) + np.take_along_axis(ordered, upper, axis=0)
    return np.asarray(middle[0] / 2)
