"""Measures: of which kind they are, and what they read."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.errors import Problem
from steelyard.packs import problems as p
from steelyard.packs.contribution import Contribution
from steelyard.packs.record_checks.conditions import condition_problems
from steelyard.packs.record_checks.finder import Finder, repeated
from steelyard.records.files import MEASURES, RECORDS
from steelyard.records.measure import MeasureDefinition, OfColumn, RatioPart
from steelyard.records.operand import AMOUNTS
from steelyard.scheme.document import Path
from steelyard.scheme.suggestion import suggested

KINDS = ("count", "sum", "mean", "share", "ratio", "quantile", "distinct")
_PARTS = ("count", "sum", "distinct")
_MEASURE = {"what_zh": "度量", "what_en": "measure"}


def measure_problems(pack: Contribution) -> Iterator[Problem]:
    """List what cannot stand in `measures.yaml`; not measured against tables that could not be read."""
    for index, name in repeated([measure.measure for measure in pack.measures]):
        at = ("measures", index, "measure")
        yield pack.problem(p.RECORD_DUPLICATE, MEASURES, at, name=name, **_MEASURE)
    if RECORDS in pack.broken:
        return
    finders = {table.table: Finder(pack, table, MEASURES) for table in reversed(pack.tables)}
    for index, measure in enumerate(pack.measures):
        path = ("measures", index)
        finder = finders.get(measure.table)
        if finder is None:
            yield _unknown_table(pack, measure.table, finders, (*path, "table"))
        else:
            yield from _measure(finder, finders, measure, path)


def kinds_of(measure: MeasureDefinition) -> list[str]:
    """The kinds that are given: one, where the measure is sound."""
    return [kind for kind in KINDS if getattr(measure, kind) is not None]


def _unknown_table(pack: Contribution, name: str, finders: dict[str, Finder], path: Path) -> Problem:
    return pack.problem(p.RECORD_UNKNOWN_TABLE, MEASURES, path, **suggested(name, [*finders][::-1]))


def _measure(
    finder: Finder, finders: dict[str, Finder], measure: MeasureDefinition, path: Path
) -> Iterator[Problem]:
    yield from finder.one_of(path, kinds_of(measure), KINDS)
    if measure.count is not None:
        yield from condition_problems(finder, measure.count.where, (*path, "count", "where"))
    if measure.share is not None:
        at = (*path, "share")
        yield from finder.empty((*at, "where"), measure.share.where)
        yield from condition_problems(finder, measure.share.where, (*at, "where"))
        yield from condition_problems(finder, measure.share.among, (*at, "among"))
    for kind in ("sum", "mean", "quantile", "distinct"):
        of: OfColumn | None = getattr(measure, kind)
        if of is not None:
            yield from _of_column(finder, of, kind, (*path, kind))
    if measure.ratio is not None:
        yield from _side(finder, finders, measure.ratio.of, (*path, "ratio", "of"))
        yield from _side(finder, finders, measure.ratio.to, (*path, "ratio", "to"))


def _of_column(finder: Finder, of: OfColumn, kind: str, path: Path) -> Iterator[Problem]:
    if kind == "distinct":
        yield from finder.unknown((*path, "column"), of.column)
    else:
        yield from finder.typed((*path, "column"), of.column, AMOUNTS, kind)
    yield from condition_problems(finder, of.where, (*path, "where"))


def _side(finder: Finder, finders: dict[str, Finder], side: RatioPart, path: Path) -> Iterator[Problem]:
    yield from finder.one_of(path, [kind for kind in _PARTS if getattr(side, kind) is not None], _PARTS)
    other = finder if side.table is None else finders.get(side.table)
    if other is None:
        yield _unknown_table(finder.pack, str(side.table), finders, (*path, "table"))
        return
    if side.count is not None:
        yield from condition_problems(other, side.count.where, (*path, "count", "where"))
    if side.sum is not None:
        yield from _of_column(other, side.sum, "sum", (*path, "sum"))
    if side.distinct is not None:
        yield from _of_column(other, side.distinct, "distinct", (*path, "distinct"))
