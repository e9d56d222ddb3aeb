"""Tables as files: XLSX to be read, CSV to be passed on, Parquet to be computed with."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from steelyard.errors import Text
from steelyard.intake.formula import harmless
from steelyard.reporting.look import (
    BOLD_FONT,
    CENTRED,
    HEAD_FILL,
    LINES,
    QUIET_FONT,
    TEXT_FONT,
    TITLE_FONT,
    beside_left,
    head_height,
    set_page,
    title_height,
)
from steelyard.reporting.row_heights import row_heights, text_width
from steelyard.reporting.table import Block, Cell, Column, Kind, Table, both, in_lines

MOST_ROWS = 100_000
"""So many rows a file has at most: as XLSX they take half a minute to write, and 300 MB of memory."""
_LONGEST_NAME = 31
"""Characters that the name of a sheet may have."""


def xlsx(table: Table) -> bytes:
    """A workbook of one sheet: what it is of, then the rows below heads in both languages.

    It has the layout of the source where the table brings one.
    """
    table = table.printed or table
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_title(table.title))
    head = len(table.facts) + 3
    _set_sheet(sheet, table, head)
    sheet.append([_text(sheet, both(table.title), TITLE_FONT, CENTRED)])
    for name, value in table.facts:
        sheet.append([_text(sheet, both(name), QUIET_FONT), _text(sheet, value, TEXT_FONT)])
    sheet.append([])
    sheet.append([_head(sheet, column) for column in table.columns])
    cells = _Cells(sheet, table.columns)
    for at, (row, indent) in enumerate(zip(table.rows, _indents(table), strict=True)):
        of_total = table.totals.get(at)
        chosen = cells if of_total is None else _Cells(sheet, of_total, bold=True)
        sheet.append(chosen.row(row, indent))
    for note in table.notes:
        sheet.append([_text(sheet, in_lines(note), TEXT_FONT, beside_left())])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def csv_file(table: Table) -> bytes:
    """The rows as CSV, UTF-8 with the mark by which spreadsheets know it; heads are the columns' names."""
    text = io.StringIO()
    # With this end of lines a cell is quoted for either of its characters, too (RFC 4180).
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([csv_cell(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def parquet(table: Table) -> bytes:
    """The rows as Parquet; a column's titles stand in its metadata as `title_zh` and `title_en`."""
    # Only who asks for Parquet waits for Arrow to be loaded.
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {
        Kind.TEXT: pa.string(),
        Kind.FIGURE: pa.float64(),
        Kind.SHARE: pa.float64(),
        Kind.COUNT: pa.int64(),
        Kind.FLAG: pa.bool_(),
    }
    fields = [
        pa.field(
            column.name,
            types[column.kind],
            metadata={"title_zh": column.title.zh, "title_en": column.title.en},
        )
        for column in table.columns
    ]
    columns = [pa.array([row[at] for row in table.rows], type=field.type) for at, field in enumerate(fields)]
    target = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(columns, schema=pa.schema(fields)), target)
    return target.getvalue()


FORMATS: Mapping[str, tuple[str, Callable[[Table], bytes]]] = MappingProxyType(
    {
        "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx),
        "csv": ("text/csv; charset=utf-8", csv_file),
        "parquet": ("application/vnd.apache.parquet", parquet),
    }
)
"""By the ending of a file's name: its media type, and what writes it."""


def _set_sheet(sheet: WriteOnlyWorksheet, table: Table, head: int) -> None:
    """Widths, heights, joined cells and the page: all that is written before the first row."""
    widths = _widths(table)
    for at, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = f"A{head + 1}"
    if not table.blocks:
        # What filters do to cells that are one is no table any more.
        sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(widths))}{head + len(table.rows)}"
    sheet.row_dimensions[1].height = title_height(both(table.title), widths)
    sheet.row_dimensions[head].height = head_height([both(each.title) for each in table.columns], widths)
    for number, height in _heights(table, widths).items():
        sheet.row_dimensions[head + 1 + number].height = height
    for block in (*_across(table, head), *table.blocks):
        if next(block.covered(), None) is not None:
            first, last = get_column_letter(block.left + 1), get_column_letter(block.right + 1)
            sheet.merged_cells.add(f"{first}{head + 1 + block.top}:{last}{head + 1 + block.bottom}")
    set_page(sheet, head, widths)


def _across(table: Table, head: int) -> Iterator[Block]:
    """The rows that are one cell: the title's, and those of notes."""
    for row in (-head, *range(len(table.rows), len(table.rows) + len(table.notes))):
        yield Block(row, 0, row, len(table.columns) - 1)


def _widths(table: Table) -> list[float]:
    """Widths of the columns; the first has room for the names of facts, too."""
    named = max((text_width(both(name)) for name, _ in table.facts), default=0.0)
    first, *others = (float(column.width) for column in table.columns)
    return [max(first, named + 1), *others]


def _heights(table: Table, widths: Sequence[float]) -> Mapping[int, float]:
    """Of the rows that are too low for what stands in several cells that are one."""
    rows = len(table.rows)
    texts = {(rows + at, 0): in_lines(note) for at, note in enumerate(table.notes)}
    blocks = [Block(row, 0, row, len(widths) - 1) for row, _ in texts]
    if table.blocks:
        texts.update(
            ((at, column), cell)
            for at, row in enumerate(table.rows)
            for column, cell in enumerate(row)
            if isinstance(cell, str)
        )
    return row_heights(texts, widths, (*table.blocks, *blocks))


def _indents(table: Table) -> Iterator[int]:
    yield from table.indents or [0] * len(table.rows)


class _Cells:
    """The cells of rows: one for each column and style, as it is written out before the next row is made.

    Styling a cell takes as long as writing it.
    """

    def __init__(self, sheet: WriteOnlyWorksheet, columns: Sequence[Column], *, bold: bool = False) -> None:
        self._sheet, self._columns, self._font = sheet, columns, BOLD_FONT if bold else TEXT_FONT
        self._texts: dict[tuple[int, int], WriteOnlyCell] = {}
        self._figures: dict[int, WriteOnlyCell] = {}
        self._empty = WriteOnlyCell(sheet)
        self._empty.border = LINES

    def row(self, row: Sequence[Cell], indent: int) -> list[WriteOnlyCell]:
        """The cells of one row, good until the next is asked for."""
        return [
            self._empty if value is None else self._cell(at, value, 0 if at else indent)
            for at, value in enumerate(row)
        ]

    def _cell(self, at: int, value: str | float | int | bool, indent: int) -> WriteOnlyCell:
        return self._text(at, value, indent) if isinstance(value, str) else self._figure(at, value)

    def _text(self, at: int, value: str, indent: int) -> WriteOnlyCell:
        if (at, indent) not in self._texts:
            made = WriteOnlyCell(self._sheet)
            made.font, made.border = self._font, LINES
            made.alignment = beside_left(indent) if self._columns[at].kind is Kind.TEXT else CENTRED
            self._texts[at, indent] = made
        cell = self._texts[at, indent]
        cell.value = value
        # What a pack or a person wrote is never a formula, whatever it begins with.
        cell.data_type = "s"
        return cell

    def _figure(self, at: int, value: float | int | bool) -> WriteOnlyCell:
        if at not in self._figures:
            made = WriteOnlyCell(self._sheet)
            made.font, made.border, made.alignment = self._font, LINES, CENTRED
            made.number_format = self._columns[at].number_format
            self._figures[at] = made
        cell = self._figures[at]
        cell.value = value
        return cell


def _head(sheet: WriteOnlyWorksheet, column: Column) -> WriteOnlyCell:
    cell = _text(sheet, both(column.title), BOLD_FONT, CENTRED)
    cell.fill, cell.border = HEAD_FILL, LINES
    return cell


def _text(
    sheet: WriteOnlyWorksheet, text: str, font: Font, alignment: Alignment | None = None
) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.data_type, cell.font = "s", font
    if alignment is not None:
        cell.alignment = alignment
    return cell


def _sheet_title(title: Text) -> str:
    """A name that spreadsheets take: 31 characters, none of those that they read as something else."""
    named = both(title) if len(both(title)) <= _LONGEST_NAME else title.zh
    allowed = "".join(" " if each in "[]:*?/\\'" else each for each in named)
    return allowed[:_LONGEST_NAME].strip() or "Steelyard"


def csv_cell(value: Cell) -> str:
    """A cell as CSV has it: numbers in full, nothing for what is not there, and no formula."""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else repr(value)
