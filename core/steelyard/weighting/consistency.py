"""Consistency: how well a judge's comparisons go together, and which goes least with the rest.

Consistency index CI = (λmax − n) / (n − 1); consistency ratio CR = CI / random index (Saaty 1980). A ratio
above 0.10 is a reason to look again.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from steelyard.weighting.eigenvector import Floats, principal
from steelyard.weighting.judgements import SCALE, Judgements, Pair
from steelyard.weighting.random_index import IndexTable

LIMIT = 0.10
"""A consistency ratio above this is a warning."""
NOISE = 1e-12


@dataclass(frozen=True)
class Consistency:
    """Priorities of n indicators, (n,), and how consistent the comparisons behind them are."""

    priorities: Floats
    lambda_max: float
    index: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """The comparison that goes least with the rest.

    said: how many times the first weighs the second. implied: what the other comparisons make of it.
    nearest: the value of the scale that is nearest to that, and ratio_then: the consistency ratio with it.
    """

    pair: Pair
    said: Fraction
    implied: float
    nearest: Fraction
    ratio_then: float


def consistency(count: int, ratios: Mapping[Pair, float], table: IndexTable) -> Consistency:
    """Work out priorities and consistency of comparisons that link all `count` indicators."""
    priorities, lambda_max = principal(count, ratios)
    index = (lambda_max - count) / (count - 1) if count > 1 else 0.0
    index = index if index > NOISE else 0.0
    expected = table.index(count, count * (count - 1) // 2 - len(ratios))
    return Consistency(priorities, lambda_max, index, index / expected if expected else 0.0)


def of_judgements(judgements: Judgements, table: IndexTable) -> Consistency:
    """Work out priorities and consistency of one judge's comparisons."""
    ratios = {pair: float(ratio) for pair, ratio in judgements.ratios.items()}
    return consistency(len(judgements.codes), ratios, table)


def find_doubt(judgements: Judgements, table: IndexTable) -> Doubt | None:
    """Find the comparison that is farthest, as a ratio, from what all the others imply for its pair.

    Each is left out in turn, and the priorities of the rest (Harker's method) give what they imply. None
    where no comparison is nearer to another value of the scale than to its own. The first of equals is
    taken.
    """
    doubts = list(_doubts(judgements, table))
    if not doubts:
        return None
    pair, implied = max(doubts, key=lambda doubt: _apart(judgements.ratios[doubt[0]], doubt[1]))
    nearest = nearest_of_scale(implied)
    then = of_judgements(judgements.changed(pair, nearest), table)
    return Doubt(pair, judgements.ratios[pair], implied, nearest, then.ratio)


def nearest_of_scale(ratio: float) -> Fraction:
    """The value of the scale that is nearest as a ratio."""
    return min(SCALE, key=lambda step: _apart(step, ratio))


def _doubts(judgements: Judgements, table: IndexTable) -> Iterator[tuple[Pair, float]]:
    for pair, said in judgements.ratios.items():
        rest = judgements.without(pair)
        if len(rest.parts()) > 1:
            continue
        priorities = of_judgements(rest, table).priorities
        implied = float(priorities[pair[0]] / priorities[pair[1]])
        if _apart(nearest_of_scale(implied), implied) < _apart(said, implied) - NOISE:
            yield pair, implied


def _apart(one: Fraction, other: float) -> float:
    # Rounded, so that comparisons that are equally far stay in their order whatever the last digits are.
    return round(abs(math.log(float(one) / other)), 12)
