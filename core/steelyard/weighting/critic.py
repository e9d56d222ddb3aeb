"""CRITIC: criteria importance through intercriteria correlation.

Each indicator's rates are brought to 0…1 between its worst and its best; its information is their standard
deviation times Σ (1 − r) over the other indicators, r being Pearson's correlation; its weight is its share
of all information (D. Diakoulaki, G. Mavrotas and L. Papayannakis, Determining objective weights in
multiple criteria problems: the CRITIC method, Computers & Operations Research 22, 1995). An indicator that
never differs has neither contrast nor a correlation: it weighs 0, and the others are compared without it.
"""

from __future__ import annotations

import numpy as np

from steelyard.errors import InvalidInput, Problem
from steelyard.weighting import problems as p
from steelyard.weighting.decimals import settle_floats
from steelyard.weighting.details import Critic
from steelyard.weighting.past import PastRates, complete_rows
from steelyard.weighting.result import Weighting, by_code

NONE = 1e-9
"""Information below this is none: it is what floats leave of a correlation of 1."""


def by_critic(past: PastRates) -> Weighting:
    """Find the weights of a group's indicators from their past rates.

    Raises InvalidInput as `past` does, and where the indicators that differ do so in perfect step.
    """
    rows = complete_rows(past)
    varied = rows.rates[:, rows.differs]
    low, high = varied.min(axis=0), varied.max(axis=0)
    scaled = (varied - low) / (high - low)
    deviations, conflicts = np.zeros(len(past.codes)), np.zeros(len(past.codes))
    deviations[rows.differs] = scaled.std(axis=0, ddof=1)
    correlations = np.atleast_2d(np.corrcoef(scaled, rowvar=False))
    conflicts[rows.differs] = np.maximum((1 - correlations).sum(axis=0), 0.0)
    information = deviations * conflicts
    if information.sum() < NONE:
        raise InvalidInput(Problem(p.NO_CONFLICT))
    weights = settle_floats(past.codes, by_code(past.codes, information / information.sum()).values())
    details = Critic(
        rows=rows.rows,
        rows_left_out=rows.left_out,
        constant=tuple(c for c, differs in zip(past.codes, rows.differs, strict=True) if not differs),
        deviations=by_code(past.codes, deviations),
        conflicts=by_code(past.codes, conflicts),
    )
    return Weighting(weights=weights, details=details)
