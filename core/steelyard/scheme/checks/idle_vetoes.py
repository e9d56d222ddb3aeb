"""Vetoes that never fire, since a floor or a lowest step keeps the rate above the line; or that always do."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.scheme.document import Path
from steelyard.scheme.extent import extents
from steelyard.scheme.finding import Finding
from steelyard.scheme.model import Scheme
from steelyard.scheme.number import decimal_text
from steelyard.scheme.problems.reach import ALWAYS_FIRES, HIDDEN_VETO
from steelyard.scheme.quantities import literal
from steelyard.scheme.rule import AdjustRule, VetoRule

_RELIES_ON: tuple[Path, ...] = (("indicators",), ("rules",), ("parameters",), ("missing",))


def vetoes_can_fire(scheme: Scheme) -> Iterator[Finding]:
    """Some rate that a veto waits for lies at or below its line, and some above it."""
    known = extents(scheme)
    adjusted = any(isinstance(rule, AdjustRule) for rule in scheme.rules)
    for index, rule in enumerate(scheme.rules):
        if not isinstance(rule, VetoRule) or rule.when.rate_at_most is None:
            continue
        line = literal(rule.when.rate_at_most)
        for place, code in enumerate(rule.when.any_of):
            found = known.get(code)
            if line is None or found is None or (code == scheme.root and adjusted):
                continue
            path = ("rules", index, "when", "any_of", place)
            if found.low > line:
                values = {"id": rule.id, "code": code, "low": decimal_text(found.low, percent=True)}
                yield Finding(HIDDEN_VETO, path, values, _RELIES_ON)
            elif found.high <= line:
                yield Finding(ALWAYS_FIRES, path, {"id": rule.id}, _RELIES_ON)


def vetoes_need_cases(scheme: Scheme) -> Iterator[Finding]:
    """A veto on a count waits for one case at least: where nothing is recorded the count is 0."""
    for index, rule in enumerate(scheme.rules):
        if isinstance(rule, VetoRule) and rule.when.at_least is not None:
            least = literal(rule.when.at_least)
            if least is not None and least <= 0:
                path = ("rules", index, "when", "at_least")
                yield Finding(ALWAYS_FIRES, path, {"id": rule.id})


CHECKS = (vetoes_can_fire, vetoes_need_cases)
