"""Units of measures: what several readers of one measure take its numbers for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from steelyard.scheme.document import Path
from steelyard.scheme.finding import Finding
from steelyard.scheme.model import Scheme
from steelyard.scheme.number import Quantity
from steelyard.scheme.outline import Spot, leaves
from steelyard.scheme.problems.rubric import MIXED_UNITS
from steelyard.scheme.quantities import Parameters, percent, settings
from steelyard.scheme.rubric import (
    CurveRubric,
    Deduction,
    DeductRubric,
    LinearRubric,
    RateRubric,
    ScaleRubric,
    StepsRubric,
)
from steelyard.scheme.rule import VetoRule


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who reads a measure (an indicator's code or a rule's id), and where; `named_at` is the measure's field.

    in_percent: it takes 97 % as 97. lines: what it holds the measure against; one with % takes 97 % as 0.97.
    """

    measure: str
    name: str
    path: Path
    named_at: Path
    in_percent: bool = False
    lines: tuple[Quantity, ...] = ()


_FULL = Quantity(Quantity.of(1).value, percent=True)
"""What a rate in fractions is held against: 100 %."""


def one_unit(scheme: Scheme) -> Iterator[Finding]:
    """A measure that one reader takes in percent is no fraction for another."""
    readers = list(_readers(scheme))
    in_percent: dict[str, _Reader] = {}
    for reader in readers:
        if reader.in_percent:
            in_percent.setdefault(reader.measure, reader)
    variants = settings(scheme)
    for reader in readers:
        first = in_percent.get(reader.measure)
        if first is not None and any(_in_fractions(reader, parameters) for parameters in variants):
            values = {"measure": reader.measure, "percent": first.name, "fraction": reader.name}
            relies_on = (first.named_at, reader.named_at)
            yield Finding(MIXED_UNITS, reader.path, values, relies_on, other=first.path)


def _in_fractions(reader: _Reader, parameters: Parameters) -> bool:
    return any(percent(line, parameters) for line in reader.lines)


def _readers(scheme: Scheme) -> Iterator[_Reader]:
    for spot in leaves(scheme):
        yield from _of_leaf(spot)
        condition = spot.indicator.applies_if
        if condition is not None:
            path = (*spot.path, "applies_if")
            named_at = (*path, "measure")
            lines = (condition.above,)
            yield _Reader(condition.measure, spot.indicator.code, path, named_at, lines=lines)
    for index, rule in enumerate(scheme.rules):
        if isinstance(rule, VetoRule) and rule.when.measure is not None and rule.when.at_least is not None:
            path = ("rules", index, "when")
            lines = (rule.when.at_least,)
            yield _Reader(rule.when.measure, rule.id, path, (*path, "measure"), lines=lines)


def _of_leaf(spot: Spot) -> Iterator[_Reader]:
    leaf, path, named_at = spot.indicator, (*spot.path, "rubric"), (*spot.path, "measure")
    own = leaf.measure or leaf.code
    match leaf.rubric:
        case RateRubric(unit="percent"):
            yield _Reader(own, leaf.code, path, named_at, in_percent=True)
        case RateRubric():
            yield _Reader(own, leaf.code, path, named_at, lines=(_FULL,))
        case LinearRubric(worst=low, best=high) | ScaleRubric(min=low, max=high):
            yield _Reader(own, leaf.code, path, named_at, lines=(low, high))
        case CurveRubric(through=through):
            yield _Reader(own, leaf.code, path, named_at, lines=tuple(x for x, _ in through))
        case StepsRubric(at=steps):
            yield _Reader(own, leaf.code, path, named_at, lines=tuple(step.from_ for step in steps))
        case DeductRubric(rules=rules):
            for index, rule in enumerate(rules):
                place = (*path, "rules", index)
                at = named_at if rule.measure is None else (*place, "measure")
                yield _Reader(rule.measure or own, leaf.code, place, at, lines=_lines(rule))


def _lines(rule: Deduction) -> tuple[Quantity, ...]:
    given = (rule.below, rule.above, rule.each, *(step.from_ for step in rule.steps))
    return tuple(line for line in given if line is not None)


CHECKS = (one_unit,)
