"""`points`: the value is in points; value ÷ full mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from steelyard.errors import Text
from steelyard.scheme.number import decimal_text
from steelyard.scoring.observations import Floats
from steelyard.scoring.rubrics.function import Bools, RubricFunction


@dataclass(frozen=True, kw_only=True)
class Points(RubricFunction):
    """value ÷ full mark."""

    full: Fraction
    cancels = False

    def rates(self, values: Floats, skipped: Bools | None) -> Floats:
        """value ÷ full mark."""
        result: Floats = values[0] / float(self.full)
        return result

    def exact(self, values: Sequence[Fraction | None]) -> Fraction | None:
        """value ÷ full mark."""
        return None if values[0] is None else values[0] / self.full

    def threshold(self, line: Fraction) -> tuple[Fraction, bool] | None:
        """line × full mark."""
        return line * self.full, True

    def sentence(self) -> Text:
        """Name the full mark."""
        full = decimal_text(self.full)
        return Text(f"得分 ÷ 满分 {full}", f"points ÷ full mark of {full}")
