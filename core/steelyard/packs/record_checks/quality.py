"""The checks of data quality of a table."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.errors import Problem
from steelyard.packs import problems as p
from steelyard.packs.record_checks.conditions import condition_problems
from steelyard.packs.record_checks.finder import Finder, repeated
from steelyard.records.check import RecordCheck
from steelyard.records.operand import AMOUNTS
from steelyard.scheme.document import Path

_KINDS = ("flag", "missing", "duplicate", "outlier")
_CHECK = {"what_zh": "检查", "what_en": "check"}


def quality_problems(finder: Finder, above: Path) -> Iterator[Problem]:
    """List what cannot stand among the checks of a table."""
    for index, name in repeated([check.check for check in finder.table.checks]):
        yield finder.fault(p.RECORD_DUPLICATE, (*above, "checks", index, "check"), name=name, **_CHECK)
    for index, check in enumerate(finder.table.checks):
        yield from _check(finder, check, (*above, "checks", index))


def _check(finder: Finder, check: RecordCheck, path: Path) -> Iterator[Problem]:
    given = [name for name in _KINDS if getattr(check, name) is not None]
    yield from finder.one_of(path, given, _KINDS)
    yield from condition_problems(finder, check.among, (*path, "among"))
    if check.flag is not None:
        yield from finder.empty((*path, "flag"), check.flag)
        yield from condition_problems(finder, check.flag, (*path, "flag"))
    if check.missing is not None:
        yield from finder.unknown((*path, "missing"), check.missing)
    if check.duplicate is not None:
        yield from finder.empty((*path, "duplicate"), check.duplicate)
        for index, name in enumerate(check.duplicate):
            yield from finder.unknown((*path, "duplicate", index), name)
    if check.outlier is not None:
        at = (*path, "outlier")
        yield from finder.typed((*at, "column"), check.outlier.column, AMOUNTS, check.check)
        if check.outlier.times.resolved({}) <= 0:
            yield finder.fault(p.RECORD_OUTLIER_TIMES, (*at, "times"), found=str(check.outlier.times))
