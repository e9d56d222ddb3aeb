"""Several raters' values become one, exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest

from steelyard.scheme.assessment import Assessment, Combine, RaterType
from steelyard.scheme.combination import Rating, combined, counts
from steelyard.scheme.number import Quantity

RATERS = (
    RaterType(type="qa", weight=Quantity.of(2)),
    RaterType(type="guest"),
    RaterType(type="self", weight=Quantity.of(0)),
)


def rules(combine: Combine) -> Assessment:
    return Assessment(raters=RATERS, combine=combine)


@pytest.mark.parametrize(
    ("combine", "given", "expected"),
    [
        ("mean", "qa 1, qa 2, guest 2", Fraction(5, 3)),
        ("median", "qa 1, qa 2, guest 9", Fraction(2)),
        ("median", "qa 1, guest 2", Fraction(3, 2)),
        ("weighted", "qa 4, qa 6, guest 2", Fraction(4)),
        ("weighted", "qa 4, self 100", Fraction(4)),
        ("mean", "qa 4, guest n/a", Fraction(4)),
        ("weighted", "qa n/a, guest 3", Fraction(3)),
        ("mean", "qa n/a, guest n/a", None),
    ],
)
def test_values(combine: Combine, given: str, expected: Fraction | None) -> None:
    pairs = [each.split() for each in given.split(", ")]
    ratings = [Rating(type, None if text == "n/a" else Fraction(text)) for type, text in pairs]
    assert combined(rules(combine), ratings) == expected


def test_nothing_is_no_value() -> None:
    with pytest.raises(ValueError, match="nothing"):
        combined(rules("mean"), [])


def test_what_weighs_nothing_is_no_value() -> None:
    with pytest.raises(ValueError, match="counts"):
        combined(rules("weighted"), [Rating("self", Fraction(1))])


def test_who_counts() -> None:
    assert [counts(rules("weighted"), each) for each in ("qa", "self", "nobody")] == [True, False, False]
    assert counts(rules("mean"), "self")
    assert counts(Assessment(), "anybody")
