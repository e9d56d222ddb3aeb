"""Tables of units: one row a unit, and all that is wrong with a table at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from steelyard.errors import InvalidInput, Problem
from steelyard.intake import problems as t
from steelyard.intake.encoding import decode
from steelyard.intake.faults import LISTED, Faults
from steelyard.intake.grid import UNIT_HEADERS, Grid, read_grid
from steelyard.scheme.suggestion import suggested
from steelyard.services.administration import unit_table_problems as u
from steelyard.services.administration.texts import code_problems, shown, text_problems

ATTRIBUTE = "attribute."
COLUMNS: Mapping[str, Sequence[str]] = {
    "unit": (*UNIT_HEADERS, "代码"),
    "type": ("type", "类型"),
    "title_zh": ("title_zh", "中文名称"),
    "title_en": ("title_en", "英文名称"),
    "parent": ("parent", "上级"),
    "opened_on": ("opened_on", "启用日期"),
    "closed_on": ("closed_on", "关闭日期"),
}
"""The columns and what may head them; those of attributes are `attribute.NAME`."""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One row: the line it stands on and what it says; None where a cell is empty."""

    line: int
    unit: str
    unit_type: str | None = None
    title_zh: str | None = None
    title_en: str | None = None
    parent: str | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    attributes: tuple[tuple[str, str], ...] = ()


def read_unit_table(data: bytes, file: str) -> tuple[tuple[UnitRow, ...], tuple[Problem, ...]]:
    """Read a CSV table into rows and warnings. InvalidInput with all that is wrong with it by itself."""
    text, warnings = decode(data, file)
    faults = Faults(file)
    grid = read_grid(text, faults)
    if grid is None:
        raise InvalidInput(faults.problems())
    columns = _columns(grid, faults)
    rows: list[UnitRow] = []
    problems: list[Problem] = []
    if "unit" in columns.values():
        for line, fields in zip(grid.lines, grid.rows, strict=True):
            cells = {name: fields[index].strip() for index, name in columns.items()}
            problems += (
                replace(each, place=replace(each.place, file=file, row=line)) for each in _problems(cells)
            )
            rows.append(_row(line, cells, faults))
        _report_twice(rows, faults)
    problems = [*problems[:LISTED], *faults.problems()]
    if problems:
        raise InvalidInput(sorted(problems, key=lambda problem: problem.place.row or 0))
    return tuple(rows), warnings


def _columns(grid: Grid, faults: Faults) -> dict[int, str]:
    """By index what a column is called."""
    names = {head: name for name, heads in COLUMNS.items() for head in heads}
    found: dict[int, str] = {}
    for index, head in enumerate(grid.header):
        name = head if head.startswith(ATTRIBUTE) and head != ATTRIBUTE else names.get(head)
        if name is None:
            if head or any(row[index].strip() for row in grid.rows):
                near: dict[str, Any] = suggested(shown(head), names)
                faults.add(u.UNIT_COLUMN_UNKNOWN, grid.header_line, shown(head) or None, **near)
        elif name in found.values():
            faults.add(u.UNIT_COLUMN_TWICE, grid.header_line, shown(head), name=name)
        else:
            found[index] = name
    if "unit" not in found.values():
        listed = ", ".join(map(shown, grid.header)) or "–"
        faults.add(t.NO_UNIT_COLUMN, grid.header_line, found=listed)
    return found


def _row(line: int, cells: Mapping[str, str], faults: Faults) -> UnitRow:
    attributes = (
        (name[len(ATTRIBUTE) :], cell) for name, cell in cells.items() if name.startswith(ATTRIBUTE)
    )
    return UnitRow(
        line=line,
        unit=cells["unit"],
        unit_type=cells.get("type") or None,
        title_zh=cells.get("title_zh") or None,
        title_en=cells.get("title_en") or None,
        parent=cells.get("parent") or None,
        opened_on=_day(cells, line, "opened_on", faults),
        closed_on=_day(cells, line, "closed_on", faults),
        attributes=tuple((name, cell) for name, cell in attributes if cell),
    )


def _problems(cells: Mapping[str, str]) -> Iterator[Problem]:
    yield from code_problems("unit", cells["unit"])
    if cells.get("type"):
        yield from code_problems("type", cells["type"])
    for name, cell in cells.items():
        if name.startswith(ATTRIBUTE):
            yield from code_problems("attribute", name[len(ATTRIBUTE) :])
        if cell and name.startswith(("title", ATTRIBUTE)):
            yield from text_problems(name, cell)


def _day(cells: Mapping[str, str], line: int, name: str, faults: Faults) -> date | None:
    cell = cells.get(name)
    if not cell:
        return None
    try:
        return date.fromisoformat(cell)
    except ValueError:
        faults.add(u.UNIT_DAY, line, name, found=shown(cell))
        return None


def _report_twice(rows: Sequence[UnitRow], faults: Faults) -> None:
    first: dict[str, int] = {}
    for row in rows:
        if first.setdefault(row.unit, row.line) != row.line:
            faults.add(u.UNIT_TWICE, row.line, "unit", unit=shown(row.unit), first=first[row.unit])
