"""Volumes of roll-ups: counts and sums of the pack, or measures that a scheme reads anyway."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from steelyard.errors import Kind, Problem
from steelyard.intake.measure import MeasureUse
from steelyard.packs import problems as p
from steelyard.packs.contribution import Contribution
from steelyard.packs.record_checks.measures import kinds_of
from steelyard.packs.record_checks.notations import scheme_uses
from steelyard.packs.scheme_file import SchemeFile
from steelyard.scheme.document import Path
from steelyard.scheme.rollup import ByVolume, RollUp
from steelyard.scheme.suggestion import suggested

_QUANTITIES = frozenset({"count", "sum", "distinct"})


def volume_problems(pack: Contribution, schemes: Sequence[SchemeFile]) -> Iterator[Problem]:
    """List volumes that are no quantities, and those that nothing in the pack tells of."""
    uses = scheme_uses(pack, schemes)
    for file in schemes:
        rules = None if file.scheme is None else file.scheme.rollup
        for axis, volume in _volumes(rules or RollUp()):
            read = _read(uses.get(file.name or "", {}))
            yield from _problems(pack, file, ("rollup", axis, "volume"), volume, read)


def _volumes(rules: RollUp) -> Iterator[tuple[str, str]]:
    for axis, rule in (("units", rules.units), ("periods", rules.periods)):
        if isinstance(rule, ByVolume):
            yield axis, rule.volume


def _read(uses: Mapping[str, MeasureUse]) -> list[str]:
    """What indicators and rules read."""
    return [name for name, use in uses.items() if use.by_leaf or use.by_rule]


def _problems(
    pack: Contribution, file: SchemeFile, path: Path, volume: str, read: Sequence[str]
) -> Iterator[Problem]:
    declared = {measure.measure: measure for measure in pack.measures}
    if volume in declared:
        kinds = kinds_of(declared[volume])
        if len(kinds) == 1 and kinds[0] not in _QUANTITIES:
            yield _at(file, p.VOLUME_MISFIT, path, {"measure": volume, "sort": kinds[0]})
    elif declared and volume not in read:
        quantities = [name for name, each in declared.items() if _QUANTITIES & set(kinds_of(each))]
        yield _at(file, p.VOLUME_UNKNOWN, path, suggested(volume, [*quantities, *read]))


def _at(file: SchemeFile, kind: Kind, path: Path, values: Mapping[str, object]) -> Problem:
    if file.document is None:
        return Problem(kind, values=values)
    return file.document.problem(kind, file.document.mark(path), **values)
