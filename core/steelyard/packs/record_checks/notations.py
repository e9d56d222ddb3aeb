"""Measures against the schemes that read them: a count is no rate, and nobody reads a misspelt name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from steelyard.errors import InvalidInput, Kind, Problem, Text
from steelyard.intake.measure import MeasureUse, measure_uses
from steelyard.intake.notation import Notation
from steelyard.packs import problems as p
from steelyard.packs.contribution import Contribution
from steelyard.packs.record_checks.measures import kinds_of
from steelyard.packs.scheme_file import SchemeFile
from steelyard.records.column import ColumnType
from steelyard.records.files import MEASURES
from steelyard.records.measure import MeasureDefinition
from steelyard.scheme.suggestion import suggested

_RATES = frozenset({Notation.PERCENT, Notation.RATE, Notation.SHARE})
_COUNTED = frozenset({"count", "sum", "distinct"})
_RATE, _CASES = Text("比率", "rate"), Text("例数", "number of cases")


def notation_problems(pack: Contribution, schemes: Sequence[SchemeFile]) -> Iterator[Problem]:
    """List measures whose kind cannot be what a scheme of the pack reads them as."""
    for name, uses in scheme_uses(pack, schemes).items():
        for index, measure in enumerate(pack.measures):
            use = uses.get(measure.measure)
            kind, read_as = (None, None) if use is None else _misfit(pack, measure, use.notation)
            if kind is not None and read_as is not None:
                values = {"measure": measure.measure, "scheme": name, "sort": kinds_of(measure)[0]}
                values |= {"as_zh": read_as.zh, "as_en": read_as.en}
                path = ("measures", index, kinds_of(measure)[0])
                yield pack.problem(kind, MEASURES, path, **values)


def unread_measures(pack: Contribution, schemes: Sequence[SchemeFile]) -> Iterator[Problem]:
    """Warn of measures without a note that no scheme of the pack reads; not where one could not be read."""
    found = scheme_uses(pack, schemes)
    if len(found) != len(schemes):
        return
    read = list(dict.fromkeys(name for uses in found.values() for name in uses))
    mine = {measure.measure for measure in pack.measures}
    for index, measure in enumerate(pack.measures):
        if measure.measure not in read and measure.note is None:
            values = suggested(measure.measure, [name for name in read if name not in mine])
            yield pack.problem(p.MEASURE_UNREAD, MEASURES, ("measures", index, "measure"), **values)


def scheme_uses(pack: Contribution, schemes: Sequence[SchemeFile]) -> Mapping[str, Mapping[str, MeasureUse]]:
    """What each scheme that can be used reads, by name."""
    rubrics = {rubric.name: rubric for rubric in pack.rubrics}
    found: dict[str, Mapping[str, MeasureUse]] = {}
    for file in schemes:
        if file.scheme is not None:
            try:
                found[file.scheme.scheme] = measure_uses(file.scheme, rubrics)
            except InvalidInput:
                # A rubric that is not registered is told where the scheme is looked at.
                continue
    return found


def _misfit(
    pack: Contribution, measure: MeasureDefinition, notation: Notation
) -> tuple[Kind | None, Text | None]:
    """What is wrong with a measure that is written so, if anything is."""
    kinds = kinds_of(measure)
    if len(kinds) != 1:
        return None, None
    if notation in _RATES and (kinds[0] in _COUNTED or _is_time(pack, measure)):
        return p.MEASURE_MISFIT, _RATE
    if notation is Notation.COUNT and kinds[0] == "share":
        return p.MEASURE_MISFIT, _CASES
    if notation is Notation.PLAIN and kinds[0] == "share":
        return p.MEASURE_SCALE, _CASES
    return None, None


def _is_time(pack: Contribution, measure: MeasureDefinition) -> bool:
    """Whether it is the mean or a quantile of a duration."""
    of = measure.mean or measure.quantile
    types = next((table.types for table in pack.tables if table.table == measure.table), {})
    return of is not None and types.get(of.column) is ColumnType.DURATION
