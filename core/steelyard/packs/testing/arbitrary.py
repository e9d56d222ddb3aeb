"""Measurements of all sorts, the same in every run: what a scheme must be able to score, likely or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from pydantic import BaseModel

from steelyard.packs.cases.observed import ReadMeasures
from steelyard.scheme.model import Scheme
from steelyard.scheme.number import Quantity
from steelyard.scoring import Observations, PeriodKey, PythonRubric, Status, attributes_read
from steelyard.scoring.rubrics.function import exact_value

UNITS, PERIODS = 12, 4
_SEED = 1207
_EVERYWHERE = tuple(map(Fraction, ("0", "1", "2", "3", "10", "60", "98", "100", "-1", "0.5", "0.7", "0.995")))
_FAR = tuple(map(Fraction, ("1e30", "-1e30", "1e-12", "0.6999999999999999999999999")))
_GAPS = (Status.NOT_APPLICABLE, Status.MISSING, Status.INVALID, Status.EMPTY_FEED)


def arbitrary(scheme: Scheme, rubrics: Mapping[str, PythonRubric]) -> Observations:
    """Return 12 units in 4 periods: the scheme's own figures, their neighbours, extremes, and gaps.

    Every other row has all its values; of the rest a third is missing, does not apply or cannot be used.
    """
    chance = np.random.default_rng(_SEED)
    read = ReadMeasures(scheme, rubrics)
    measures = (*read.by_leaves, *read.by_rules)
    pool = sorted({*_EVERYWHERE, *_FAR, *_figures(scheme)})
    shape = (len(measures), UNITS * PERIODS)
    values, exact = np.full(shape, np.nan), dict[tuple[int, int], Fraction]()
    gap = (chance.random(shape) < 1 / 3) & (np.arange(shape[1]) % 2 == 1)
    status = np.where(gap, chance.choice(_GAPS, shape), Status.VALUE).astype(np.uint8)
    for line, row in np.argwhere(~gap).tolist():
        value = pool[int(chance.integers(len(pool)))]
        values[line, row] = float(value)
        if exact_value(float(value)) != value:
            exact[line, row] = value
    return Observations(
        measures=measures,
        units=tuple(f"unit {number}" for number in range(UNITS)),
        periods=tuple(PeriodKey(str(n), "month", date(2025, n + 1, 1)) for n in range(PERIODS)),
        values=values,
        status=status,
        unit=np.repeat(np.arange(UNITS, dtype=np.intp), PERIODS),
        period=np.tile(np.arange(PERIODS, dtype=np.intp), UNITS),
        attributes=_attributes(scheme, chance),
        exact=exact,
    )


def _figures(part: Any) -> Iterator[Fraction]:
    """Every number that a scheme names, and its neighbours on both sides."""
    if isinstance(part, Quantity) and part.value is not None:
        yield from (part.value, part.value - Fraction(1, 1000), part.value + Fraction(1, 1000))
    elif isinstance(part, BaseModel):
        for _, value in part:
            yield from _figures(value)
    elif isinstance(part, dict | tuple):
        for value in part.values() if isinstance(part, dict) else part:
            yield from _figures(value)


def _attributes(scheme: Scheme, chance: Generator) -> dict[str, NDArray[np.object_]]:
    """The attributes that a scheme reads: each unit has a value that it knows, one it does not, or none."""
    found = {}
    for name in attributes_read(scheme):
        variants = scheme.variants
        known = (
            [*variants.weights, *variants.parameters] if variants and variants.by == name else ["0.5", "2"]
        )
        choices = np.array([*known, "of no variant", None], dtype=object)
        found[name] = np.repeat(choices[chance.integers(len(choices), size=UNITS)], PERIODS)
    return found
