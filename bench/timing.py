"""Ratios of times taken in turn, so that a machine whose speed drifts still gives a figure to trust."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Ratio:
    """A measured ratio against its bar; `bar` is None for a baseline that has none yet."""

    name: str
    measured: float
    bar: float | None
    at_most: bool
    seconds: float
    yardstick_seconds: float

    @property
    def met(self) -> bool | None:
        """Whether the bar is met."""
        if self.bar is None:
            return None
        return self.measured <= self.bar if self.at_most else self.measured >= self.bar

    def as_dict(self) -> dict[str, Any]:
        """For the results file."""
        return {**asdict(self), "met": self.met}


def in_turn(
    first: Callable[[], object], second: Callable[[], object], runs: int = 5
) -> tuple[float, float, float]:
    """Run two functions in turn; return the median ratio first ÷ second and both median seconds."""
    first(), second()
    pairs = [(seconds(first), seconds(second)) for _ in range(runs)]
    ratio = statistics.median(a / b for a, b in pairs)
    return ratio, statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def seconds(call: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start
