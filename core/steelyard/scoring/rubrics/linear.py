"""`linear` and `scale`: a straight line from the worst value to the best; the larger may be either."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from steelyard.errors import Text
from steelyard.scoring.observations import Floats
from steelyard.scoring.rubrics.function import Bools, RubricFunction


@dataclass(frozen=True, kw_only=True)
class Linear(RubricFunction):
    """(value − worst) ÷ (best − worst)."""

    worst: Fraction
    best: Fraction
    written: tuple[str, str]

    def rates(self, values: Floats, skipped: Bools | None) -> Floats:
        """(value − worst) ÷ (best − worst)."""
        result: Floats = (values[0] - float(self.worst)) / float(self.best - self.worst)
        return result

    def exact(self, values: Sequence[Fraction | None]) -> Fraction | None:
        """(value − worst) ÷ (best − worst)."""
        return None if values[0] is None else (values[0] - self.worst) / (self.best - self.worst)

    def threshold(self, line: Fraction) -> tuple[Fraction, bool] | None:
        """The point of the straight line."""
        return self.worst + line * (self.best - self.worst), self.best > self.worst

    def accurate(self) -> bool:
        """Far from zero and close together, worst and best cancel most of a float's digits."""
        return max(abs(self.worst), abs(self.best)) < 10_000 * abs(self.best - self.worst)

    def sentence(self) -> Text:
        """Name both ends."""
        worst, best = self.written
        return Text(
            f"{worst} 得 0%，{best} 得 100%，其间按直线计算",
            f"{worst} earns 0%, {best} earns 100%, in a straight line between",
        )
