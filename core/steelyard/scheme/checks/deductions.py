"""The rules of a deduct rubric: one way each to count points, with the fields that it needs."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.scheme.checks.rubrics import in_every_variant
from steelyard.scheme.document import Path
from steelyard.scheme.finding import Finding
from steelyard.scheme.model import Scheme
from steelyard.scheme.outline import leaves
from steelyard.scheme.problems.rubric import (
    COUNT_WITHOUT_EACH,
    DEDUCTION_FORM,
    DEDUCTION_POINTS,
    DEDUCTION_STEPS_POINTS,
    EACH_WITHOUT_LINE,
    NEGATIVE_DEDUCTION,
    NOT_POSITIVE,
)
from steelyard.scheme.quantities import Parameters, number
from steelyard.scheme.rubric import Deduction, DeductRubric, Rubric


def one_form(scheme: Scheme) -> Iterator[Finding]:
    """A rule has exactly one of below, above, per_case and steps."""
    for path, rule in _deductions(scheme):
        forms = _forms(rule)
        if len(forms) != 1:
            relies_on = tuple((*path, name) for name in ("below", "above", "per_case", "steps"))
            yield Finding(DEDUCTION_FORM, path, {"found": ", ".join(forms) or "–"}, relies_on)


def points_where_due(scheme: Scheme) -> Iterator[Finding]:
    """A rule has points, but one by steps has them in its steps."""
    for path, rule in _deductions(scheme):
        if rule.points is None and not rule.steps and _forms(rule):
            yield Finding(DEDUCTION_POINTS, path, relies_on=((*path, "points"), (*path, "steps")))
        elif rule.points is not None and rule.steps:
            yield Finding(DEDUCTION_STEPS_POINTS, (*path, "points"), at_key=True)


def steps_beyond_a_line(scheme: Scheme) -> Iterator[Finding]:
    """`each` needs a line, and `count` needs `each`."""
    for path, rule in _deductions(scheme):
        if rule.each is not None and rule.below is None and rule.above is None:
            lines = ((*path, "below"), (*path, "above"))
            yield Finding(EACH_WITHOUT_LINE, (*path, "each"), {}, lines, at_key=True)
        if "count" in rule.model_fields_set and rule.each is None:
            relies_on = ((*path, "each"),)
            yield Finding(COUNT_WITHOUT_EACH, (*path, "count"), {}, relies_on, at_key=True)


def positive_step(rubric: Rubric, path: Path, parameters: Parameters) -> Iterator[Finding]:
    """The size of a step is above 0."""
    for index, rule in enumerate(rubric.rules if isinstance(rubric, DeductRubric) else ()):
        each = number(rule.each, parameters)
        if each is not None and each <= 0:
            values = {"field": "each", "found": rule.each}
            yield Finding(NOT_POSITIVE, (*path, "rules", index, "each"), values)


def points_taken(rubric: Rubric, path: Path, parameters: Parameters) -> Iterator[Finding]:
    """Points to be taken are not negative."""
    for index, rule in enumerate(rubric.rules if isinstance(rubric, DeductRubric) else ()):
        place = (*path, "rules", index)
        written = [((*place, "points"), rule.points)] if rule.points is not None else []
        written += [((*place, "steps", number, "points"), s.points) for number, s in enumerate(rule.steps)]
        for at, points in written:
            value = number(points, parameters)
            if value is not None and value < 0:
                yield Finding(NEGATIVE_DEDUCTION, at, {"found": points})


def _deductions(scheme: Scheme) -> Iterator[tuple[Path, Deduction]]:
    for spot in leaves(scheme):
        if isinstance(spot.indicator.rubric, DeductRubric):
            for index, rule in enumerate(spot.indicator.rubric.rules):
                yield (*spot.path, "rubric", "rules", index), rule


def _forms(rule: Deduction) -> list[str]:
    given = {
        "below": rule.below is not None,
        "above": rule.above is not None,
        "per_case": rule.per_case,
        "steps": bool(rule.steps),
    }
    return [name for name, is_given in given.items() if is_given]


CHECKS = (
    one_form,
    points_where_due,
    steps_beyond_a_line,
    in_every_variant(positive_step),
    in_every_variant(points_taken),
)
