"""Eigenvector: the priorities that a group's judgements imply.

For a full matrix it is Saaty's principal right eigenvector. Where comparisons are missing it is that of
Harker's matrix: 0 for each missing pair, and on the diagonal 1 more than the number that is missing in the
row (P. T. Harker, Incomplete pairwise comparisons in the analytic hierarchy process, Mathematical Modelling
9, 1987). Both are one: the eigenvector w of Harker's matrix is that of the full one in which each missing
comparison of i with j is w_i / w_j.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from steelyard.weighting.judgements import Pair

Floats = NDArray[np.float64]


def principal(count: int, ratios: Mapping[Pair, float]) -> tuple[Floats, float]:
    """Return the priorities, (count,), which add up to 1, and the largest eigenvalue.

    ratios: by (i, j) with i < j; what is given must link all (else the priorities are not determined).
    """
    matrix = np.zeros((count, count))
    for (i, j), ratio in ratios.items():
        matrix[i, j], matrix[j, i] = ratio, 1 / ratio
    np.fill_diagonal(matrix, count - np.count_nonzero(matrix, axis=1))
    values, vectors = np.linalg.eig(matrix)
    at = int(np.argmax(values.real))
    vector = np.abs(vectors[:, at].real)
    return vector / vector.sum(), float(values[at].real)
