"""`choice`: points per case counted, on a base, clamped; points ÷ full mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from steelyard.errors import Text
from steelyard.scheme.number import decimal_text
from steelyard.scoring.observations import Floats
from steelyard.scoring.rubrics.function import Bools, Deducted, RubricFunction


@dataclass(frozen=True, kw_only=True)
class Choice(RubricFunction):
    """base + Σ count × points, clamped to [low, high]; `none` where every count is 0."""

    cases: tuple[str, ...]
    points: tuple[Fraction, ...]
    base: Fraction
    none: Fraction
    low: Fraction
    high: Fraction
    full: Fraction
    skips_not_applicable = True

    def rates(self, values: Floats, skipped: Bools | None) -> Floats:
        """Sum counts × points; a case that does not apply counts 0."""
        counts = values if skipped is None else np.where(skipped, 0.0, values)
        total = np.full(values.shape[1], float(self.base))
        for count, points in zip(counts, self.points, strict=True):
            total += count * float(points)
        total[~counts.any(axis=0)] = float(self.none)
        result: Floats = np.clip(total, float(self.low), float(self.high)) / float(self.full)
        return result

    def exact(self, values: Sequence[Fraction | None]) -> Fraction | None:
        """Sum counts × points."""
        counts = [Fraction(0) if value is None else value for value in values]
        if any(count < 0 for count in counts):
            return None
        total = self.none
        if any(counts):
            total = self.base + sum(n * p for n, p in zip(counts, self.points, strict=True))
        return min(max(total, self.low), self.high) / self.full

    def unusable(self, values: Floats) -> Bools | None:
        """A negative count cannot be used."""
        negative: Bools = np.any(values < 0, axis=0)
        return negative if negative.any() else None

    def account(self, values: Sequence[Fraction | None]) -> tuple[Deducted, ...]:
        """List the base and each case counted."""
        if not any(values):
            return (Deducted(Text("无一发生", "none occurred"), self.none),)
        lines = [Deducted(Text("基础分", "base"), self.base)]
        for case, count, points in zip(self.cases, values, self.points, strict=True):
            if count:
                words = f"{case} × {decimal_text(count)}"
                lines.append(Deducted(Text(words, words), count * points))
        return tuple(lines)

    def sentence(self) -> Text:
        """List the table."""
        table = ", ".join(f"{c} {decimal_text(p)}" for c, p in zip(self.cases, self.points, strict=True))
        base, none, low, high, full = map(
            decimal_text, (self.base, self.none, self.low, self.high, self.full)
        )
        return Text(
            f"基础分 {base}，每次计分：{table}；无一发生得 {none} 分；限于 {low} 至 {high}，再 ÷ 满分 {full}",
            f"base {base}, points per case: {table}; {none} where none occurred; "
            f"kept within {low} and {high}, then ÷ full mark of {full}",
        )
