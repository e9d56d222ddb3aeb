"""Which unit and period each row of a table is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from steelyard.errors import Kind, Place, Problem
from steelyard.intake.cell import shown
from steelyard.intake.grid import Grid
from steelyard.intake.header import Header
from steelyard.intake.problems import DUPLICATE_ROW, EMPTY_PERIOD, EMPTY_UNIT
from steelyard.scoring.observations import Rows


@dataclass(frozen=True, slots=True)
class RowKeys:
    """Units and period codes in order of first appearance; unit, period: (n,) indices into them."""

    units: tuple[str, ...]
    periods: tuple[str, ...]
    unit: Rows
    period: Rows


def read_keys(grid: Grid, header: Header, file: str, faults: list[Problem]) -> RowKeys:
    """Read unit and period of each row; a table without periods has one, with the empty code."""
    units = _texts(grid, header.unit)
    periods = _texts(grid, header.period)
    if header.unit is not None:
        faults.extend(_empty(grid, header.unit, units, EMPTY_UNIT, file))
    if header.period is not None and any(periods):
        faults.extend(_empty(grid, header.period, periods, EMPTY_PERIOD, file))
    if header.unit is not None:
        faults.extend(_duplicates(grid, header.unit, units, periods, file))
    unit_of, unit = _numbered(units)
    period_of, period = _numbered(periods)
    return RowKeys(unit_of, period_of, unit, period)


def _texts(grid: Grid, index: int | None) -> list[str]:
    return [""] * len(grid.rows) if index is None else [row[index].strip() for row in grid.rows]


def _empty(grid: Grid, index: int, texts: Sequence[str], kind: Kind, file: str) -> list[Problem]:
    empty = (line for line, text in zip(grid.lines, texts, strict=True) if not text)
    return [Problem(kind, Place(file, row=line, field=grid.header[index])) for line in empty]


def _duplicates(
    grid: Grid, index: int, units: Sequence[str], periods: Sequence[str], file: str
) -> list[Problem]:
    first: dict[tuple[str, str], int] = {}
    found = []
    for line, key in zip(grid.lines, zip(units, periods, strict=True), strict=True):
        if key[0] and first.setdefault(key, line) != line:
            values = {"unit": shown(key[0]), "period": shown(key[1]), "first": first[key]}
            found.append(Problem(DUPLICATE_ROW, Place(file, row=line, field=grid.header[index]), values))
    return found


def _numbered(texts: Sequence[str]) -> tuple[tuple[str, ...], Rows]:
    numbers = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    return tuple(numbers), np.array([numbers[text] for text in texts], dtype=np.intp)
