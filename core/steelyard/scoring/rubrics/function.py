"""What every rubric kind offers: rates for arrays, an exact rate for one unit, and a sentence."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from steelyard.errors import Text
from steelyard.scoring.observations import Floats

Bools = NDArray[np.bool_]
FLOAT_DIGITS = 15


@dataclass(frozen=True)
class Deducted:
    """One line of how a leaf's points came about: what was counted, and the points it gave or took."""

    text: Text
    points: Fraction


@dataclass(frozen=True, kw_only=True)
class RubricFunction(ABC):
    """A leaf's rubric with all its numbers resolved.

    measures: the k measures it reads, in the order of the arrays handed to it.
    clip: whether rates are cut to 0…1 (done by the engine, after `rates` and `exact`).
    """

    measures: tuple[str, ...]
    clip: bool

    skips_not_applicable: ClassVar[bool] = False
    """Whether it still has a rate when some, but not all, of its measures do not apply."""
    cancels: ClassVar[bool] = True
    """Whether it subtracts, so that a rate near 0 may have lost its digits."""
    may_fail: ClassVar[bool] = False
    """Whether `rates` may give NaN for finite values."""
    discrete: ClassVar[bool] = False
    """Whether a comparison or a count decides, so that a float close to the truth is not enough."""

    @abstractmethod
    def rates(self, values: Floats, skipped: Bools | None) -> Floats:
        """Return the rates, shape (n,), of `values`, shape (k, n); `skipped` marks what does not apply.

        NaN values give any result and no warning.
        """

    @abstractmethod
    def exact(self, values: Sequence[Fraction | None]) -> Fraction | None:
        """Return the exact rate of one unit's k values (None: not applicable); None for an unusable value."""

    @abstractmethod
    def sentence(self) -> Text:
        """Say the rubric in one sentence."""

    def unusable(self, values: Floats) -> Bools | None:
        """Mark the columns of `values`, shape (k, n), with a value out of range; None if there are none."""
        return None

    def accurate(self) -> bool:
        """Whether `rates` is within 1e-11 of the exact rates; if not, the engine takes the exact ones."""
        return True

    def grid(self) -> Fraction | None:
        """A number of which every exact rate is a whole multiple; None where there is none.

        Where it is much wider than a float's error, a float tells the exact rate.
        """
        return None

    def threshold(self, line: Fraction) -> tuple[Fraction, bool] | None:
        """The value at which a rubric that only rises, or only falls, reaches `line` (0 < line ≤ 1).

        With it, whether larger values reach the line too (True) or smaller ones (False); None for others.
        """
        return None

    @cached_property
    def is_accurate(self) -> bool:
        """`accurate`, worked out once."""
        return self.accurate()

    @cached_property
    def spacing(self) -> Fraction | None:
        """`grid`, worked out once."""
        return self.grid()

    def account(self, values: Sequence[Fraction | None]) -> tuple[Deducted, ...]:
        """List, for rubrics that add or subtract points, what was added and subtracted."""
        return ()


def is_short(number: Fraction) -> bool:
    """Whether a decimal has at most 15 significant digits, so that float comparisons with it are exact."""
    try:
        return Fraction(repr(float(number))) == number
    except OverflowError:
        return False


def exact_value(value: float) -> Fraction:
    """The decimal that a float was read from, where that had at most 15 significant digits."""
    return Fraction(repr(float(value)))
