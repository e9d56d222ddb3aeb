"""Every figure comes from somewhere: the source is named, or the figure is marked as assumed and why."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.errors import Problem
from steelyard.packs import problems as p
from steelyard.packs.records import SchemeSource
from steelyard.packs.registry import InstalledScheme
from steelyard.packs.scheme_file import document_of
from steelyard.scheme.document import Path
from steelyard.scheme.model import Indicator, Scheme
from steelyard.scheme.rubric import PointsRubric
from steelyard.scheme.rule import RuleBase

_HEAD = {"pass_": "pass", "min_coverage": "min_coverage", "bands": "bands", "parameters": "parameters"}


def unfounded(installed: InstalledScheme) -> Iterator[Problem]:
    """Find a scheme's figures of unknown origin.

    A `source`, or `assumed`, holds for the indicator or rule that has it and all below; in the head it
    holds for the whole scheme.
    """
    scheme = installed.scheme
    if not _is_founded(scheme):
        document = document_of(SchemeSource(installed.file, installed.text))
        for path, what in _unsourced(scheme):
            yield document.problem(p.NO_SOURCE, document.mark(path), what=what)


def _is_founded(part: Scheme | Indicator | RuleBase) -> bool:
    return part.assumed or part.source is not None


def _unsourced(scheme: Scheme) -> Iterator[tuple[Path, str]]:
    """What has figures of its own, and neither source nor assumption here or above."""
    for field, name in _HEAD.items():
        if field in scheme.model_fields_set and getattr(scheme, field) is not None:
            yield (name,), name
    for index, indicator in enumerate(scheme.indicators):
        yield from _unsourced_below(indicator, ("indicators", index))
    for index, rule in enumerate(scheme.rules):
        if not _is_founded(rule):
            yield ("rules", index), rule.id


def _unsourced_below(node: Indicator, path: Path) -> Iterator[tuple[Path, str]]:
    if _is_founded(node):
        return
    judged = node.rubric is not None and not isinstance(node.rubric, PointsRubric)
    if judged or any(part is not None for part in (node.points, node.weight, node.pass_, node.applies_if)):
        yield path, node.code
    for index, child in enumerate(node.children or ()):
        yield from _unsourced_below(child, (*path, "children", index))
