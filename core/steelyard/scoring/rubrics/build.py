"""From a rubric as a scheme file states it to one that computes, with its parameters resolved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from steelyard.errors import InvalidInput, Place, Problem, Text
from steelyard.scheme.model import Indicator
from steelyard.scheme.number import Quantity, decimal_text
from steelyard.scheme.rubric import (
    ChoiceRubric,
    CurveRubric,
    Deduction,
    DeductRubric,
    LinearRubric,
    NamedRubric,
    PointsRubric,
    RateRubric,
    ScaleRubric,
    StepsRubric,
)
from steelyard.scoring.problems import UNKNOWN_PYTHON_RUBRIC
from steelyard.scoring.rubrics.choice import Choice
from steelyard.scoring.rubrics.curve import Curve
from steelyard.scoring.rubrics.deduct import BeyondLine, BySteps, Deduct, DeductionRule, PerCase
from steelyard.scoring.rubrics.function import RubricFunction
from steelyard.scoring.rubrics.linear import Linear
from steelyard.scoring.rubrics.named import Named, PythonRubric
from steelyard.scoring.rubrics.points import Points
from steelyard.scoring.rubrics.rate import Rate
from steelyard.scoring.rubrics.steps import Steps

COUNTING = {
    "full": Text("满", "each full"),
    "started": Text("每（不足亦计）", "each started"),
    "proportional": Text("每（按比例）", "in proportion, per"),
}


@dataclass(frozen=True)
class Resolver:
    """Looks numbers up: a leaf's parameters, its full mark and the rubrics that packs registered."""

    parameters: Mapping[str, Quantity]
    full: Fraction
    registered: Mapping[str, PythonRubric]

    def number(self, quantity: Quantity) -> Fraction:
        """The number itself."""
        return quantity.resolved(dict(self.parameters))

    def written(self, quantity: Quantity) -> str:
        """The number as the scheme writes it, a parameter replaced by its value."""
        parameters = dict(self.parameters)
        return decimal_text(quantity.resolved(parameters), percent=quantity.is_percent(parameters))

    def rate(self, quantity: Quantity) -> str:
        """A rate in percent."""
        return decimal_text(self.number(quantity), percent=True)


def measures_of(leaf: Indicator, registered: Mapping[str, PythonRubric]) -> tuple[str, ...]:
    """The measures that a leaf's rubric reads, each once, in order of first use."""
    own = leaf.measure or leaf.code
    rubric = leaf.rubric
    if isinstance(rubric, ChoiceRubric):
        return tuple(f"{own}:{case}" for case in rubric.table)
    if isinstance(rubric, DeductRubric):
        return tuple(dict.fromkeys(rule.measure or own for rule in rubric.rules))
    if isinstance(rubric, NamedRubric):
        return _registered(leaf, rubric, registered).measures(rubric.args, own)
    return (own,)


def _registered(leaf: Indicator, rubric: NamedRubric, registered: Mapping[str, PythonRubric]) -> PythonRubric:
    if rubric.name not in registered:
        values = {"name": rubric.name, "node": leaf.code, "known": ", ".join(sorted(registered)) or "–"}
        raise InvalidInput(Problem(UNKNOWN_PYTHON_RUBRIC, Place(field=leaf.code), values))
    return registered[rubric.name]


def rubric_function(
    leaf: Indicator,
    full: Fraction,
    parameters: Mapping[str, Quantity],
    registered: Mapping[str, PythonRubric],
) -> RubricFunction:
    """Resolve a leaf's rubric; `full` is the leaf's full mark.

    Raises InvalidInput for a `python` rubric that no pack registered.
    """
    rubric = leaf.rubric
    build = _BUILDERS[type(rubric)]
    return build(leaf, rubric, Resolver(parameters, full, registered))


def _points(leaf: Indicator, rubric: PointsRubric, find: Resolver) -> RubricFunction:
    return Points(measures=measures_of(leaf, {}), clip=rubric.clip, full=find.full)


def _rate(leaf: Indicator, rubric: RateRubric, find: Resolver) -> RubricFunction:
    whole = 100 if rubric.unit == "percent" else 1
    return Rate(measures=measures_of(leaf, {}), clip=rubric.clip, whole=whole)


def _line(leaf: Indicator, clip: bool, worst: Quantity, best: Quantity, find: Resolver) -> Linear:
    return Linear(
        measures=measures_of(leaf, {}),
        clip=clip,
        worst=find.number(worst),
        best=find.number(best),
        written=(find.written(worst), find.written(best)),
    )


def _linear(leaf: Indicator, rubric: LinearRubric, find: Resolver) -> RubricFunction:
    return _line(leaf, rubric.clip, rubric.worst, rubric.best, find)


def _scale(leaf: Indicator, rubric: ScaleRubric, find: Resolver) -> RubricFunction:
    return _line(leaf, rubric.clip, rubric.min, rubric.max, find)


def _curve(leaf: Indicator, rubric: CurveRubric, find: Resolver) -> RubricFunction:
    return Curve(
        measures=measures_of(leaf, {}),
        clip=rubric.clip,
        through=tuple((find.number(x), find.number(rate)) for x, rate in rubric.through),
        written=tuple((find.written(x), find.rate(rate)) for x, rate in rubric.through),
    )


def _steps(leaf: Indicator, rubric: StepsRubric, find: Resolver) -> RubricFunction:
    return Steps(
        measures=measures_of(leaf, {}),
        clip=rubric.clip,
        at=tuple((find.number(step.from_), find.number(step.rate)) for step in rubric.at),
        otherwise=find.number(rubric.otherwise),
        written=tuple((find.written(step.from_), find.rate(step.rate)) for step in rubric.at),
        written_otherwise=find.rate(rubric.otherwise),
    )


def _choice(leaf: Indicator, rubric: ChoiceRubric, find: Resolver) -> RubricFunction:
    base = find.number(rubric.base)
    low, high = map(find.number, rubric.clamp) if rubric.clamp else (Fraction(0), find.full)
    return Choice(
        measures=measures_of(leaf, {}),
        clip=rubric.clip,
        cases=tuple(rubric.table),
        points=tuple(find.number(points) for points in rubric.table.values()),
        base=base,
        none=base if rubric.none is None else find.number(rubric.none),
        low=low,
        high=high,
        full=find.full,
    )


def _named(leaf: Indicator, rubric: NamedRubric, find: Resolver) -> RubricFunction:
    registered = _registered(leaf, rubric, find.registered)
    measures = measures_of(leaf, find.registered)
    args = {name: _argument(value, find) for name, value in rubric.args.items()}
    return Named(measures=measures, clip=rubric.clip, rubric=registered, args=args)


def _argument(value: Any, find: Resolver) -> Any:
    """Resolve the numbers in an argument of a `python` rubric, however deep."""
    if isinstance(value, Quantity):
        return find.number(value)
    if isinstance(value, dict):
        return {key: _argument(inner, find) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_argument(inner, find) for inner in value)
    return value


def _deduct(leaf: Indicator, rubric: DeductRubric, find: Resolver) -> RubricFunction:
    measures = measures_of(leaf, {})
    own = leaf.measure or leaf.code
    rules = tuple(_deduction(rule, rule.measure or own, measures, find) for rule in rubric.rules)
    floor = find.number(rubric.floor)
    return Deduct(measures=measures, clip=rubric.clip, rules=rules, floor=floor, full=find.full)


def _deduction(rule: Deduction, measure: str, measures: tuple[str, ...], find: Resolver) -> DeductionRule:
    column = measures.index(measure)
    if rule.steps:
        steps = [(find.written(s.from_), find.written(s.points)) for s in rule.steps]
        return BySteps(
            column=column,
            steps=tuple((find.number(s.from_), find.number(s.points)) for s in rule.steps),
            words=Text(
                f"{measure} " + "、".join(f"达 {start} 扣 {points} 分" for start, points in steps),
                f"{measure} " + ", ".join(f"from {start} −{points}" for start, points in steps),
            ),
        )
    taken = Quantity.of(0) if rule.points is None else rule.points
    points, shown = find.number(taken), find.written(taken)
    if rule.per_case:
        words = Text(f"{measure} 每次扣 {shown} 分", f"{measure} −{shown} per case")
        return PerCase(column=column, points=points, words=words)
    below = rule.below is not None
    line = rule.below if rule.below is not None else rule.above
    if line is None:
        raise ValueError(f"deduction on {measure} has no line")
    return BeyondLine(
        column=column,
        line=find.number(line),
        side=-1 if below else 1,
        each=None if rule.each is None else find.number(rule.each),
        points=points,
        count=rule.count,
        words=_beyond_words(rule, measure, find.written(line), shown, find),
    )


def _beyond_words(rule: Deduction, measure: str, line: str, points: str, find: Resolver) -> Text:
    zh, en = ("低于", "below") if rule.below is not None else ("高于", "above")
    if rule.each is None:
        return Text(f"{measure} {zh} {line} 扣 {points} 分", f"{measure} {en} {line} −{points}")
    each, mode = find.written(rule.each), COUNTING[rule.count]
    return Text(
        f"{measure} {zh} {line} {mode.zh} {each} 扣 {points} 分",
        f"{measure} {en} {line}: −{points} for {mode.en} {each}",
    )


_BUILDERS: dict[type, Callable[[Indicator, Any, Resolver], RubricFunction]] = {
    PointsRubric: _points,
    RateRubric: _rate,
    LinearRubric: _linear,
    CurveRubric: _curve,
    StepsRubric: _steps,
    DeductRubric: _deduct,
    ScaleRubric: _scale,
    ChoiceRubric: _choice,
    NamedRubric: _named,
}
