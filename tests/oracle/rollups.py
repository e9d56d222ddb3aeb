"""Roll-ups as the page says them, in fractions, one group and one indicator at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Member:
    """outcome: `scored`, `n/a`, `missing` or `incomplete`. weight: None where it is not known."""

    outcome: str
    rate: Fraction | None = None
    weight: Fraction | None = Fraction(1)


@dataclass(frozen=True)
class Whole:
    outcome: str
    rate: Fraction | None
    coverage: Fraction | None
    members: int
    counted: int


def joined(members: Sequence[Member]) -> Whole:
    """The mean of the members' rates by their weights."""
    concerned = [each for each in members if each.outcome != "n/a"]
    if members and not concerned:
        return Whole("n/a", None, None, 0, 0)
    total = weights = whole = Fraction(0)
    counted = 0
    for each in concerned:
        if each.weight is None or each.weight <= 0:
            continue
        whole += each.weight
        if each.outcome == "scored" and each.rate is not None:
            total += each.weight * each.rate
            weights += each.weight
            counted += 1
    coverage = None if not concerned else weights / whole if whole else Fraction(0)
    if not weights:
        return Whole("missing", None, coverage, len(concerned), 0)
    return Whole("scored", total / weights, coverage, len(concerned), counted)
