"""Floors of deductions that leave nothing to deduct."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.scheme.finding import Finding
from steelyard.scheme.model import Scheme
from steelyard.scheme.outline import leaves
from steelyard.scheme.problems.reach import FLOOR_ABOVE_FULL
from steelyard.scheme.quantities import literal
from steelyard.scheme.rubric import DeductRubric


def floors_below_full(scheme: Scheme) -> Iterator[Finding]:
    """The floor lies below the full mark, where that is given."""
    for spot in leaves(scheme):
        rubric, points = spot.indicator.rubric, spot.indicator.points
        if not isinstance(rubric, DeductRubric) or points is None or not points.value:
            continue
        floor = literal(rubric.floor)
        if floor is not None and floor >= points.value:
            values = {"code": spot.indicator.code, "found": rubric.floor, "full": points}
            relies_on = ((*spot.path, "points"),)
            yield Finding(FLOOR_ABOVE_FULL, (*spot.path, "rubric", "floor"), values, relies_on)


CHECKS = (floors_below_full,)
