"""Points and weights: one kind among siblings, sums that agree, nothing that never counts."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from steelyard.scheme.document import Path
from steelyard.scheme.finding import ANY, Finding
from steelyard.scheme.model import Indicator, Scheme
from steelyard.scheme.number import Quantity, decimal_text
from steelyard.scheme.outline import Group, groups, leaves, spots
from steelyard.scheme.problems.tree import (
    MIXED_WEIGHTS,
    NO_WEIGHT,
    POINTS_AND_WEIGHT,
    POINTS_SUM,
    ZERO_FULL_MARK,
)

POINTS, WEIGHT, NOTHING = "points", "weight", "–"


def one_or_the_other(scheme: Scheme) -> Iterator[Finding]:
    """No indicator carries both points and weight."""
    for spot in spots(scheme):
        if spot.indicator.points is not None and spot.indicator.weight is not None:
            values = {"code": spot.indicator.code}
            yield Finding(POINTS_AND_WEIGHT, (*spot.path, WEIGHT), values, at_key=True)


def one_kind_among_siblings(scheme: Scheme) -> Iterator[Finding]:
    """Siblings all carry points, or all weight, or none of them carries either."""
    for group in groups(scheme):
        forms = [(spot, _form(spot.indicator)) for spot in group.children]
        first = forms[0][1] if forms else NOTHING
        for spot, form in forms:
            if form != first:
                values = {"code": spot.indicator.code, "found": form, "first": first, "group": group.code}
                path = spot.path if form == NOTHING else (*spot.path, form)
                yield Finding(MIXED_WEIGHTS, path, values, _carried(group), at_key=True)
                break


def some_weight(scheme: Scheme) -> Iterator[Finding]:
    """Not all siblings weigh 0."""
    for group in groups(scheme):
        carried = [_carries(spot.indicator) for spot in group.children]
        if carried and all(quantity is not None and quantity.value == 0 for quantity in carried):
            values = {"code": group.code}
            yield Finding(NO_WEIGHT, group.children_path, values, _carried(group))


def points_add_up(scheme: Scheme) -> Iterator[Finding]:
    """A group's own points are the sum of its children's."""
    for group in groups(scheme):
        points = group.indicator.points if group.indicator else None
        total = _total(tuple(spot.indicator for spot in group.children))
        if points is None or total is None or points.value == total:
            continue
        values = {"code": group.code, "points": points, "total": decimal_text(total)}
        relies_on = ((*group.path, "children"),)
        yield Finding(POINTS_SUM, (*group.path, "points"), values, relies_on)


def leaves_count(scheme: Scheme) -> Iterator[Finding]:
    """No leaf has a full mark of 0."""
    for path, leaf in ((spot.path, spot.indicator) for spot in leaves(scheme)):
        if leaf.points is not None and leaf.points.value == 0:
            yield Finding(ZERO_FULL_MARK, (*path, "points"), {"code": leaf.code})


def _form(indicator: Indicator) -> str:
    if indicator.points is not None:
        return POINTS
    return NOTHING if indicator.weight is None else WEIGHT


def _carries(indicator: Indicator) -> Quantity | None:
    return indicator.points or indicator.weight


def _carried(group: Group) -> tuple[Path, ...]:
    return tuple((*group.children_path, ANY, field) for field in (POINTS, WEIGHT))


def _total(indicators: tuple[Indicator, ...]) -> Fraction | None:
    """The sum of full marks, where every one of them is known."""
    marks = [_full_mark(indicator) for indicator in indicators]
    known = [mark for mark in marks if mark is not None]
    return sum(known, Fraction(0)) if len(known) == len(marks) and known else None


def _full_mark(indicator: Indicator) -> Fraction | None:
    return indicator.points.value if indicator.points else _total(indicator.children or ())


CHECKS = (one_or_the_other, one_kind_among_siblings, some_weight, points_add_up, leaves_count)
