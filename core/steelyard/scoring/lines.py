"""Pass lines and bands: comparisons that agree with exact arithmetic, made fast for many rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from steelyard.scheme.model import Scheme
from steelyard.scoring.exact import Exact, below_or_at, reaches
from steelyard.scoring.groups import NEAR
from steelyard.scoring.observations import Floats
from steelyard.scoring.rubrics.function import Bools

Marks = NDArray[np.int8]
ExactAt = Callable[[int], Exact]


@dataclass(frozen=True)
class Ladder:
    """A scheme's bands: lower bounds from the best band down; the last band takes all the rest."""

    bounds: tuple[Fraction, ...]

    @classmethod
    def of(cls, scheme: Scheme) -> Ladder:
        """The bands of a scheme."""
        return cls(tuple(band.from_.resolved({}) for band in scheme.bands))


def reached(rate: Floats, scored: Bools, line: Fraction, exact: ExactAt) -> Bools:
    """Whether rate ≥ line, exactly; a rate that is exactly on the line is set to it."""
    value = float(line)
    result: Bools = rate >= value
    for at in _near(rate, scored, value):
        number = exact(at)
        result[at] = reaches(number, line)
        if below_or_at(number, line) and result[at]:
            rate[at] = value
    return result


def at_most(rate: Floats, scored: Bools, line: Fraction, exact: ExactAt) -> Bools:
    """Whether rate ≤ line, exactly."""
    value = float(line)
    result: Bools = rate <= value
    for at in _near(rate, scored, value):
        result[at] = below_or_at(exact(at), line)
    return result


def _near(rate: Floats, scored: Bools, line: float) -> list[int]:
    distance = np.abs(rate - line)
    near = (distance <= NEAR * np.maximum(1.0, np.abs(rate))) & scored
    return np.flatnonzero(near).tolist() if near.any() else []


def judge(
    rate: Floats, scored: Bools, line: Fraction | None, ladder: Ladder, exact: ExactAt
) -> tuple[Marks, Marks]:
    """Return (passed, band), each (n,) int8, −1 where there is none; a band indexes the ladder."""
    bounds = ladder.bounds[:-1]
    wanted = {*bounds} if line is None else {*bounds, line}
    known = {bound: reached(rate, scored, bound, exact) for bound in wanted}
    band = np.full(len(rate), -1, dtype=np.int8)
    if ladder.bounds:
        band[:] = len(bounds)
        for bound in bounds:
            band -= known[bound]
        band[~scored] = -1
    passed = np.full(len(rate), -1, dtype=np.int8)
    if line is not None:
        passed[:] = known[line]
        passed[~scored] = -1
    return passed, band
