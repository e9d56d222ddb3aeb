"""Sample tables against the schemes, units and calendars of their pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from steelyard.errors import InvalidInput, Place, Problem
from steelyard.intake.problems import PERIODS_OF_NO_CALENDAR, UNKNOWN_VARIANT, VARIANT_NOT_GIVEN
from steelyard.intake.table import Table, read_table_text
from steelyard.packs import problems as p
from steelyard.packs.checking.attributes import known_variants, table_attributes
from steelyard.packs.contribution import Contribution
from steelyard.packs.folder import UNITS
from steelyard.packs.records import SampleTable, SampleUnit
from steelyard.packs.scheme_file import SchemeFile
from steelyard.scheme.calendar import Calendar, find_period
from steelyard.scheme.model import Scheme
from steelyard.scheme.outline import leaves
from steelyard.scheme.rubric import PointsRubric, ScaleRubric
from steelyard.scheme.suggestion import suggested
from steelyard.scoring import PythonRubric

_SAID_BETTER = frozenset({PERIODS_OF_NO_CALENDAR, UNKNOWN_VARIANT, VARIANT_NOT_GIVEN})
"""What the table alone cannot know: its units have attributes, and its pack has calendars."""


def table_problems(
    pack: Contribution,
    table: SampleTable,
    file: SchemeFile,
    scheme: Scheme,
    calendars: Mapping[str, Calendar],
) -> Iterator[Problem]:
    """List what is wrong with one table, cell by cell, and with the units that it names."""
    rubrics: dict[str, PythonRubric] = {rubric.name: rubric for rubric in pack.rubrics}
    try:
        read = read_table_text(table.text, table.file, scheme, rubrics=rubrics, calendars=calendars)
    except InvalidInput as error:
        yield from error.problems
        return
    yield from (_in_line(warning) for warning in read.warnings if warning.kind not in _SAID_BETTER)
    yield from _above_full(read, table, scheme)
    yield from _outside_scale(read, table, scheme)
    yield from _periods(read, table, scheme, calendars)
    units = {unit.code: (index, unit) for index, unit in enumerate(pack.samples.units)}
    named: list[tuple[int, SampleUnit]] = []
    for code, row in _first_rows(read.observations.units, read.observations.unit, read):
        if code in units:
            named.append(units[code])
        elif UNITS not in pack.broken:
            yield Problem(p.SAMPLE_UNIT, Place(table.file, row=row, field="unit"), suggested(code, units))
    yield from table_attributes(read, table.file, scheme, {code: unit for code, (_, unit) in units.items()})
    yield from _types(pack, named, file, scheme)
    yield from _variants(pack, named, scheme)


def _in_line(warning: Problem) -> Problem:
    """What is said of the columns stands in the first line."""
    if warning.place.row is not None:
        return warning
    return replace(warning, place=replace(warning.place, row=1))


def _above_full(read: Table, table: SampleTable, scheme: Scheme) -> Iterator[Problem]:
    """Warn of points above the full mark, which are cut to it."""
    for spot in leaves(scheme):
        leaf = spot.indicator
        measure = leaf.measure or leaf.code
        if not isinstance(leaf.rubric, PointsRubric) or not leaf.rubric.clip or leaf.points is None:
            continue
        full = float(leaf.points.resolved({}))
        values = read.observations.values[read.observations.measures.index(measure)]
        for row in np.flatnonzero(values > full).tolist():
            words = {"found": f"{values[row]:g}", "full": leaf.points, "code": leaf.code}
            place = Place(table.file, row=int(read.lines[row]), field=measure)
            yield Problem(p.SAMPLE_ABOVE_FULL, place, words)


def _outside_scale(read: Table, table: SampleTable, scheme: Scheme) -> Iterator[Problem]:
    """Warn of values beyond the ends of a scale, which count as its ends."""
    for spot in leaves(scheme):
        leaf = spot.indicator
        measure = leaf.measure or leaf.code
        if not isinstance(leaf.rubric, ScaleRubric) or not leaf.rubric.clip:
            continue
        if leaf.rubric.min.value is None or leaf.rubric.max.value is None:
            # Parameters may differ from unit to unit.
            continue
        low, high = float(leaf.rubric.min.value), float(leaf.rubric.max.value)
        values = read.observations.values[read.observations.measures.index(measure)]
        for row in np.flatnonzero((values < low) | (values > high)).tolist():
            words = {"found": f"{values[row]:g}", "low": leaf.rubric.min, "high": leaf.rubric.max}
            place = Place(table.file, row=int(read.lines[row]), field=measure)
            yield Problem(p.SAMPLE_OUTSIDE_SCALE, place, {**words, "code": leaf.code})


def _first_rows(codes: tuple[str, ...], numbers: np.ndarray, read: Table) -> Iterator[tuple[str, int]]:
    """Each code with the line of the file that it first stands in."""
    for number, code in enumerate(codes):
        rows = np.flatnonzero(numbers == number)
        if rows.size:
            yield code, int(read.lines[rows[0]])


def _periods(
    read: Table, table: SampleTable, scheme: Scheme, calendars: Mapping[str, Calendar]
) -> Iterator[Problem]:
    allowed = [calendars[name] for name in scheme.calendar if name in calendars]
    if not allowed:
        return
    codes = tuple(key.code for key in read.observations.periods)
    example = allowed[0].at(2025, 0).code
    for code, row in _first_rows(codes, read.observations.period, read):
        if find_period(code, allowed) is None:
            names = ", ".join(calendar.code for calendar in allowed)
            values = {"period": code, "calendars": names, "example": example}
            yield Problem(p.SAMPLE_PERIOD, Place(table.file, row=row, field="period"), values)


def _types(
    pack: Contribution, named: list[tuple[int, SampleUnit]], file: SchemeFile, scheme: Scheme
) -> Iterator[Problem]:
    """Units are of the scheme's type; where none is, the scheme is likelier to be wrong than all of them."""
    wrong = [(index, unit) for index, unit in named if unit.type != scheme.unit_type]
    if wrong and len(wrong) == len(named) > 1 and file.document is not None:
        mark = file.document.mark(("unit_type",))
        values = _type_values(wrong[0][1], scheme)
        yield file.document.problem(p.SAMPLE_UNIT_TYPE, mark, **values)
        return
    for index, unit in wrong:
        yield pack.problem(p.SAMPLE_UNIT_TYPE, UNITS, ("units", index, "type"), **_type_values(unit, scheme))


def _type_values(unit: SampleUnit, scheme: Scheme) -> dict[str, object]:
    return {"unit": unit.code, "found": unit.type, "scheme": scheme.scheme, "expected": scheme.unit_type}


def _variants(pack: Contribution, named: list[tuple[int, SampleUnit]], scheme: Scheme) -> Iterator[Problem]:
    variants = scheme.variants
    if variants is None:
        return
    known = known_variants(scheme)
    for index, unit in named:
        value = unit.attributes.get(variants.by)
        if value is not None and value not in known:
            values = {"scheme": scheme.scheme, "attribute": variants.by, **suggested(value, known)}
            path = ("units", index, "attributes", variants.by)
            yield pack.problem(p.SAMPLE_ATTRIBUTE, UNITS, path, **values)
