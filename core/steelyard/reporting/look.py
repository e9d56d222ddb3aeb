"""How sheets look: lines round cells, centred heads, a title over the table, and pages to be printed on."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from steelyard.reporting.row_heights import LINE, lines_of

_SIDE = Side(style="thin", color="404040")
LINES = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
HEAD_FILL = PatternFill("solid", start_color="E8EDF3")
_FACE = "宋体"
TEXT_FONT = Font(name=_FACE, size=11)
BOLD_FONT = Font(name=_FACE, size=11, bold=True)
QUIET_FONT = Font(name=_FACE, size=11, color="5B6774")
TITLE_FONT = Font(name=_FACE, size=16, bold=True)
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_TALLER = 1.5
"""How much larger a title is than other texts."""
_PORTRAIT = 95
"""Characters that stand beside each other on an upright page of A4."""
_A4 = 9
"""The number that spreadsheets have for it."""


def beside_left(indent: int = 0) -> Alignment:
    """Where texts stand in their cells: at the left, some steps in, and halfway up."""
    return Alignment(horizontal="left", vertical="center", wrap_text=True, indent=indent)


def title_height(title: str, widths: Sequence[float]) -> float:
    """Points that a title over the whole table takes; widths are the columns', in characters."""
    return LINE * _TALLER * lines_of(title, sum(widths) / _TALLER) + LINE / 2


def head_height(heads: Sequence[str], widths: Sequence[float]) -> float:
    """Points that the row of heads takes."""
    return LINE * max(lines_of(each, width) for each, width in zip(heads, widths, strict=True)) + LINE / 2


def set_page(sheet: Worksheet, head: int, widths: Sequence[float]) -> None:
    """Have a sheet printed on A4, as wide as a page, with its row of heads on each."""
    page = sheet.page_setup
    page.paperSize = _A4
    page.orientation = "landscape" if ceil(sum(widths)) > _PORTRAIT else "portrait"
    page.fitToWidth, page.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.6, bottom=0.7, header=0.3, footer=0.3)
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "&P / &N"
    sheet.print_title_rows = f"{head}:{head}"


def set_cell(cell: Cell | MergedCell, *, is_text: bool) -> None:
    """Draw the lines of a cell of a table, texts at the left and figures in the middle."""
    cell.border = LINES
    cell.alignment = beside_left() if is_text else CENTRED
