"""`deduct`: start at the full mark, subtract each rule's points, stop at the floor （扣完为止）."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np

from steelyard.errors import Text
from steelyard.scheme.number import decimal_text
from steelyard.scoring.observations import Floats
from steelyard.scoring.rubrics.function import (
    Bools,
    Deducted,
    RubricFunction,
    exact_value,
    is_short,
)

Counting = Literal["full", "started", "proportional"]
ROUND_EXACTLY: dict[Counting, Callable[[Fraction], Fraction]] = {
    "full": lambda steps: Fraction(math.floor(steps)),
    "started": lambda steps: Fraction(math.ceil(steps)),
    "proportional": lambda steps: steps,
}
NEARLY_WHOLE = 1e-9


@dataclass(frozen=True, kw_only=True)
class DeductionRule(ABC):
    """Reads the measure at `column` of the leaf's measures and takes points off."""

    column: int
    words: Text

    @abstractmethod
    def taken(self, values: Floats) -> Floats:
        """The points taken for values, shape (n,)."""

    @abstractmethod
    def taken_exactly(self, value: Fraction) -> Fraction:
        """The points taken for one value."""

    def accurate(self) -> bool:
        """Whether `taken` is close enough to `taken_exactly`."""
        return True


@dataclass(frozen=True, kw_only=True)
class PerCase(DeductionRule):
    """Points for each case."""

    points: Fraction

    def taken(self, values: Floats) -> Floats:
        """count × points."""
        return values * float(self.points)

    def taken_exactly(self, value: Fraction) -> Fraction:
        """count × points."""
        return value * self.points


@dataclass(frozen=True, kw_only=True)
class BeyondLine(DeductionRule):
    """Points for each step beyond a line, or once; `side` is −1 below the line and 1 above it."""

    line: Fraction
    side: Literal[-1, 1]
    each: Fraction | None
    points: Fraction
    count: Counting

    def taken(self, values: Floats) -> Floats:
        """Steps beyond the line × points."""
        beyond = values > float(self.line) if self.side > 0 else values < float(self.line)
        if self.each is None:
            return np.where(beyond, float(self.points), 0.0)
        steps = (values - float(self.line)) * self.side / float(self.each)
        if self.count != "proportional":
            steps = self._whole(steps, values)
        return np.where(beyond, steps * float(self.points), 0.0)

    def _whole(self, steps: Floats, values: Floats) -> Floats:
        """Count whole steps; those that a float cannot tell from a whole number are counted exactly."""
        rounded = np.floor(steps) if self.count == "full" else np.ceil(steps)
        near = np.abs(steps - np.rint(steps)) <= NEARLY_WHOLE * np.maximum(1.0, np.abs(steps))
        if near.any():
            distinct, where = np.unique(values[near], return_inverse=True)
            exactly = [float(self._steps(exact_value(value))) for value in distinct]
            rounded[near] = np.array(exactly)[where]
        return rounded

    def _steps(self, value: Fraction) -> Fraction:
        each = self.each if self.each is not None else Fraction(1)
        return ROUND_EXACTLY[self.count]((value - self.line) * self.side / each)

    def taken_exactly(self, value: Fraction) -> Fraction:
        """Steps beyond the line × points."""
        if (value - self.line) * self.side <= 0:
            return Fraction(0)
        return self.points if self.each is None else self._steps(value) * self.points

    def accurate(self) -> bool:
        """Long decimals and tiny steps need exact arithmetic."""
        if not is_short(self.line):
            return False
        return self.each is None or (is_short(self.each) and abs(self.line) < 10_000 * self.each)


@dataclass(frozen=True, kw_only=True)
class BySteps(DeductionRule):
    """The points of the last step reached; nothing below the first."""

    steps: tuple[tuple[Fraction, Fraction], ...]

    def taken(self, values: Floats) -> Floats:
        """Look the step up."""
        result = np.zeros(len(values))
        for start, points in self.steps:
            result[values >= float(start)] = float(points)
        return result

    def taken_exactly(self, value: Fraction) -> Fraction:
        """Look the step up."""
        reached = bisect_right([start for start, _ in self.steps], value)
        return self.steps[reached - 1][1] if reached else Fraction(0)

    def accurate(self) -> bool:
        """A start with more digits than a float keeps must be compared exactly."""
        return all(is_short(start) for start, _ in self.steps)


@dataclass(frozen=True, kw_only=True)
class Deduct(RubricFunction):
    """max(full − Σ taken, floor) ÷ full; a rule whose measure does not apply is skipped."""

    rules: tuple[DeductionRule, ...]
    floor: Fraction
    full: Fraction
    skips_not_applicable = True
    discrete = True

    def rates(self, values: Floats, skipped: Bools | None) -> Floats:
        """Subtract each rule's points."""
        left = np.full(values.shape[1], float(self.full))
        for rule in self.rules:
            taken = rule.taken(values[rule.column])
            if skipped is not None:
                taken[skipped[rule.column]] = 0.0
            left -= taken
        result: Floats = np.maximum(left, float(self.floor)) / float(self.full)
        return result

    def exact(self, values: Sequence[Fraction | None]) -> Fraction | None:
        """Subtract each rule's points."""
        left = self.full
        for rule in self.rules:
            value = values[rule.column]
            if value is None:
                continue
            if isinstance(rule, PerCase) and value < 0:
                return None
            left -= rule.taken_exactly(value)
        return max(left, self.floor) / self.full

    def unusable(self, values: Floats) -> Bools | None:
        """A negative number of cases cannot be used."""
        columns = sorted({rule.column for rule in self.rules if isinstance(rule, PerCase)})
        if not columns:
            return None
        negative: Bools = np.any(values[columns] < 0, axis=0)
        return negative if negative.any() else None

    def grid(self) -> Fraction | None:
        """Whole steps take multiples of their points; proportional ones and cases may take any fraction."""
        amounts = [self.full, self.floor]
        for rule in self.rules:
            if isinstance(rule, PerCase) or (
                isinstance(rule, BeyondLine) and rule.count == "proportional" and rule.each is not None
            ):
                return None
            amounts += [rule.points] if isinstance(rule, BeyondLine) else []
            amounts += [points for _, points in rule.steps] if isinstance(rule, BySteps) else []
        return Fraction(1, math.lcm(*(amount.denominator for amount in amounts))) / self.full

    def accurate(self) -> bool:
        """Every rule must be."""
        return all(rule.accurate() for rule in self.rules)

    def account(self, values: Sequence[Fraction | None]) -> tuple[Deducted, ...]:
        """List the full mark and each rule's points."""
        lines = [Deducted(Text("满分", "full mark"), self.full)]
        for rule in self.rules:
            value = values[rule.column]
            if value is not None:
                lines.append(Deducted(rule.words, -rule.taken_exactly(value)))
        return tuple(lines)

    def sentence(self) -> Text:
        """List the rules."""
        full, floor = decimal_text(self.full), decimal_text(self.floor)
        zh = "；".join(rule.words.zh for rule in self.rules)
        en = "; ".join(rule.words.en for rule in self.rules)
        return Text(f"满分 {full}，{zh}；最低 {floor} 分", f"from {full}: {en}; not below {floor}")
