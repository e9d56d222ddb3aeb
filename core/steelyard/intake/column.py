"""One column of numbers: plain cells at once, the others one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from steelyard.intake.cell import Fault, read_cell
from steelyard.intake.notation import Manner, Notation, in_column
from steelyard.scoring.observations import Codes, Floats
from steelyard.scoring.outcome import Status

# At most 15 digits: a float keeps them all, and its shortest text gives the same decimal back.
_PLAIN = re.compile(r"-?[0-9]{1,10}(?:\.[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class Column:
    """values (n,), NaN where status (n,) is not VALUE; by row what a float cannot keep, and the faults."""

    values: Floats
    status: Codes
    exact: dict[int, Fraction]
    faults: list[tuple[int, Fault]]


def read_column(cells: Sequence[str], notation: Notation) -> Column:
    """Read the cells of one measure."""
    notation = in_column(notation, cells)
    plain = _PLAIN.fullmatch
    values = np.array([float(cell) if plain(cell) else np.nan for cell in cells], dtype=np.float64)
    values += 0.0  # turns -0.0 into 0.0
    status = np.full(len(cells), Status.VALUE, dtype=np.uint8)
    column = Column(values, status, {}, [])
    for row in np.flatnonzero(~_acceptable(values, notation.value)).tolist():
        _read_into(column, row, read_cell(cells[row], notation))
    return column


def _acceptable(values: Floats, manner: Manner) -> NDArray[np.bool_]:
    """Mark plain numbers that need no second look."""
    low = -np.inf if manner.low is None else manner.low
    high = np.inf if manner.high is None else manner.high
    if manner.bare_limit:
        low, high = max(low, -1), min(high, 1)
    accepted: NDArray[np.bool_] = (values >= low) & (values <= high)
    return accepted


def _read_into(column: Column, row: int, cell: Fraction | Status | Fault) -> None:
    if isinstance(cell, Fraction):
        column.values[row] = float(cell)
        if Fraction(repr(float(cell))) != cell:
            column.exact[row] = cell
        return
    column.values[row] = np.nan
    if isinstance(cell, Status):
        column.status[row] = cell
    else:
        column.status[row] = Status.INVALID
        column.faults.append((row, cell))
