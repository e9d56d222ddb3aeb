"""Tables of units: one row a unit, and all that is wrong with a table at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

from steelyard.errors import InvalidInput, Place, Problem
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
    if "unit" in columns.values():
        for line, fields in zip(grid.lines, grid.rows, strict=True):
            cells = {name: fields[index].strip() for index, name in columns.items()}
            rows.append(_row(line, cells, faults))
    problems = [*row_problems(rows, file), *faults.problems()]
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


def row_problems(rows: Sequence[UnitRow], file: str) -> list[Problem]:
    """What is wrong with rows by themselves, whichever way they came; no more than are worth listing."""
    faults = Faults(file)
    _report_twice(rows, faults)
    problems = (
        replace(each, place=replace(each.place, file=file, row=row.line))
        for row in rows
        for each in _of_row(row)
    )
    return [*islice(problems, LISTED), *faults.problems()]


def _of_row(row: UnitRow) -> Iterator[Problem]:
    yield from code_problems("unit", row.unit)
    if row.unit_type is not None:
        yield from code_problems("type", row.unit_type)
    for field, text in (("title_zh", row.title_zh), ("title_en", row.title_en), ("parent", row.parent)):
        if text is not None:
            yield from text_problems(field, text)
    given = set()
    for name, value in row.attributes:
        yield from code_problems("attribute", name)
        yield from text_problems(f"{ATTRIBUTE}{shown(name)}", value)
        if name in given:
            yield Problem(u.UNIT_ATTRIBUTE_TWICE, Place(field="attribute"), {"attribute": shown(name)})
        given.add(name)


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
