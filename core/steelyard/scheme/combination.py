"""Combining what several raters say of one measure: exact, in `Fraction`s."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from steelyard.scheme.assessment import Assessment


@dataclass(frozen=True, slots=True)
class Rating:
    """What one sheet says of a measure: a value, or None for not applicable."""

    rater_type: str
    value: Fraction | None


def combined(rules: Assessment, ratings: Sequence[Rating]) -> Fraction | None:
    """Return the one value of `ratings`; None where all of them say that the measure does not apply.

    A sheet that says so beside others with a value does not count. Raises ValueError for no ratings, and
    where all that have a value are of sorts that weigh 0.
    """
    if not ratings:
        raise ValueError("nothing to combine")
    given = [(each.rater_type, each.value) for each in ratings if each.value is not None]
    if not given:
        return None
    values = [value for _, value in given]
    match rules.combine:
        case "mean":
            return _mean(values)
        case "median":
            return _median(values)
        case "weighted":
            return _weighted(rules, given)


def counts(rules: Assessment, rater_type: str) -> bool:
    """Tell whether sheets of a sort of rater have any part in the combined value."""
    found = rules.rater(rater_type)
    return found is not None and (rules.combine != "weighted" or found.weight.resolved({}) > 0)


def _weighted(rules: Assessment, given: Sequence[tuple[str, Fraction]]) -> Fraction:
    by_type = defaultdict[str, list[Fraction]](list)
    for rater_type, value in given:
        by_type[rater_type].append(value)
    total = weights = Fraction(0)
    for rater_type, values in by_type.items():
        found = rules.rater(rater_type)
        weight = Fraction(0) if found is None else found.weight.resolved({})
        total += weight * _mean(values)
        weights += weight
    if not weights:
        raise ValueError("no rating that counts")
    return total / weights


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _median(values: Sequence[Fraction]) -> Fraction:
    ordered, middle = sorted(values), len(values) // 2
    return ordered[middle] if len(values) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
