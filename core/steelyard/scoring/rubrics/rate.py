"""`rate`: the value is a rate already, as a fraction or in percent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from steelyard.errors import Text
from steelyard.scoring.observations import Floats
from steelyard.scoring.rubrics.function import Bools, RubricFunction


@dataclass(frozen=True, kw_only=True)
class Rate(RubricFunction):
    """value, or value ÷ 100; a value outside 0…whole cannot be used."""

    whole: int
    cancels = False

    def rates(self, values: Floats, skipped: Bools | None) -> Floats:
        """value ÷ whole."""
        result: Floats = values[0] / self.whole
        return result

    def exact(self, values: Sequence[Fraction | None]) -> Fraction | None:
        """value ÷ whole; None outside 0…whole."""
        value = values[0]
        return None if value is None or not 0 <= value <= self.whole else value / self.whole

    def threshold(self, line: Fraction) -> tuple[Fraction, bool] | None:
        """line × whole."""
        return line * self.whole, True

    def unusable(self, values: Floats) -> Bools | None:
        """A rate below 0 or above the whole is an input error."""
        outside: Bools = (values[0] < 0) | (values[0] > self.whole)
        return outside if outside.any() else None

    def sentence(self) -> Text:
        """Name the unit."""
        if self.whole == 1:
            return Text("数值即得分率", "the value is the rate")
        return Text("百分数 ÷ 100 即得分率", "the percentage ÷ 100 is the rate")
