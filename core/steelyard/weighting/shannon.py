"""Shannon's entropy: how evenly something is shared out."""

from __future__ import annotations

import numpy as np

from steelyard.weighting.eigenvector import Floats


def shannon_entropy(shares: Floats) -> float:
    """Return −Σ p ln p of shares that add up to 1, in nats; 0 · ln 0 is 0."""
    some = shares[shares > 0]
    return float(-(some * np.log(some)).sum())
