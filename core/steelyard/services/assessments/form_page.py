"""The page of the form: its rows in the columns of a layout, as cells of a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from steelyard.errors import Locale, Text
from steelyard.intake.cell import NOT_APPLICABLE_WORDS
from steelyard.reporting.row_heights import row_heights
from steelyard.reporting.table import Block
from steelyard.scheme.layout import Layout, LayoutColumn, Shown
from steelyard.services.assessments import form_hints as hints
from steelyard.services.assessments import form_layout as words
from steelyard.services.assessments.form_rows import FormRow, form_rows, total_row
from steelyard.services.layout_grid import LayoutGrid
from steelyard.services.scheme_entry import SchemeEntry

HEAD_ROW = 6
LEAST_COLUMNS = 6
"""The heads above the table take so many; the hidden column stands behind them and the table."""
_WIDTHS: dict[Shown, int] = {"number": 8, "item": 34, "words": 34, "rubric": 34, "remark": 40}
_HINT_WIDTH = 26
_OPEN = Protection(locked=False)
_GREY = PatternFill("solid", fgColor="DDDDDD")
_RATE = "0.00%"


class FormPage:
    """A sheet that a form's table is written to."""

    def __init__(
        self,
        sheet: Worksheet,
        entry: SchemeEntry,
        layout: Layout,
        locale: Locale,
        titles: Mapping[str, Text] = MappingProxyType({}),
    ) -> None:
        """`titles` are what the pack calls measures."""
        self._sheet, self._entry, self._layout, self._locale = sheet, entry, layout, locale
        self._titles = titles
        self._columns = layout.form_columns
        self._grid = LayoutGrid(entry, layout)
        self._at: dict[Shown, str] = {
            column.show: get_column_letter(at) for at, column in enumerate(self._columns, 1)
        }
        self._rows = self._all_rows()
        self._hints = any(self._needs_hint(row) for row in self._rows)
        self._code = max(self.width, LEAST_COLUMNS) + 1

    @property
    def width(self) -> int:
        """The columns of the table: those of the layout, and that of what to enter where rows need it."""
        return len(self._columns) + self._hints

    def write(self) -> None:
        """Write heads, rows, totals and the hidden column of measures."""
        rows = self._rows
        blocks = list(self._grid.blocks(self._columns, [row.place for row in rows]))
        covered = {place for block in blocks for place in block.covered()}
        self._heads()
        for number, row in enumerate(rows):
            at = HEAD_ROW + 1 + number
            for column, cell in enumerate(self._columns):
                if (number, column) not in covered:
                    self._cell(at, column + 1, cell, row)
            if row.is_total:
                self._sums(at, row, rows)
            elif row.measure is not None:
                self._measured(at, row)
        self._fit(blocks)
        for block in blocks:
            self._merge(block)
        self._sheet.freeze_panes = self._sheet.cell(HEAD_ROW + 1, 1)

    def _all_rows(self) -> list[FormRow]:
        """The rows with that of the whole, where everything is given in points."""
        rows = list(form_rows(self._entry, self._grid, self._titles))
        whole = total_row(self._entry, self._grid)
        if whole.full is not None:
            rows.insert(0 if self._layout.total_at == "first" else len(rows), whole)
        return rows

    def _needs_hint(self, row: FormRow) -> bool:
        """Whether no column says what a row takes."""
        return row.measure is not None and (row.full is None or "full" not in self._at)

    def _heads(self) -> None:
        for at, column in enumerate(self._columns, 1):
            self._text(HEAD_ROW, at, column.head, bold=True)
            self._sheet.cell(HEAD_ROW, at).fill = _GREY
            self._sheet.column_dimensions[get_column_letter(at)].width = _WIDTHS.get(column.show, 10)
        if self._hints:
            at = len(self._columns) + 1
            self._text(HEAD_ROW, at, hints.HEAD, bold=True)
            self._sheet.cell(HEAD_ROW, at).fill = _GREY
            self._sheet.column_dimensions[get_column_letter(at)].width = _HINT_WIDTH
        plain(self._sheet, HEAD_ROW, self._code, words.CODE_HEAD)
        self._sheet.column_dimensions[get_column_letter(self._code)].hidden = True

    def _cell(self, at: int, column: int, shown: LayoutColumn, row: FormRow) -> None:
        """What a form says before it is filled in."""
        grid, place = self._grid, row.place
        match shown.shown_in_total if row.is_total else shown.show:
            case "number":
                self._text(at, column, Text(grid.number(place), grid.number(place)))
            case "item":
                self._text(at, column, grid.item(shown, place), bold=row.measure is None)
            case "words":
                self._text(at, column, grid.words(shown, place))
            case "code" if row.of_item:
                code = grid.node(place).code
                self._text(at, column, Text(code, code))
            case "rubric" if row.measure is not None and row.share is not None:
                self._text(at, column, grid.node(place).rubric)
            case "weight":
                self._number(at, column, self._weight(row), _share_format(shown))
            case "full" if not row.is_total:
                self._number(at, column, row.full)
            case "pass_points" if not row.is_total and row.full is not None and row.line is not None:
                self._number(at, column, row.line * row.full)
            case "pass":
                self._number(at, column, row.line, _share_format(shown))

    def _weight(self, row: FormRow) -> Fraction | None:
        """The share of the whole, or of what the source's weights are shares of."""
        if row.share is None or self._layout.whole is None:
            return row.share
        points = self._grid.node(row.place).full
        return Fraction(repr(points)) / self._layout.whole.resolved({})

    def _measured(self, at: int, row: FormRow) -> None:
        """The cells to be filled in, and what follows from them."""
        for shown in ("points", "remark"):
            self._at_column(at, shown).protection = _OPEN
        self._at_column(at, "remark").alignment = Alignment(wrap_text=True, vertical="top")
        self._hint(at, row)
        if row.full is None:
            return
        points, full = f"{self._at['points']}{at}", hints.written_number(row.full)
        if "full" in self._at:
            full = f"{self._at['full']}{at}"
        if "rate" in self._at:
            rate = f'=IF(ISNUMBER({points}),IF({full}=0,"",{points}/{full}),"")'
            self._formula(at, "rate", rate, _RATE)

    def _hint(self, at: int, row: FormRow) -> None:
        """The measure, and what it takes: where its cell is chosen, and beside it if no head says so."""
        measure = row.measure or ""
        plain(self._sheet, at, self._code, measure)
        hint = hints.hint_of(self._entry.measures[measure].notation, row.full)
        self._sheet.add_data_validation(hint.validation(f"{self._at['points']}{at}", self._locale))
        if self._hints:
            self._text(at, len(self._columns) + 1, hint.words)

    def _sums(self, at: int, row: FormRow, rows: Sequence[FormRow]) -> None:
        """What a total's row adds up, of what is given in points; rules are no points."""
        if row.full is None:
            return
        points = f"{self._at['points']}{at}"
        summed = self._spans(row, rows, self._at["points"])
        self._formula(at, "points", f'=IF(COUNT({summed})=0,"",SUM({summed}))')
        full = hints.written_number(row.full)
        if "full" in self._at:
            full = f"{self._at['full']}{at}"
            self._formula(at, "full", f"={self._applicable(row, rows)}")
        if "rate" in self._at:
            self._formula(at, "rate", f'=IF(ISNUMBER({points}),{points}/{full},"")', _RATE)
        if row.line is not None:
            line = f"{self._at['pass']}{at}" if self._shows_line() else hints.written_number(row.line)
            for column in self._columns:
                if column.shown_in_total == "pass_points":
                    self._formula(at, column.show, f"={line}*{full}")

    def _shows_line(self) -> bool:
        return any(column.show == "pass" and column.total is None for column in self._columns)

    def _spans(self, total: FormRow, rows: Sequence[FormRow], letter: str) -> str:
        """The cells of a column that a total sums."""
        return ",".join(f"{letter}{first}:{letter}{last}" for first, last in self._runs(total, rows))

    def _applicable(self, total: FormRow, rows: Sequence[FormRow]) -> str:
        """The full marks that a total sums: without those of rows that do not apply, as they are scored."""
        full, points = self._at["full"], self._at["points"]
        sums = []
        for first, last in self._runs(total, rows):
            given = f"{points}{first}:{points}{last}"
            away = ",".join(f'{given},"<>{word}"' for word in NOT_APPLICABLE_WORDS)
            sums.append(f"SUMIFS({full}{first}:{full}{last},{away})")
        return "+".join(sums)

    def _runs(self, total: FormRow, rows: Sequence[FormRow]) -> list[tuple[int, int]]:
        """The first and last rows of each run that a total sums: those below it in the tree, no totals."""
        below = len(total.place.path)
        spans = list[tuple[int, int]]()
        for number, row in enumerate(rows):
            if row.is_total or not row.of_item or row.place.path[:below] != total.place.path:
                continue
            at = HEAD_ROW + 1 + number
            if spans and spans[-1][1] == at - 1:
                spans[-1] = spans[-1][0], at
            else:
                spans.append((at, at))
        return spans

    def _at_column(self, at: int, shown: Shown) -> Cell:
        return self._sheet[f"{self._at[shown]}{at}"]

    def _formula(self, at: int, shown: Shown, formula: str, form: str = "General") -> None:
        cell = self._at_column(at, shown)
        cell.value, cell.number_format = formula, form

    def _fit(self, blocks: Sequence[Block]) -> None:
        """Make rows as high as what stands beside several of them."""
        first = HEAD_ROW + 1
        cells = (cell for row in self._sheet.iter_rows(min_row=first) for cell in row)
        texts = {
            (cell.row - first, cell.column - 1): cell.value
            for cell in cells
            if cell.data_type == "s" and cell.value and cell.column <= len(self._columns)
        }
        widths = [_WIDTHS.get(column.show, 10) for column in self._columns]
        for row, height in row_heights(texts, widths, blocks).items():
            self._sheet.row_dimensions[first + row].height = height

    def _merge(self, block: Block) -> None:
        first = HEAD_ROW + 1
        self._sheet.merge_cells(
            start_row=first + block.top,
            end_row=first + block.bottom,
            start_column=block.left + 1,
            end_column=block.right + 1,
        )

    def _text(self, at: int, column: int, text: Text | None, *, bold: bool = False) -> None:
        if text is not None and text.get(self._locale):
            cell = plain(self._sheet, at, column, text.get(self._locale), bold=bold)
            cell.alignment = Alignment(wrap_text=True, vertical="top")

    def _number(self, at: int, column: int, value: Fraction | None, form: str = "General") -> None:
        if value is not None:
            number = value.numerator if value.denominator == 1 else float(value)
            self._sheet.cell(at, column, number).number_format = form


def plain(sheet: Worksheet, row: int, column: int, text: str, *, bold: bool = False) -> Cell:
    """Write a text to a cell: what a pack or a person wrote is never a formula, whatever it begins with."""
    cell = sheet.cell(row, column, text)
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _share_format(column: LayoutColumn) -> str:
    if column.decimals is None:
        return _RATE
    return f"0.{'0' * column.decimals}%" if column.decimals else "0%"
