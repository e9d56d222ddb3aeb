"""Which column of a table is what: the unit, the period, a measure or an attribute of the unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from steelyard.errors import Kind
from steelyard.intake.cell import shown
from steelyard.intake.faults import Faults
from steelyard.intake.grid import UNIT_HEADERS, Grid
from steelyard.intake.measure import MeasureUse
from steelyard.intake.problems import (
    AMBIGUOUS_COLUMN,
    DUPLICATE_COLUMN,
    NO_UNIT_COLUMN,
    UNKNOWN_COLUMN,
    UNNAMED_COLUMN,
)
from steelyard.scheme.model import Scheme
from steelyard.scheme.suggestion import suggested
from steelyard.scoring.variants import attributes_read

PERIOD_HEADERS = ("period", "考核周期", "周期")
NAMED = 20


class Role(Enum):
    """What a column holds."""

    UNIT = auto()
    PERIOD = auto()
    MEASURE = auto()
    ATTRIBUTE = auto()


@dataclass(frozen=True, slots=True)
class Target:
    """What a column stands for: its role and the name of the measure or attribute."""

    role: Role
    name: str


UNIT, PERIOD = Target(Role.UNIT, "unit"), Target(Role.PERIOD, "period")


@dataclass(frozen=True, slots=True)
class Headings:
    """The texts that may head a column: names first, then titles, which may mean several things."""

    names: Mapping[str, list[Target]]
    titles: Mapping[str, list[Target]]

    def find(self, header: str) -> Sequence[Target]:
        """Return what `header` may mean: nothing, one thing, or several."""
        return self.names.get(header) or self.titles.get(header) or ()


@dataclass(slots=True)
class Header:
    """Where each thing stands: indices into the row's fields.  unknown: the columns that nothing reads."""

    unit: int | None = None
    period: int | None = None
    measures: dict[str, int] = field(default_factory=dict)
    attributes: dict[str, int] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


def headings(scheme: Scheme, uses: Iterable[MeasureUse]) -> Headings:
    """Collect all texts that a table for `scheme` may have in its header."""
    names: dict[str, list[Target]] = {UNIT.name: [UNIT], PERIOD.name: [PERIOD]}
    titles: dict[str, list[Target]] = {}
    for text in UNIT_HEADERS:
        titles.setdefault(text, []).append(UNIT)
    for text in PERIOD_HEADERS:
        titles.setdefault(text, []).append(PERIOD)
    for use in uses:
        target = Target(Role.MEASURE, use.measure)
        names.setdefault(use.measure, []).append(target)
        for title in use.titles:
            titles.setdefault(title.strip(), []).append(target)
    for name in attributes_read(scheme):
        names.setdefault(name, []).append(Target(Role.ATTRIBUTE, name))
    return Headings(names, titles)


def read_header(grid: Grid, known: Headings, scheme: Scheme, faults: Faults) -> Header:
    """Find out what each column stands for; columns with faults are left out and reported."""
    columns: dict[Target, int] = {}
    unknown: list[str] = []
    for index, text in enumerate(grid.header):
        kind = _fault(grid, index, known, columns)
        if kind is not None:
            values = _values(kind, grid, index, known, columns) if faults.lists(kind) else {}
            unknown += [text] * (kind is UNKNOWN_COLUMN)
            faults.add(kind, grid.header_line, shown(text) or None, scheme=scheme.scheme, **values)
        elif text:
            columns[known.find(text)[0]] = index
    if UNIT not in columns:
        found = ", ".join(map(shown, grid.header[:NAMED])) + " …" * (len(grid.header) > NAMED)
        faults.add(NO_UNIT_COLUMN, grid.header_line, found=found or "–")
    return _arranged(columns, unknown)


def _fault(grid: Grid, index: int, known: Headings, columns: Mapping[Target, int]) -> Kind | None:
    text = grid.header[index]
    found = known.find(text)
    if not text:
        return UNNAMED_COLUMN if any(row[index].strip() for row in grid.rows) else None
    if len(found) != 1:
        return AMBIGUOUS_COLUMN if found else UNKNOWN_COLUMN
    return DUPLICATE_COLUMN if found[0] in columns else None


def _values(
    kind: Kind, grid: Grid, index: int, known: Headings, columns: Mapping[Target, int]
) -> dict[str, object]:
    """What the message about a column says of it."""
    text = shown(grid.header[index])
    found = known.find(grid.header[index])
    if kind is UNKNOWN_COLUMN:
        return suggested(text, [*known.names, *known.titles])
    if kind is AMBIGUOUS_COLUMN:
        return {"header": text, "meanings": ", ".join(target.name for target in found)}
    if kind is DUPLICATE_COLUMN:
        return {"header": text, "first": shown(grid.header[columns[found[0]]]), "name": found[0].name}
    return {"number": index + 1}


def _arranged(columns: Mapping[Target, int], unknown: list[str]) -> Header:
    header = Header(columns.get(UNIT), columns.get(PERIOD), unknown=unknown)
    for target, index in columns.items():
        if target.role is Role.MEASURE:
            header.measures[target.name] = index
        elif target.role is Role.ATTRIBUTE:
            header.attributes[target.name] = index
    return header
