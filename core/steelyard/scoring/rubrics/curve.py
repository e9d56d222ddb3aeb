"""`curve`: straight lines through given points, flat outside."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np

from steelyard.errors import Text
from steelyard.scoring.observations import Floats
from steelyard.scoring.rubrics.function import Bools, RubricFunction


@dataclass(frozen=True, kw_only=True)
class Curve(RubricFunction):
    """Interpolates between (x, rate) points with x rising."""

    through: tuple[tuple[Fraction, Fraction], ...]
    written: tuple[tuple[str, str], ...]

    def rates(self, values: Floats, skipped: Bools | None) -> Floats:
        """Interpolate linearly."""
        xs, rates = (np.array([float(point[i]) for point in self.through]) for i in (0, 1))
        result: Floats = np.interp(values[0], xs, rates)
        return result

    def exact(self, values: Sequence[Fraction | None]) -> Fraction | None:
        """Interpolate linearly."""
        value = values[0]
        if value is None:
            return None
        xs = [x for x, _ in self.through]
        right = bisect_right(xs, value)
        if right == 0:
            return self.through[0][1]
        if right == len(xs):
            return self.through[-1][1]
        (x0, r0), (x1, r1) = self.through[right - 1 : right + 1]
        return r0 + (value - x0) * (r1 - r0) / (x1 - x0)

    def threshold(self, line: Fraction) -> tuple[Fraction, bool] | None:
        """The point where a curve that never falls, or never rises, crosses the line."""
        rises = all(r0 <= r1 for (_, r0), (_, r1) in pairwise(self.through))
        falls = all(r0 >= r1 for (_, r0), (_, r1) in pairwise(self.through))
        points = self.through if rises else self.through[::-1]
        if not (rises or falls) or not points[0][1] < line <= points[-1][1]:
            return None
        for (x0, r0), (x1, r1) in pairwise(points):
            if r1 >= line:
                return x0 + (line - r0) * (x1 - x0) / (r1 - r0), rises
        return None

    def accurate(self) -> bool:
        """A steep piece far from zero cancels most of a float's digits."""
        return all(
            max(abs(x0), abs(x1)) * abs(r1 - r0) < 10_000 * (x1 - x0)
            for (x0, r0), (x1, r1) in pairwise(self.through)
        )

    def sentence(self) -> Text:
        """List the points."""
        zh = "、".join(f"{x} 得 {rate}" for x, rate in self.written)
        en = ", ".join(f"{x} earns {rate}" for x, rate in self.written)
        return Text(f"{zh}，其间按直线计算，两端不变", f"{en}; straight lines between, flat outside")
