"""A table of measurements: one row a unit and period, one column a measure.

    unit,period,FD.CORE,FD.5S
    Dealer 7,2014,100,43

An empty cell is MISSING, `n/a` is NOT_APPLICABLE. Every cell is used or reported; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from steelyard.errors import InvalidInput, Place, Problem
from steelyard.intake.attribute import Texts, read_attribute, variant_warnings
from steelyard.intake.cell import Fault, shown
from steelyard.intake.column import read_column
from steelyard.intake.encoding import decode
from steelyard.intake.faults import Faults
from steelyard.intake.grid import Grid, read_grid
from steelyard.intake.header import Header, headings, read_header
from steelyard.intake.key import RowKeys, read_keys
from steelyard.intake.measure import MeasureUse, measure_uses
from steelyard.intake.period import period_keys
from steelyard.intake.problems import ABSENT_COLUMNS
from steelyard.scheme.calendar import BUILT_IN, Calendar
from steelyard.scheme.model import Scheme
from steelyard.scoring.observations import Observations
from steelyard.scoring.outcome import Status
from steelyard.scoring.rubrics import PythonRubric

NO_RUBRICS: Mapping[str, PythonRubric] = MappingProxyType({})
NAMED_ABSENT = 10


@dataclass(frozen=True)
class Table:
    """What a table says.

    observations: n rows in the order of the file, all measures that the scheme reads.
    given: the measures that have a column. lines: (n,) the line of the file at which each row starts.
    """

    observations: Observations
    given: frozenset[str]
    lines: NDArray[np.intp]
    warnings: tuple[Problem, ...] = ()


def read_table(
    data: bytes,
    file: str,
    scheme: Scheme,
    *,
    rubrics: Mapping[str, PythonRubric] = NO_RUBRICS,
    calendars: Mapping[str, Calendar] = BUILT_IN,
) -> Table:
    """Read a CSV table (UTF-8 or GB18030; comma, semicolon or tab) of what `scheme` measures.

    `file` names the table in messages. Raises InvalidInput with all problems at once.
    """
    text, warnings = decode(data, file)
    return _Reading(file, scheme, rubrics, calendars, list(warnings)).read(text)


def read_table_text(
    text: str,
    file: str,
    scheme: Scheme,
    *,
    rubrics: Mapping[str, PythonRubric] = NO_RUBRICS,
    calendars: Mapping[str, Calendar] = BUILT_IN,
) -> Table:
    """Read a table from text; otherwise as `read_table`."""
    return _Reading(file, scheme, rubrics, calendars, []).read(text)


@dataclass
class _Reading:
    """One table while it is read: what is known about it, and the problems found so far."""

    file: str
    scheme: Scheme
    rubrics: Mapping[str, PythonRubric]
    calendars: Mapping[str, Calendar]
    warnings: list[Problem]

    def __post_init__(self) -> None:
        self.faults = Faults(self.file)

    def read(self, text: str) -> Table:
        uses = measure_uses(self.scheme, self.rubrics)
        grid = read_grid(text, self.faults)
        if grid is None:
            raise InvalidInput(self.faults.problems())
        known = headings(self.scheme, uses.values())
        header = read_header(grid, known, self.scheme, self.faults)
        keys = read_keys(grid, header, self.faults)
        cells = list(zip(*grid.rows, strict=True)) or [()] * len(grid.header)
        attributes = self._attributes(grid, header, cells)
        observations = self._observations(grid, header, keys, uses, cells, attributes)
        if self.faults:
            raise InvalidInput(self.faults.problems())
        lines = np.array(grid.lines, dtype=np.intp)
        return Table(observations, frozenset(header.measures), lines, tuple(self.warnings))

    def _observations(
        self,
        grid: Grid,
        header: Header,
        keys: RowKeys,
        uses: Mapping[str, MeasureUse],
        cells: Sequence[Sequence[str]],
        attributes: Mapping[str, Texts],
    ) -> Observations:
        shape = (len(uses), len(grid.rows))
        values, status, exact = np.full(shape, np.nan), np.empty(shape, dtype=np.uint8), {}
        for line, use in enumerate(uses.values()):
            index = header.measures.get(use.measure)
            if index is None:
                status[line] = Status.EMPTY_FEED if use.by_rule else Status.MISSING
                continue
            column = read_column(cells[index], use.notation)
            values[line], status[line] = column.values, column.status
            exact.update({(line, row): number for row, number in column.exact.items()})
            self._report(grid, index, column.faults, use.measure)
        self._warn_absent(header, uses)
        place = Place(self.file)
        periods = period_keys(keys.periods, self.scheme, self.calendars, place, self.warnings)
        return Observations(
            tuple(uses), keys.units, periods, values, status, keys.unit, keys.period, attributes, exact
        )

    def _attributes(self, grid: Grid, header: Header, cells: Sequence[Sequence[str]]) -> Mapping[str, Texts]:
        attributes = {}
        for name, index in header.attributes.items():
            attributes[name], faults = read_attribute(name, cells[index], self.scheme)
            self._report(grid, index, faults, name)
        if self.scheme.variants is not None:
            texts = attributes.get(self.scheme.variants.by)
            place = Place(self.file)
            self.warnings += variant_warnings(self.scheme, texts, len(grid.rows), place)
        return attributes

    def _report(self, grid: Grid, index: int, faults: Sequence[tuple[int, Fault]], name: str) -> None:
        title = shown(grid.header[index])
        for row, fault in faults:
            self.faults.add(fault.kind, grid.lines[row], title, measure=name, **fault.values)

    def _warn_absent(self, header: Header, uses: Mapping[str, MeasureUse]) -> None:
        absent = [name for name, use in uses.items() if use.by_leaf and name not in header.measures]
        if absent:
            more = f" … (+{len(absent) - NAMED_ABSENT})" if len(absent) > NAMED_ABSENT else ""
            values = {"measures": ", ".join(absent[:NAMED_ABSENT]) + more}
            self.warnings.append(Problem(ABSENT_COLUMNS, Place(self.file), values))
