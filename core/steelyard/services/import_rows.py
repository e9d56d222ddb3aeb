"""Import rows: what a table's rows are about, checked against the units and calendars there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from steelyard.errors import InvalidInput, Place, Problem
from steelyard.intake.cell import shown
from steelyard.intake.table import Table
from steelyard.scoring.observations import Rows
from steelyard.scoring.outcome import Status
from steelyard.scoring.rubrics.function import exact_value
from steelyard.services import problems as p
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.structure import Structure
from steelyard.store.attributes import Setting
from steelyard.store.measurements import Reading
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord

SUGGESTED = 20
"""For how many unknown units the nearest known one is looked for: each search takes its time."""


@dataclass(frozen=True)
class ImportRows:
    """A table whose units and periods are all known or may be made.

    periods: by number in the observations the period's code. new_units: the codes that are not there yet.
    """

    table: Table
    periods: tuple[str, ...]
    new_units: tuple[str, ...]

    @property
    def units(self) -> tuple[str, ...]:
        """By number in the observations the unit's code."""
        return self.table.observations.units

    @property
    def columns(self) -> tuple[str, ...]:
        """The measures that have a column, in the scheme's order."""
        return tuple(each for each in self.table.observations.measures if each in self.table.given)

    @property
    def empty(self) -> int:
        """How many cells of these columns say nothing."""
        status = self.table.observations.status[self._lines()]
        return int(np.count_nonzero(status == Status.MISSING))

    def readings(
        self,
        start: int,
        stop: int,
        units: Mapping[str, UnitRecord],
        periods: Mapping[str, PeriodRecord],
    ) -> list[Reading]:
        """What the rows from `start` up to, but not including, `stop` say."""
        seen = self.table.observations
        unit_ids = [units[self.units[number]].id for number in seen.unit[start:stop].tolist()]
        period_ids = [periods[self.periods[number]].id for number in seen.period[start:stop].tolist()]
        places = self.table.lines[start:stop].tolist()
        found = []
        for line in self._lines().tolist():
            measure = seen.measures[line]
            status = seen.status[line, start:stop]
            for at in np.flatnonzero(status != Status.MISSING).tolist():
                value = self._value(line, start + at) if status[at] == Status.VALUE else None
                found.append(Reading(unit_ids[at], period_ids[at], measure, value, places[at]))
        return found

    def settings(self, units: Mapping[str, UnitRecord], periods: Mapping[str, PeriodRecord]) -> list[Setting]:
        """The attributes that the table gives units, from the first day of each row's period.

        Raises InvalidInput where two rows give a unit different ones from the same day.
        """
        found: dict[tuple[str, str, date], str] = {}
        differing = []
        for row, unit, period, name, value in self._attributes():
            key = unit, name, periods[period].start
            first = found.setdefault(key, value)
            if first != value:
                values = {
                    "unit": shown(unit),
                    "attribute": name,
                    "day": key[2],
                    "first": shown(first),
                    "second": shown(value),
                }
                place = Place(row=int(self.table.lines[row]), field=name)
                differing.append(Problem(p.IMPORT_ATTRIBUTE_DIFFERS, place, values))
        if differing:
            raise InvalidInput(differing)
        settings = [Setting(units[unit].id, name, value, day) for (unit, name, day), value in found.items()]
        return sorted(settings, key=lambda setting: setting.valid_from)

    def _attributes(self) -> Iterator[tuple[int, str, str, str, str]]:
        seen = self.table.observations
        for name, texts in seen.attributes.items():
            for row, value in enumerate(texts.tolist()):
                if value is not None:
                    yield row, self.units[seen.unit[row]], self.periods[seen.period[row]], name, value

    def _lines(self) -> Rows:
        measures = self.table.observations.measures
        return np.array([i for i, name in enumerate(measures) if name in self.table.given], dtype=np.intp)

    def _value(self, line: int, row: int) -> Fraction:
        seen = self.table.observations
        long = seen.exact.get((line, row))
        return exact_value(seen.values.item(line, row)) if long is None else long


def check_rows(
    table: Table, file: str, entry: SchemeEntry, known: Structure, period: str | None, *, create_units: bool
) -> ImportRows:
    """Check whom and when the rows are about; `period` is that of a table that names none.

    Raises InvalidInput with all problems.
    """
    seen = table.observations
    codes = tuple(key.code or period or "" for key in seen.periods)
    new = tuple(code for code in seen.units if not known.has_unit(code))
    found = [*_period_problems(table, file, entry, codes), *_type_problems(table, file, entry, known)]
    if not create_units:
        found += _unknown_units(table, file, known, new)
    if found:
        raise InvalidInput(sorted(found, key=lambda problem: problem.place.row or 0))
    return ImportRows(table, codes, new)


def _period_problems(table: Table, file: str, entry: SchemeEntry, codes: Sequence[str]) -> Iterator[Problem]:
    calendars = ", ".join(calendar.code for calendar in entry.calendars)
    rows = _rows_of(table, table.observations.period)
    for number, code in enumerate(codes):
        if not code:
            yield Problem(p.IMPORT_NO_PERIOD, Place(file))
        elif entry.period(code) is None:
            line, count = rows[number]
            example = entry.calendars[0].at(2025, 0).code
            values = {"period": shown(code), "calendars": calendars, "rows": count, "example": example}
            yield Problem(p.IMPORT_UNKNOWN_PERIOD, Place(file, row=line, field="period"), values)


def _type_problems(table: Table, file: str, entry: SchemeEntry, known: Structure) -> Iterator[Problem]:
    expected = entry.scheme.unit_type
    rows = _rows_of(table, table.observations.unit)
    for number, code in enumerate(table.observations.units):
        unit = known.unit(code) if known.has_unit(code) else None
        if unit is not None and unit.unit_type != expected:
            values = {"unit": code, "found": unit.unit_type, "scheme": entry.code, "expected": expected}
            yield Problem(p.UNIT_NOT_SCORED, Place(file, row=rows[number][0], field="unit"), values)


def _unknown_units(table: Table, file: str, known: Structure, new: Sequence[str]) -> Iterator[Problem]:
    numbers = {code: number for number, code in enumerate(table.observations.units)}
    codes = [unit.code for unit in known.units]
    rows = _rows_of(table, table.observations.unit)
    for place, code in enumerate(new):
        line, count = rows[numbers[code]]
        values = {**p.near(shown(code), codes if place < SUGGESTED else ()), "rows": count}
        yield Problem(p.IMPORT_UNKNOWN_UNIT, Place(file, row=line, field="unit"), values)


def _rows_of(table: Table, column: Rows) -> list[tuple[int, int]]:
    """For each number in a column the line of its first row, and how many rows have it."""
    _, first, counts = np.unique(column, return_index=True, return_counts=True)
    return list(zip(table.lines[first].tolist(), counts.tolist(), strict=True))
