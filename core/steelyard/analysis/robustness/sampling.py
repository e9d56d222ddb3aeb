"""Sampling: how far a score may be off because its measures are of few records.

Each sampled measure in turn is set to both ends of its interval (see `sampled`), the leaves that read it are
scored there, and the differences that makes are added as the roots of sums of squares: the errors of measures
are taken as independent, and small enough that they add up. Measures that are not sampled count as exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from steelyard.analysis.robustness.panel import Panel
from steelyard.analysis.robustness.sampled import CONFIDENCE, Sampled, SampledLeaves
from steelyard.analysis.robustness.work import check_ranges
from steelyard.analysis.selection import select_observations
from steelyard.scoring.evaluation import Evaluation, without_noise
from steelyard.scoring.observations import Floats, Rows


@dataclass(frozen=True)
class SamplingError:
    """Intervals of the scores 0…100 of n units: (n,) each, NaN without a score.

    low and high are the score itself where no measure below it was sampled.
    """

    confidence: float
    low: Floats
    high: Floats


def sampling_error(
    evaluation: Evaluation,
    rows: Rows,
    sampled: Mapping[str, Sampled],
    *,
    node: str | None = None,
    confidence: float = CONFIDENCE,
) -> SamplingError:
    """Find the intervals of a node's scores, of the root's if left out.

    rows: (n,) of the evaluation; sampled: by measure, for these rows. Weights and rules stay as they are.
    """
    check_ranges(confidence=(confidence, 0.5, 0.999))
    panel = Panel.of(evaluation, rows, node)
    low, high = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    for sheet, at in panel.sheets:
        own = {measure: share.take(at) for measure, share in sampled.items()}
        leaves = SampledLeaves(sheet, select_observations(evaluation.observations, rows[at]), own)
        base = sheet.rates({}, 1)[0]
        down, up = np.zeros(len(at)), np.zeros(len(at))
        for measure, share in leaves.measures.items():
            both = np.stack(share.ends(confidence))
            apart = leaves.laid({measure: both}).rates({}, 2) - base
            down += np.minimum(apart.min(axis=0), 0.0) ** 2
            up += np.maximum(apart.max(axis=0), 0.0) ** 2
        low[at], high[at] = base - np.sqrt(down), base + np.sqrt(up)
        if sheet.tree.clipped and evaluation.scheme.cap != "none":
            low[at], high[at] = np.maximum(low[at], 0.0), np.minimum(high[at], 1.0)
    return SamplingError(confidence, without_noise(low * 100), without_noise(high * 100))
