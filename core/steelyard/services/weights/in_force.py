"""Which weight set holds in a period: of those published, the one for the latest start up to the period's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from steelyard.scoring import Overlay, Overlays
from steelyard.store.periods import PeriodRecord
from steelyard.store.weight_sets import WeightSetRecord


def in_force(published: Sequence[WeightSetRecord], period: PeriodRecord) -> WeightSetRecord | None:
    """The set that a period is evaluated with; None where the scheme's own weights hold.

    Of several sets for one start the last published holds.
    """
    started = [
        (each.starts.day, each.publication, each)
        for each in published
        if each.starts is not None and each.publication is not None and each.starts.day <= period.start
    ]
    return max(started, key=lambda each: each[:2])[2] if started else None


def overlays(weights: Sequence[Mapping[str, Fraction]], units: int) -> Overlays:
    """What is laid over the scheme in rows that stand period by period, each with so many units.

    weights: by period; equal ones are one overlay.
    """
    each: list[Overlay] = []
    of = []
    for found in map(Overlay, weights):
        if found not in each:
            each.append(found)
        of.append(each.index(found))
    return Overlays(tuple(each) or (Overlay(),), np.repeat(np.array(of, dtype=np.intp), units))
