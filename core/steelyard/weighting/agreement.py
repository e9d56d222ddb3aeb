"""Agreement: how far several judges give the same priorities. Each has one voice, whatever the weight."""

from __future__ import annotations

import math

import numpy as np

from steelyard.weighting.eigenvector import Floats
from steelyard.weighting.judgements import LARGEST
from steelyard.weighting.shannon import shannon_entropy

PLACES = 9
"""Priorities that agree to so many decimals are a tie."""


def kendall_w(priorities: Floats) -> float | None:
    """Kendall's coefficient of concordance W of the judges' rankings, 0…1, corrected for ties.

    priorities: (judges, n). W = 12 S / (m² (n³ − n) − m Σ (t³ − t)), where S is the sum of the squared
    deviations of the rank sums from their mean and t runs over the sizes of the ties of each judge, who get
    the mean of their ranks (M. G. Kendall and B. Babington Smith, The problem of m rankings, Annals of
    Mathematical Statistics 10, 1939). None for fewer than two judges or indicators, and where all tie.
    """
    judges, count = priorities.shape
    if judges < 2 or count < 2:
        return None
    ranks = np.empty(priorities.shape)
    ties = 0
    for row, judge in zip(ranks, np.round(priorities, PLACES), strict=True):
        _, which, sizes = np.unique(judge, return_inverse=True, return_counts=True)
        row[:] = (np.cumsum(sizes) - (sizes - 1) / 2)[which]
        ties += int((sizes**3 - sizes).sum())
    sums = ranks.sum(axis=0)
    apart = ((sums - sums.mean()) ** 2).sum()
    most = judges**2 * (count**3 - count) - judges * ties
    return float(12 * apart / most) if most else None


def consensus(priorities: Floats) -> float | None:
    """The AHP consensus indicator S* of K. D. Goepel, 0…1, from Shannon's alpha and beta entropy.

    priorities: (judges, n), each row adding up to 1. With Hα the mean of the judges' entropies, Hγ the
    entropy of their mean and Hβ = Hγ − Hα: S* = (1 / exp Hβ − q) / (1 − q), q = exp Hα,min / n. Hα,min is
    the entropy of somebody who finds one indicator 9 times as heavy as each other (Goepel, Implementing the
    analytic hierarchy process as a standard method for multi-criteria decision making in corporate
    enterprises, ISAHP 2013, with his later simplification Hγ,max = ln n). None for fewer than two judges or
    indicators.
    """
    judges, count = priorities.shape
    if judges < 2 or count < 2:
        return None
    alpha = float(np.mean([shannon_entropy(row) for row in priorities]))
    beta = shannon_entropy(priorities.mean(axis=0)) - alpha
    one_sided = np.array([LARGEST, *[1] * (count - 1)]) / (LARGEST + count - 1)
    least = math.exp(shannon_entropy(one_sided)) / count
    return float(min(max((math.exp(-beta) - least) / (1 - least), 0.0), 1.0))
