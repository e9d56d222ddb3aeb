"""Which unit and period each row of a table is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from steelyard.errors import Kind
from steelyard.intake.cell import shown
from steelyard.intake.faults import Faults
from steelyard.intake.grid import Grid
from steelyard.intake.header import NAMED, Header
from steelyard.intake.problems import DUPLICATE_ROW, EMPTY_PERIOD, EMPTY_UNIT, NO_PERIOD_COLUMN
from steelyard.scoring.observations import Rows


@dataclass(frozen=True, slots=True)
class RowKeys:
    """Units and period codes in order of first appearance; unit, period: (n,) indices into them."""

    units: tuple[str, ...]
    periods: tuple[str, ...]
    unit: Rows
    period: Rows


def read_keys(grid: Grid, header: Header, faults: Faults) -> RowKeys:
    """Read unit and period of each row; a table without periods has one, with the empty code."""
    units = _texts(grid, header.unit)
    periods = _texts(grid, header.period)
    if header.unit is not None:
        _report_empty(grid, header.unit, units, EMPTY_UNIT, faults)
    if header.period is not None and any(periods):
        _report_empty(grid, header.period, periods, EMPTY_PERIOD, faults)
    if header.period is None and header.unknown and len(set(units)) < len(units):
        # One column that has another name, not as many rows too many.
        found = ", ".join(shown(text) for text in header.unknown[:NAMED])
        faults.add(NO_PERIOD_COLUMN, grid.header_line, found=found)
    elif header.unit is not None:
        _report_duplicates(grid, header.unit, units, periods, faults)
    unit_of, unit = _numbered(units)
    period_of, period = _numbered(periods)
    return RowKeys(unit_of, period_of, unit, period)


def _texts(grid: Grid, index: int | None) -> list[str]:
    return [""] * len(grid.rows) if index is None else [row[index].strip() for row in grid.rows]


def _report_empty(grid: Grid, index: int, texts: Sequence[str], kind: Kind, faults: Faults) -> None:
    for line, text in zip(grid.lines, texts, strict=True):
        if not text:
            faults.add(kind, line, grid.header[index])


def _report_duplicates(
    grid: Grid, index: int, units: Sequence[str], periods: Sequence[str], faults: Faults
) -> None:
    first: dict[tuple[str, str], int] = {}
    for line, key in zip(grid.lines, zip(units, periods, strict=True), strict=True):
        if key[0] and first.setdefault(key, line) != line:
            values = {"unit": shown(key[0]), "period": shown(key[1]), "first": first[key]}
            faults.add(DUPLICATE_ROW, line, grid.header[index], **values)


def _numbered(texts: Sequence[str]) -> tuple[tuple[str, ...], Rows]:
    numbers = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    return tuple(numbers), np.array([numbers[text] for text in texts], dtype=np.intp)
