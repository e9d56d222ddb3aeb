"""A table of measurements as the oracle reads it: a row per unit and period, cells as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from oracle.exact import read_number

MISSING: Literal["MISSING"] = "MISSING"
NOT_APPLICABLE: Literal["NOT_APPLICABLE"] = "NOT_APPLICABLE"

Cell = Fraction | Literal["MISSING", "NOT_APPLICABLE"]
Row = Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """The columns that are there at all, and the rows; a cell that a row lacks is empty."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_cell(row: Row, column: str, *, percent: bool = False) -> Cell:
    """Read one cell; under `percent`, `98` and `98%` both mean 98."""
    text = row.get(column, "")
    if text == "":
        return MISSING
    if text == "n/a":
        return NOT_APPLICABLE
    return read_number(text.removesuffix("%") if percent else text, {})
