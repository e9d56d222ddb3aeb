"""`steps`: the rate of the last step reached."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from steelyard.errors import Text
from steelyard.scoring.observations import Floats
from steelyard.scoring.rubrics.function import Bools, RubricFunction, is_short


@dataclass(frozen=True, kw_only=True)
class Steps(RubricFunction):
    """The rate of the last step whose `from` ≤ value; `otherwise` below the first."""

    at: tuple[tuple[Fraction, Fraction], ...]
    otherwise: Fraction
    written: tuple[tuple[str, str], ...]
    written_otherwise: str
    discrete = True
    cancels = False

    def rates(self, values: Floats, skipped: Bools | None) -> Floats:
        """Look the step up: count those that are reached."""
        reached = np.zeros(values.shape[1], dtype=np.intp)
        for start, _ in self.at:
            reached += values[0] >= float(start)
        rates = np.array([float(self.otherwise), *(float(rate) for _, rate in self.at)])
        return rates.take(reached)

    def exact(self, values: Sequence[Fraction | None]) -> Fraction | None:
        """Look the step up."""
        value = values[0]
        if value is None:
            return None
        reached = bisect_right([start for start, _ in self.at], value)
        return self.at[reached - 1][1] if reached else self.otherwise

    def accurate(self) -> bool:
        """A start with more digits than a float keeps must be compared exactly."""
        return all(is_short(start) for start, _ in self.at)

    def grid(self) -> Fraction | None:
        """Rates are those of the steps."""
        rates = (self.otherwise, *(rate for _, rate in self.at))
        return Fraction(1, math.lcm(*(rate.denominator for rate in rates)))

    def sentence(self) -> Text:
        """List the steps."""
        zh = ",".join(f"不低于 {start} 得 {rate}" for start, rate in self.written)
        en = ", ".join(f"from {start} on {rate}" for start, rate in self.written)
        return Text(f"{zh}，否则得 {self.written_otherwise}", f"{en}, otherwise {self.written_otherwise}")
