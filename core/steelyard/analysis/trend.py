"""Trend: what changed from one period to the next. A gap is a gap: it is neither filled nor bridged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from steelyard.scoring.evaluation import without_noise
from steelyard.scoring.observations import Floats

FEWEST = 8
"""From so few scores on, limits are told: of fewer, chance makes them."""
_PER_RANGE = 3 / 1.128
"""Three standard deviations in mean moving ranges of two: their expectation is 1.128 of one (ISO 7870-2)."""


def changes(scores: Floats) -> Floats:
    """The change of each score against the one before it on the last axis, same shape.

    The periods of the last axis follow each other without a break; NaN is no score. The change is NaN
    in the first period, and where this or the period before has no score.

    >>> changes(np.array([60.0, 64.5, np.nan, 70.0])).tolist()
    [nan, 4.5, nan, nan]
    """
    result = np.full(scores.shape, np.nan)
    result[..., 1:] = scores[..., 1:] - scores[..., :-1]
    return without_noise(result)


def moving_average(scores: Floats, window: int) -> Floats:
    """The mean of each score and those before it on the last axis, `window` together, same shape.

    NaN where any of them is missing, and for the first ones.

    >>> moving_average(np.array([60.0, 64.0, 68.0, np.nan, 70.0]), 2).tolist()
    [nan, 62.0, 66.0, nan, nan]
    """
    result = np.full(scores.shape, np.nan)
    if scores.shape[-1] >= window:
        together = np.lib.stride_tricks.sliding_window_view(scores, window, axis=-1)
        result[..., window - 1 :] = together.mean(axis=-1)
    return without_noise(result)


@dataclass(frozen=True, slots=True)
class Limits:
    """What scores vary between while nothing but chance moves them: the mean, and limits within 0…100."""

    centre: float
    lower: float
    upper: float


def control_limits(scores: Floats) -> Limits | None:
    """The limits of individual scores (n,) over time; None for fewer than `FEWEST`, or without neighbours.

    The natural process limits of a chart of individual values and moving ranges: mean ± 3 σ, where σ is told
    by the mean change, up or down, between neighbours (Shewhart, 1931; ISO 7870-2). A gap makes no range.
    """
    known = scores[~np.isnan(scores)]
    ranges = np.abs(changes(scores))
    ranges = ranges[~np.isnan(ranges)]
    if len(known) < FEWEST or not len(ranges):
        return None
    centre, reach = float(known.mean()), _PER_RANGE * float(ranges.mean())
    lower, upper = without_noise(np.clip(np.array([centre - reach, centre + reach]), 0.0, 100.0)).tolist()
    return Limits(float(without_noise(np.array(centre))), lower, upper)
