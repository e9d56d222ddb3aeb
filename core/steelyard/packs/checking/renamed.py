"""Measures and attributes that a scheme calls otherwise than everything else in its pack does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from steelyard.errors import Problem
from steelyard.intake.problems import UNKNOWN_COLUMN
from steelyard.packs import problems as p
from steelyard.packs.scheme_file import SchemeFile
from steelyard.scheme.document import Path
from steelyard.scheme.model import Scheme
from steelyard.scheme.outline import spots
from steelyard.scheme.rubric import DeductRubric
from steelyard.scheme.rule import AdjustRule, VetoRule

_MEASURE = {"what_zh": "度量", "what_en": "measure"}
_ATTRIBUTE = {"what_zh": "属性", "what_en": "attribute"}
_KINDS = (UNKNOWN_COLUMN, p.CASE_UNKNOWN_MEASURE)


def renamed_measures(files: Sequence[SchemeFile], found: Sequence[Problem]) -> Iterator[Problem]:
    """Point to a scheme's own line where samples or cases of its know the name by another one."""
    others = {
        (problem.values.get("scheme"), str(problem.values["nearest"]), str(problem.values["found"]))
        for problem in found
        if problem.kind in _KINDS and problem.values.get("nearest")
    }
    for file in files:
        for name, path in _names(file.scheme) if file.scheme is not None else ():
            for scheme, measure, other in sorted(others, key=str):
                if scheme == file.name and name == measure and file.document is not None:
                    values = {"measure": measure, "nearest": other, "found": other}
                    words = _ATTRIBUTE if path[0] == "variants" else _MEASURE
                    mark = file.document.mark(path)
                    yield file.document.problem(p.MEASURE_RENAMED, mark, **values, **words)


def _names(scheme: Scheme) -> Iterator[tuple[str, Path]]:
    """Every name that a scheme reads, with the place where it says so."""
    for spot in spots(scheme):
        node, path = spot.indicator, spot.path
        if node.rubric is not None:
            field = "code" if node.measure is None else "measure"
            yield node.measure or node.code, (*path, field)
        if node.applies_if is not None:
            yield node.applies_if.measure, (*path, "applies_if", "measure")
        if isinstance(node.rubric, DeductRubric):
            for index, rule in enumerate(node.rubric.rules):
                if rule.measure is not None:
                    yield rule.measure, (*path, "rubric", "rules", index, "measure")
    for index, each in enumerate(scheme.rules):
        if isinstance(each, AdjustRule):
            yield each.measure, ("rules", index, "measure")
        elif isinstance(each, VetoRule) and each.when.measure is not None:
            yield each.when.measure, ("rules", index, "when", "measure")
    if scheme.variants is not None:
        yield scheme.variants.by, ("variants", "by")
