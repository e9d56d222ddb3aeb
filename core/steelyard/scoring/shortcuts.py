"""Lines of leaves that can be told without asking for exact rates.

A rubric that only rises reaches a line from some value on: comparing values, which are decimals, with that
value is exact. A rubric whose rates lie on a wide grid cannot come close to a line without being on it.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np

from steelyard.scoring.cells import Cells
from steelyard.scoring.exact import WIDE
from steelyard.scoring.groups import NEAR
from steelyard.scoring.observations import Floats, Rows
from steelyard.scoring.rubrics import RubricFunction
from steelyard.scoring.rubrics.function import Bools, is_short

Test = Callable[[Floats, Floats], Bools]
"""From the values and the rates of a leaf, (n,) each, to whether a line is reached."""


def line_test(rubric: RubricFunction, line: Fraction) -> Test | None:
    """Return an exact test for a leaf's line, for values that floats keep; None where there is none."""
    if not rubric.clip or not rubric.is_accurate or not 0 < line <= 1:
        return None
    threshold = rubric.threshold(line)
    if threshold is not None:
        value, rising = threshold
        return _beyond(float(value), rising) if is_short(value) else None
    grid = rubric.spacing
    if grid is None or grid <= WIDE:
        return None
    nearest = round(line / grid) * grid
    if nearest != line and abs(nearest - line) <= 2 * Fraction(NEAR):
        return None
    start = float(line) - NEAR
    return lambda values, rate: np.asarray(rate >= start)


def _beyond(value: float, rising: bool) -> Test:
    if rising:
        return lambda values, rate: np.asarray(values >= value)
    return lambda values, rate: np.asarray(values <= value)


class Shortcuts:
    """The tests of all leaves of a tree; what they need is worked out once."""

    def __init__(self) -> None:
        self._tests: dict[tuple[int, Fraction], Test | None] = {}

    def settle(
        self,
        index: int,
        rubric: RubricFunction,
        line: Fraction,
        cells: Cells,
        rows: Rows | slice,
        rate: Floats,
    ) -> Bools | None:
        """Whether each of a leaf's rates reaches a line; None where only exact rates can tell."""
        key = (index, line)
        if key not in self._tests:
            self._tests[key] = line_test(rubric, line)
        test = self._tests[key]
        if test is None or len(rubric.measures) > 1 or cells.has_long(rubric.measures[0]):
            return None
        return test(cells.values(rubric.measures[0], rows, len(rate)), rate)
