"""Steps of rubrics that change nothing, or that no value reaches."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from steelyard.scheme.document import Path
from steelyard.scheme.finding import Finding
from steelyard.scheme.model import Scheme
from steelyard.scheme.outline import leaves
from steelyard.scheme.problems.reach import STEP_UNREACHED, STEP_WITHOUT_EFFECT
from steelyard.scheme.quantities import literal
from steelyard.scheme.rubric import DeductRubric, RateRubric, Rubric, StepsRubric


def steps_differ(scheme: Scheme) -> Iterator[Finding]:
    """A step gives another rate, or takes other points, than the one before it."""
    for spot in leaves(scheme):
        if spot.indicator.rubric is not None:
            yield from _steps_differ(spot.indicator.rubric, (*spot.path, "rubric"))


def _steps_differ(rubric: Rubric, path: Path) -> Iterator[Finding]:
    if isinstance(rubric, StepsRubric):
        rates = [rubric.otherwise, *(step.rate for step in rubric.at)]
        for index, (before, after) in enumerate(pairwise(rates)):
            if literal(before) == literal(after) is not None:
                yield Finding(STEP_WITHOUT_EFFECT, (*path, "at", index, "rate"), {"found": after})
    for place, rule in enumerate(rubric.rules if isinstance(rubric, DeductRubric) else ()):
        for index, (early, late) in enumerate(pairwise(rule.steps), start=1):
            if literal(early.points) == literal(late.points) is not None:
                at = (*path, "rules", place, "steps", index, "points")
                yield Finding(STEP_WITHOUT_EFFECT, at, {"found": late.points})


def steps_are_reached(scheme: Scheme) -> Iterator[Finding]:
    """Values lie where steps are: rates do not exceed 100 %, and `applies_if` leaves out what is below it."""
    rates = {
        spot.indicator.measure or spot.indicator.code
        for spot in leaves(scheme)
        if isinstance(spot.indicator.rubric, RateRubric) and spot.indicator.rubric.unit == "fraction"
    }
    for spot in leaves(scheme):
        leaf, rubric = spot.indicator, spot.indicator.rubric
        if not isinstance(rubric, StepsRubric):
            continue
        measure = leaf.measure or leaf.code
        least: Fraction | None = None
        if leaf.applies_if is not None and leaf.applies_if.measure == measure:
            least = literal(leaf.applies_if.above)
        froms = [literal(step.from_) for step in rubric.at]
        for index, start in enumerate(froms):
            end = froms[index + 1] if index + 1 < len(froms) else None
            beyond = measure in rates and start is not None and start > 1
            if beyond or (least is not None and end is not None and end <= least):
                path = (*spot.path, "rubric", "at", index, "from")
                values = {"found": rubric.at[index].from_, "measure": measure}
                yield Finding(STEP_UNREACHED, path, values, (("indicators",),))


CHECKS = (steps_differ, steps_are_reached)
