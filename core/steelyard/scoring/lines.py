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
from steelyard.scoring.observations import Floats, Rows
from steelyard.scoring.rubrics.function import Bools

Marks = NDArray[np.int8]
ExactAt = Callable[[Rows], tuple[list[Exact], Rows]]
"""For positions: distinct exact rates, and which of them each position has."""


@dataclass(frozen=True)
class Ladder:
    """A scheme's bands: lower bounds from the best band down; the last band takes all the rest."""

    bounds: tuple[Fraction, ...]

    @classmethod
    def of(cls, scheme: Scheme) -> Ladder:
        """The bands of a scheme."""
        return cls(tuple(band.from_.resolved({}) for band in scheme.bands))


def _reached(rate: Floats, scored: Bools, line: Fraction, reach: float, exact: ExactAt) -> Bools:
    """Whether rate ≥ line, exactly; a rate that is exactly on the line is set to it."""
    result: Bools = rate >= float(line)
    near = _near(rate, scored, line, reach)
    if len(near):
        numbers, which = exact(near)
        result[near] = np.array([reaches(number, line) for number in numbers])[which]
        on_line = np.array([below_or_at(number, line) for number in numbers])[which] & result[near]
        rate[near[on_line]] = float(line)
    return result


def at_most(rate: Floats, scored: Bools, line: Fraction, exact: ExactAt) -> Bools:
    """Whether rate ≤ line, exactly."""
    result: Bools = rate <= float(line)
    near = _near(rate, scored, line, _reach(rate))
    if len(near):
        numbers, which = exact(near)
        result[near] = np.array([below_or_at(number, line) for number in numbers])[which]
    return result


def _reach(rate: Floats) -> float:
    """How near a line floats may lie before exact numbers are asked; rates may exceed 1 unclipped."""
    return NEAR * max(1.0, float(rate.max(initial=0.0)), -float(rate.min(initial=0.0)))


def _near(rate: Floats, scored: Bools, line: Fraction, reach: float) -> Rows:
    """The positions so near the line that floats cannot tell their side."""
    distance = rate - float(line)
    np.abs(distance, out=distance)
    near = distance <= reach
    near &= scored
    return np.flatnonzero(near)


def judge(
    rate: Floats, scored: Bools, line: Fraction | None, ladder: Ladder, exact: ExactAt
) -> tuple[Marks, Marks]:
    """Return (passed, band), each (n,) int8, −1 where there is none; a band indexes the ladder."""
    bounds = ladder.bounds[:-1]
    wanted = {*bounds} if line is None else {*bounds, line}
    reach = _reach(rate)
    known = {bound: _reached(rate, scored, bound, reach, exact) for bound in wanted}
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
