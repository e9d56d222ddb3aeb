"""Aggregates: exponents of power means that can be computed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from steelyard.scheme.finding import Finding
from steelyard.scheme.model import PowerMean, Scheme
from steelyard.scheme.outline import groups
from steelyard.scheme.problems.tree import POWER_OUT_OF_RANGE

SMALLEST, LARGEST = Fraction(1, 1000), Fraction(1000)


def usable_power(scheme: Scheme) -> Iterator[Finding]:
    """The exponent of a power mean lies within 0.001 … 1000 on either side of 0."""
    for group in groups(scheme):
        aggregate = group.indicator.aggregate if group.indicator else scheme.aggregate
        if not isinstance(aggregate, PowerMean) or aggregate.power.value is None:
            continue
        if not SMALLEST <= abs(aggregate.power.value) <= LARGEST:
            path = (*group.path, "aggregate", "power")
            yield Finding(POWER_OUT_OF_RANGE, path, {"found": aggregate.power})


CHECKS = (usable_power,)
