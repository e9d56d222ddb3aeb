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
    """The lines a node's rate is held against: its pass line, and the bands' lower bounds but the last.

    lines: distinct, with their floats. passing: which of them is the pass line. steps: which are bounds.
    bounded: whether all rates lie in 0…1.
    """

    lines: tuple[tuple[Fraction, float], ...]
    passing: int | None
    steps: tuple[int, ...]
    has_bands: bool
    bounded: bool

    @classmethod
    def of(cls, scheme: Scheme, line: Fraction | None, *, bounded: bool) -> Ladder:
        """The lines of a node with the pass line `line`."""
        bounds = [band.from_.resolved({}) for band in scheme.bands[:-1]]
        lines = list(dict.fromkeys([*bounds, *([] if line is None else [line])]))
        return cls(
            lines=tuple((bound, float(bound)) for bound in lines),
            passing=None if line is None else lines.index(line),
            steps=tuple(map(lines.index, bounds)),
            has_bands=bool(scheme.bands),
            bounded=bounded,
        )


def judge(
    rate: Floats,
    scored: Bools,
    ladder: Ladder,
    exact: ExactAt,
    settle: Callable[[Fraction], Bools | None],
    passed: Marks,
    band: Marks,
) -> None:
    """Fill passed and band, each (n,), −1 where there is none; a band indexes the scheme's bands.

    settle: tells where a line is reached without exact rates, or None. A rate that is found by its exact
    number to be on a line is set to it.
    """
    reach = NEAR if ladder.bounded else _reach(rate)
    known = []
    for line, value in ladder.lines:
        told = settle(line)
        known.append(_reached(rate, scored, line, value, reach, exact) if told is None else told)
    # −1 without a score: numbered one higher, times scored, minus one; much faster than masks
    band.fill(len(ladder.steps) + 1 if ladder.has_bands else 0)
    for step in ladder.steps:
        band -= known[step]
    band *= scored
    band -= 1
    if ladder.passing is None:
        passed.fill(-1)
    else:
        np.add(known[ladder.passing], 1, out=passed)
        passed *= scored
        passed -= 1


def _reached(
    rate: Floats, scored: Bools, line: Fraction, value: float, reach: float, exact: ExactAt
) -> Bools:
    """Whether rate ≥ line, exactly; `value` is the line as a float."""
    result: Bools = rate >= value + reach
    near = _between(rate, scored, result, value - reach)
    if len(near):
        numbers, which = exact(near)
        result[near] = np.array([reaches(number, line) for number in numbers])[which]
        on_line = np.array([below_or_at(number, line) for number in numbers])[which] & result[near]
        rate[near[on_line]] = value
    return result


def at_most(rate: Floats, scored: Bools, line: Fraction, exact: ExactAt) -> Bools:
    """Whether rate ≤ line, exactly."""
    reach = _reach(rate)
    above = rate >= float(line) + reach
    near = _between(rate, scored, above, float(line) - reach)
    result: Bools = ~above
    if len(near):
        numbers, which = exact(near)
        result[near] = np.array([below_or_at(number, line) for number in numbers])[which]
    return result


def _reach(rate: Floats) -> float:
    """How near a line floats may lie before exact numbers are asked; rates may exceed 1 unclipped."""
    return NEAR * max(1.0, float(rate.max(initial=0.0)), -float(rate.min(initial=0.0)))


def _between(rate: Floats, scored: Bools, above: Bools, low: float) -> Rows:
    """The positions so near a line that floats cannot tell their side: at least `low` and not above."""
    near = rate >= low
    near ^= above
    near &= scored
    return np.flatnonzero(near)
