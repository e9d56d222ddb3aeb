"""Trend: what changed from one period to the next. A gap is a gap: it is neither filled nor bridged."""

from __future__ import annotations

import numpy as np

from steelyard.scoring.evaluation import without_noise
from steelyard.scoring.observations import Floats


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
