"""XLSX workbooks: one sheet, its cells as a person reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyarrow as pa
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from steelyard.errors import InvalidInput, Place, Problem, Text
from steelyard.intake.adapters.adapter import (
    HEAD_ROWS,
    HeadRow,
    Option,
    OptionKind,
    Options,
    RowFault,
    Rows,
    Stream,
)
from steelyard.intake.adapters.batch import BATCH_ROWS, Line, batch
from steelyard.intake.adapters.csv_blocks import written
from steelyard.intake.adapters.options import checked
from steelyard.intake.adapters.problems import (
    NO_SUCH_HEADER_ROW,
    NOT_XLSX,
    UNKNOWN_SHEET,
    XLSX_BEYOND_DATES,
)
from steelyard.intake.adapters.value import value_text
from steelyard.intake.adapters.xlsx_package import (
    CELL_LIMIT,
    MERGED_LIMIT,
    error_cells,
    has_error_cells,
    too_large,
)

Cells = tuple[str, ...]
_SPEC = (
    Option("file", Text("文件", "File"), OptionKind.FILE, required=True),
    Option("sheet", Text("工作表（默认第一张可见的）", "Sheet (the first visible one if not given)")),
    Option("header_row", Text("表头所在行", "Row of the header"), OptionKind.WHOLE),
)


class XlsxAdapter:
    """Reads workbooks."""

    name = "xlsx"
    title = Text("XLSX 工作簿", "XLSX workbook")

    def spec(self) -> tuple[Option, ...]:
        """File, sheet, row of the header."""
        return _SPEC

    def check(self, options: Options) -> None:
        """Open the sheet."""
        self.read(options).close()

    def discover(self, options: Options) -> tuple[Stream, ...]:
        """All sheets of the workbook, hidden ones marked."""
        path = Path(checked(_SPEC, options)["file"])
        has_error_cells(path)
        streams = []
        for name, hidden in _sheets(path):
            sheet = _Sheet.opened(path, name, {})
            head = sheet.head()
            streams.append(Stream(name, head[0].cells if head else (), max(sheet.rows - 1, 0), hidden))
        return tuple(streams)

    def read(self, options: Options) -> Rows:
        """Open a sheet. Raises InvalidInput where there is none, or what is no workbook is given."""
        values = checked(_SPEC, options)
        path = Path(values["file"])
        faulty = has_error_cells(path)
        sheets = _sheets(path)
        name = values.get("sheet") or next((name for name, hidden in sheets if not hidden), sheets[0][0])
        if name not in dict(sheets):
            known = ", ".join(dict(sheets))
            raise InvalidInput(Problem(UNKNOWN_SHEET, Place(path.name), {"sheet": name, "known": known}))
        sheet = _Sheet.opened(path, name, error_cells(path, name) if faulty else {})
        head = sheet.head()
        wanted = int(values["header_row"]) if "header_row" in values else None
        if not head and wanted is None:
            return Rows((), iter(()))
        header = head[0] if wanted is None else next((row for row in head if row.row == wanted), None)
        if header is None:
            values_shown = {"row": wanted, "limit": HEAD_ROWS}
            raise InvalidInput(Problem(NO_SUCH_HEADER_ROW, Place(path.name), values_shown))
        names = _trimmed(header.cells)
        again = partial(self._again, dict(options))
        return Rows(names, sheet.batches(header.row, len(names)), (), head, header.row, again)

    def _again(self, options: dict[str, str], row: int) -> Rows:
        return self.read({**options, "header_row": str(row)})


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet with its errors and its merged areas: by covered cell (from 0) the cell that has the value."""

    sheet: CalamineSheet
    rows: int
    errors: Mapping[tuple[int, int], str]
    merged: Mapping[tuple[int, int], tuple[int, int]]

    @classmethod
    def opened(cls, path: Path, name: str, errors: Mapping[tuple[int, int], str]) -> _Sheet:
        try:
            sheet = CalamineWorkbook.from_path(path).get_sheet_by_name(name)
        except BaseException as error:
            if isinstance(error, CalamineError) or _gave_up(error):
                raise InvalidInput(Problem(NOT_XLSX, Place(path.name))) from None
            raise
        rows, width = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
        if rows * width > CELL_LIMIT:
            raise too_large(path, 0, rows * width)
        return cls(sheet, rows, errors, _merged(path, sheet, rows))

    def lines(self) -> Iterator[tuple[int, Cells]]:
        """Every row from the first of the sheet with its number, merged values repeated downwards."""
        kept: dict[tuple[int, int], str] = {}
        sources = set(self.merged.values())
        # The reader leaves out empty columns on the left, but no rows on top.
        indent = [""] * (self.sheet.start[1] if self.sheet.start else 0)
        for row, values in enumerate(self._values()):
            cells = [*indent, *(value_text(value) or "" for value in values)]
            for column in range(len(cells)):
                place = (row, column)
                if place in self.errors:
                    cells[column] = self.errors[place]
                if place in sources:
                    kept[place] = cells[column]
                if place in self.merged and not cells[column]:
                    cells[column] = kept.get(self.merged[place], "")
            yield row + 1, tuple(cells)

    def _values(self) -> Iterator[list[object]]:
        """The values of every row; InvalidInput from one on whose date or duration lies beyond all dates."""
        read = 0
        try:
            for values in self.sheet.iter_rows():
                yield list(values)
                read += 1
        except BaseException as error:
            if isinstance(error, OverflowError | ValueError) or _gave_up(error):
                raise InvalidInput(Problem(XLSX_BEYOND_DATES, Place(row=read + 1))) from error
            raise

    def head(self) -> tuple[HeadRow, ...]:
        """The first rows that are not blank."""
        found = []
        for row, cells in self.lines():
            if row > HEAD_ROWS:
                break
            if any(cell.strip() for cell in cells):
                found.append(HeadRow(row, cells))
        return tuple(found)

    def batches(self, header: int, width: int) -> Iterator[pa.RecordBatch]:
        """The rows below the header; text to the right of it is a fault of its row."""
        lines: list[Line] = []
        for row, cells in self.lines():
            if row <= header:
                continue
            beyond = any(cells[width:])
            raw = written(list(_trimmed(cells)), ",") if beyond else None
            fault = RowFault.TOO_MANY_CELLS if beyond else None
            lines.append(Line(row, [*cells[:width], *[None] * (width - len(cells))], fault, raw))
            if len(lines) == BATCH_ROWS:
                yield batch(lines, width)
                lines.clear()
        if lines:
            yield batch(lines, width)


def _gave_up(error: BaseException) -> bool:
    """Whether the reader ended itself: it has a class of its own for that, which cannot be imported."""
    return type(error).__name__ == "PanicException"


def _merged(path: Path, sheet: CalamineSheet, rows: int) -> dict[tuple[int, int], tuple[int, int]]:
    """By covered cell the one that has the value. Areas that lie over each other are counted each."""
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    covered = 0
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        below = range(top + 1, min(bottom + 1, rows))
        covered += len(below)
        if covered > MERGED_LIMIT:
            raise too_large(path, 0, covered)
        merged.update({(row, left): (top, left) for row in below})
    return merged


def _sheets(path: Path) -> list[tuple[str, bool]]:
    """The names of the sheets with cells, and which are hidden."""
    try:
        found = CalamineWorkbook.from_path(path).sheets_metadata
    except CalamineError:
        raise InvalidInput(Problem(NOT_XLSX, Place(path.name))) from None
    sheets = [
        (each.name, each.visible != SheetVisibleEnum.Visible)
        for each in found
        if each.typ == SheetTypeEnum.WorkSheet
    ]
    if not sheets:
        raise InvalidInput(Problem(NOT_XLSX, Place(path.name)))
    return sheets


def _trimmed(cells: Cells) -> Cells:
    """The cells up to the last that holds anything."""
    width = max((index for index, cell in enumerate(cells, 1) if cell.strip()), default=0)
    return cells[:width]
