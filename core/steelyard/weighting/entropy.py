"""Entropy: what differs most between units weighs most.

Each indicator's rates are divided by their sum, p; its entropy is e = −Σ p ln p / ln n over n rows, with 0
· ln 0 = 0, and its weight (1 − e) / Σ (1 − e) (C. E. Shannon, A mathematical theory of communication, 1948;
M. Zeleny, Multiple Criteria Decision Making, 1982, chapter 7). An indicator that never differs has entropy
1 and weighs 0.
"""

from __future__ import annotations

import math

import numpy as np

from steelyard.weighting.decimals import settle_floats
from steelyard.weighting.details import Entropy
from steelyard.weighting.past import PastRates, complete_rows
from steelyard.weighting.result import Weighting, by_code
from steelyard.weighting.shannon import shannon_entropy


def by_entropy(past: PastRates) -> Weighting:
    """Find the weights of a group's indicators from their past rates. Raises InvalidInput as `past` does."""
    rows = complete_rows(past)
    entropies = np.ones(len(past.codes))
    for at in np.flatnonzero(rows.differs).tolist():
        column = rows.rates[:, at]
        entropies[at] = min(shannon_entropy(column / column.sum()) / math.log(rows.rows), 1.0)
    information = 1 - entropies
    weights = settle_floats(past.codes, by_code(past.codes, information / information.sum()).values())
    details = Entropy(
        rows=rows.rows,
        rows_left_out=rows.left_out,
        constant=tuple(c for c, differs in zip(past.codes, rows.differs, strict=True) if not differs),
        entropies=by_code(past.codes, entropies),
    )
    return Weighting(weights=weights, details=details)
