"""Rubrics: lines with a direction, points and steps in order, limits the right way round."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from steelyard.scheme.document import Path
from steelyard.scheme.finding import Finding
from steelyard.scheme.model import Scheme
from steelyard.scheme.number import Quantity
from steelyard.scheme.outline import leaves
from steelyard.scheme.problems.rubric import (
    CLAMP_ORDER,
    LINEAR_WITHOUT_RANGE,
    MIXED_NOTATION,
    NOT_ASCENDING,
    RATE_BEYOND,
    SCALE_WITHOUT_RANGE,
)
from steelyard.scheme.quantities import Parameters, number, percent, quantities, settings
from steelyard.scheme.rubric import (
    ChoiceRubric,
    CurveRubric,
    DeductRubric,
    LinearRubric,
    Rubric,
    ScaleRubric,
    StepsRubric,
)

RubricCheck = Callable[[Rubric, Path, Parameters], Iterator[Finding]]
Located = list[tuple[Path, Quantity]]


def in_every_variant(check: RubricCheck) -> Callable[[Scheme], Iterator[Finding]]:
    """Run `check` on every leaf's rubric, with the parameters of each variant; report each path once."""

    def run(scheme: Scheme) -> Iterator[Finding]:
        for spot in leaves(scheme):
            rubric, path = spot.indicator.rubric, (*spot.path, "rubric")
            found: dict[Path, Finding] = {}
            if rubric is None:
                continue
            for parameters in settings(scheme):
                for finding in check(rubric, path, parameters):
                    found.setdefault(finding.path, finding)
            yield from found.values()

    return run


def linear_direction(rubric: Rubric, path: Path, parameters: Parameters) -> Iterator[Finding]:
    """The best value of a linear rubric is not its worst."""
    if isinstance(rubric, LinearRubric):
        worst, best = number(rubric.worst, parameters), number(rubric.best, parameters)
        if worst is not None and worst == best:
            yield Finding(LINEAR_WITHOUT_RANGE, (*path, "best"), {"found": rubric.best})


def scale_range(rubric: Rubric, path: Path, parameters: Parameters) -> Iterator[Finding]:
    """The largest value of a scale lies above its smallest."""
    if isinstance(rubric, ScaleRubric):
        low, high = number(rubric.min, parameters), number(rubric.max, parameters)
        if low is not None and high is not None and low >= high:
            values = {"min": rubric.min, "max": rubric.max}
            yield Finding(SCALE_WITHOUT_RANGE, (*path, "max"), values)


def clamp_range(rubric: Rubric, path: Path, parameters: Parameters) -> Iterator[Finding]:
    """The limits of a choice are in order."""
    if isinstance(rubric, ChoiceRubric) and rubric.clamp is not None:
        low, high = (number(limit, parameters) for limit in rubric.clamp)
        if low is not None and high is not None and low > high:
            values = {"low": rubric.clamp[0], "high": rubric.clamp[1]}
            yield Finding(CLAMP_ORDER, (*path, "clamp"), values)


def ascending(rubric: Rubric, path: Path, parameters: Parameters) -> Iterator[Finding]:
    """Points of a curve and steps stand from small to large, none twice."""
    for row in _rows(rubric, path):
        for (_, before), (place, after) in pairwise(row):
            low, high = number(before, parameters), number(after, parameters)
            if low is not None and high is not None and low >= high:
                yield Finding(NOT_ASCENDING, place, {"found": after, "before": before})


def one_notation(rubric: Rubric, path: Path, parameters: Parameters) -> Iterator[Finding]:
    """Thresholds beside one written with % are rates too, so a bare one is at most 1."""
    for thresholds in _thresholds(rubric, path):
        if not any(percent(quantity, parameters) for _, quantity in thresholds):
            continue
        for place, quantity in thresholds:
            value = number(quantity, parameters)
            # A bare step of 1 beside a line in percent is 100 %: no rate ever goes that far beyond the line.
            too_large = value is not None and (value > 1 or (value == 1 and place[-1] == "each"))
            if too_large and not percent(quantity, parameters):
                values = {"field": place[-1], "found": parameters.get(quantity.parameter or "", quantity)}
                yield Finding(MIXED_NOTATION, place, values)


def rates_within(rubric: Rubric, path: Path, parameters: Parameters) -> Iterator[Finding]:
    """Rates that are cut to 0…1 are written within it, as those of bands are."""
    if rubric.clip:
        for place, rate in _rates(rubric, path):
            value = number(rate, parameters)
            # Of a parameter above 1 without % another check tells.
            if percent(rate, parameters) and value is not None and not 0 <= value <= 1:
                yield Finding(RATE_BEYOND, place, {"found": parameters.get(rate.parameter or "", rate)})


def _rates(rubric: Rubric, path: Path) -> Located:
    """The rates that a rubric gives."""
    if isinstance(rubric, CurveRubric):
        return [((*path, "through", index, 1), rate) for index, (_, rate) in enumerate(rubric.through)]
    if isinstance(rubric, StepsRubric):
        steps = [((*path, "at", index, "rate"), step.rate) for index, step in enumerate(rubric.at)]
        return [*steps, ((*path, "otherwise"), rubric.otherwise)]
    return []


def _rows(rubric: Rubric, path: Path) -> Iterator[Located]:
    """The numbers that have to ascend, row by row."""
    if isinstance(rubric, CurveRubric):
        yield [((*path, "through", index, 0), x) for index, (x, _) in enumerate(rubric.through)]
    elif isinstance(rubric, StepsRubric):
        yield [((*path, "at", index, "from"), step.from_) for index, step in enumerate(rubric.at)]
    elif isinstance(rubric, DeductRubric):
        for rule_index, rule in enumerate(rubric.rules):
            steps = (*path, "rules", rule_index, "steps")
            yield [((*steps, index, "from"), step.from_) for index, step in enumerate(rule.steps)]


def _thresholds(rubric: Rubric, path: Path) -> Iterator[Located]:
    """The numbers that one measure is held against."""
    yield from _rows(rubric, path)
    if isinstance(rubric, (LinearRubric, ScaleRubric)):
        yield list(quantities(rubric, path))
    elif isinstance(rubric, DeductRubric):
        for index, rule in enumerate(rubric.rules):
            fields = {"below": rule.below, "above": rule.above, "each": rule.each}
            place = (*path, "rules", index)
            yield [((*place, name), number) for name, number in fields.items() if number is not None]


CHECKS = tuple(
    in_every_variant(check)
    for check in (linear_direction, scale_range, clamp_range, ascending, one_notation, rates_within)
)
