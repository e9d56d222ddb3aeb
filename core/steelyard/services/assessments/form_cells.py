"""The cells of a form that somebody sends: read one by one, and only of a file that is as small as forms are.

A whole workbook is never loaded: of a few bytes that merge a large area that makes as many cells.
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.xml.functions import iterparse

from steelyard.errors import InvalidInput, Place, Problem
from steelyard.intake.zip_list import require_short_list
from steelyard.services.assessments import problems as p

UNPACKED = 50_000_000
"""Bytes of all parts, pictures among them."""
TAGS_MOST = 400_000
ROWS, COLUMNS = 20_000, 200
"""How far a form reaches at most."""
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What openpyxl raises where a package or its XML is not as it should be."""


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell: its value and type as openpyxl tells them, and how its number is shown."""

    coordinate: str
    value: object
    data_type: str
    number_format: str


@dataclass(frozen=True, slots=True)
class MergedArea:
    """Cells that are one: as the file writes them, and their rows and columns from 1."""

    written: str
    rows: range
    columns: range

    def hides(self, row: int, column: int) -> bool:
        """Whether a cell of it is not the one that holds its value."""
        return (row, column) != (self.rows.start, self.columns.start)


class FormCells:
    """The cells of one sheet that hold anything, by row and column from 1, and those that are one."""

    def __init__(self, cells: Mapping[tuple[int, int], FormCell], merged: Sequence[MergedArea]) -> None:
        self._cells = cells
        self.merged = merged

    def cell(self, row: int, column: int) -> FormCell:
        """A cell, maybe an empty one."""
        empty = FormCell(f"{get_column_letter(column)}{row}", None, "n", "")
        return self._cells.get((row, column), empty)

    def text(self, row: int, column: int) -> str:
        """What a cell holds as text."""
        value = self.cell(row, column).value
        return "" if value is None else str(value)

    def values(self) -> Iterator[tuple[tuple[int, int], object]]:
        """Places and values, row by row."""
        return ((place, cell.value) for place, cell in self._cells.items())


def read_cells(data: bytes, file: str) -> dict[str, FormCells]:
    """The sheets of a workbook by name, in its order; InvalidInput (ASSESSMENT_FORM_UNKNOWN)."""
    try:
        _require_small(data)
        with warnings.catch_warnings():
            # It tells of what it leaves out; nothing of that is in a form.
            warnings.simplefilter("ignore")
            return _sheets(data)
    except _UNREADABLE as error:
        raise InvalidInput(Problem(p.ASSESSMENT_FORM_UNKNOWN, Place(file))) from error


def _require_small(data: bytes) -> None:
    """Raise ValueError for what is too large to be a form, or has entities."""
    file = io.BytesIO(data)
    require_short_list(file)
    with zipfile.ZipFile(file) as package:
        parts = package.infolist()
        # Reading a part ends where the package says that it does.
        if sum(each.file_size for each in parts) > UNPACKED:
            raise ValueError(UNPACKED)
        tags = 0
        for each in parts:
            # A sheet may be a part of any name; in pictures few bytes are as tags begin.
            text = package.read(each)
            tags += text.count(b"<")
            if tags > TAGS_MOST or b"<!DOCTYPE" in text:
                raise ValueError(tags)


def _sheets(data: bytes) -> dict[str, FormCells]:
    book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    try:
        sheets = [each for each in book.worksheets if isinstance(each, ReadOnlyWorksheet)]
        return {each.title: FormCells(_cells(each), _merged(each)) for each in sheets}
    finally:
        book.close()


def _cells(sheet: ReadOnlyWorksheet) -> dict[tuple[int, int], FormCell]:
    if (sheet.max_row or 0) > ROWS:
        raise ValueError(sheet.max_row)
    return {
        (cell.row, cell.column): FormCell(
            cell.coordinate, cell.value, cell.data_type, cell.number_format or ""
        )
        for row in sheet.iter_rows(max_row=ROWS, max_col=COLUMNS)
        for cell in row
        if cell.value is not None
    }


def _merged(sheet: ReadOnlyWorksheet) -> list[MergedArea]:
    """The merged areas as the file lists them: they are never made into cells."""
    found = []
    with sheet._get_source() as source:
        for _, element in iterparse(source):
            if element.tag.endswith("}mergeCell"):
                written = element.get("ref", "")
                left, top, right, bottom = range_boundaries(written)
                within = range(top, min(bottom, ROWS) + 1), range(left, min(right, COLUMNS) + 1)
                found.append(MergedArea(written, *within))
            element.clear()
    return found
