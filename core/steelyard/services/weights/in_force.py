"""What holds in a period: the set published for the latest start up to the period's, laid over its scheme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from steelyard.scheme.calendar import Period
from steelyard.scoring import Overlay, Overlays
from steelyard.services.structure import Structure
from steelyard.services.weights.standards import InForce, resolve
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord
from steelyard.store.weight_sets import Content, WeightSetRecord

_Items = tuple[tuple[str, Fraction], ...]


def in_force(published: Sequence[WeightSetRecord], period: PeriodRecord | Period) -> WeightSetRecord | None:
    """The set that a period is evaluated with; None where the scheme's own weights hold.

    Of several sets for one start the last published holds.
    """
    started = [
        (each.starts.day, each.publication, each)
        for each in published
        if each.starts is not None and each.publication is not None and each.starts.day <= period.start
    ]
    return max(started, key=lambda each: each[:2])[2] if started else None


@dataclass(frozen=True)
class Settled:
    """The content of a set, and what its standards are for the units of a period."""

    content: Content
    standards: InForce

    @classmethod
    def of(
        cls, content: Content, structure: Structure, units: Sequence[UnitRecord], period: PeriodRecord
    ) -> Settled:
        """Settle what a set says for these units in this period."""
        return cls(content, resolve(content.standards, structure, units, period))


def overlays(settled: Sequence[Settled]) -> Overlays:
    """What is laid over the scheme in rows that stand period by period, in each its units."""
    # A set of weights goes with many lines: it is compared once, by its number from there on.
    sets: dict[_Items, int] = {}
    numbers: dict[tuple[int, _Items], int] = {}
    each: list[Overlay] = []
    of = [np.zeros(0, dtype=np.intp)]
    for period in settled:
        weights = sets.setdefault(_items(period.content.weights), len(sets))
        lines = period.standards.lines
        found = []
        for rates in lines.each:
            number = numbers.setdefault((weights, _items(rates)), len(each))
            if number == len(each):
                each.append(Overlay(period.content.weights, rates))
            found.append(number)
        of.append(np.array(found, dtype=np.intp)[lines.of])
    return Overlays(tuple(each) or (Overlay(),), np.concatenate(of))


def _items(numbers: Mapping[str, Fraction]) -> _Items:
    return tuple(sorted(numbers.items()))
