"""Parameters: every `$name` is declared, and fits where it is used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from steelyard.scheme.document import Path
from steelyard.scheme.finding import ANY, Finding
from steelyard.scheme.model import Scheme
from steelyard.scheme.number import Quantity
from steelyard.scheme.outline import leaves
from steelyard.scheme.problems.field import RATE_ABOVE_ONE
from steelyard.scheme.problems.rubric import PARAMETER_NAME, UNKNOWN_PARAMETER, UNUSED_PARAMETER
from steelyard.scheme.quantities import number, percent, quantities, settings
from steelyard.scheme.rubric import CurveRubric, StepsRubric
from steelyard.scheme.rule import VetoRule
from steelyard.scheme.suggestion import suggested

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_DECLARED: tuple[Path, ...] = (("parameters", ANY),)


def declared(scheme: Scheme) -> Iterator[Finding]:
    """Every `$name` in a rubric, condition or rule is among the parameters."""
    for path, quantity in _uses(scheme):
        name = quantity.parameter
        if name is not None and name not in scheme.parameters:
            values = suggested(name, scheme.parameters)
            yield Finding(UNKNOWN_PARAMETER, path, values, _DECLARED)


def used(scheme: Scheme) -> Iterator[Finding]:
    """Every parameter stands somewhere."""
    names = {quantity.parameter for _, quantity in _uses(scheme)}
    relies_on = (("indicators",), ("rules",))
    for name in scheme.parameters:
        if name not in names:
            path = ("parameters", name)
            yield Finding(UNUSED_PARAMETER, path, {"name": name}, relies_on, at_key=True)


def writable_names(scheme: Scheme) -> Iterator[Finding]:
    """A parameter's name can be written behind a `$`."""
    for name in scheme.parameters:
        if not _NAME.fullmatch(name):
            yield Finding(PARAMETER_NAME, ("parameters", name), {"name": name}, at_key=True)


def rates_within_one(scheme: Scheme) -> Iterator[Finding]:
    """A parameter that stands for a rate is a fraction or carries %, in every variant."""
    for path, quantity in _rates(scheme):
        if quantity.parameter is None:
            continue
        for parameters in settings(scheme):
            value = number(quantity, parameters)
            if value is not None and value > 1 and not percent(quantity, parameters):
                values = {"found": parameters[quantity.parameter], "field": path[-1]}
                yield Finding(RATE_ABOVE_ONE, path, values)
                break


def _uses(scheme: Scheme) -> Iterator[tuple[Path, Quantity]]:
    for path, leaf in ((spot.path, spot.indicator) for spot in leaves(scheme)):
        yield from quantities(leaf.rubric, (*path, "rubric"))
        yield from quantities(leaf.applies_if, (*path, "applies_if"))
    yield from quantities(scheme.rules, ("rules",))


def _rates(scheme: Scheme) -> Iterator[tuple[Path, Quantity]]:
    """The numbers that have to be rates, wherever a parameter may stand for one."""
    for spot in leaves(scheme):
        rubric, path = spot.indicator.rubric, (*spot.path, "rubric")
        if isinstance(rubric, CurveRubric):
            for index, (_, rate) in enumerate(rubric.through):
                yield (*path, "through", index, 1), rate
        elif isinstance(rubric, StepsRubric):
            yield (*path, "otherwise"), rubric.otherwise
            for index, step in enumerate(rubric.at):
                yield (*path, "at", index, "rate"), step.rate
    for index, rule in enumerate(scheme.rules):
        if isinstance(rule, VetoRule) and rule.when.rate_at_most is not None:
            yield ("rules", index, "when", "rate_at_most"), rule.when.rate_at_most


CHECKS = (declared, used, writable_names, rates_within_one)
