"""Sheets look as tables do that are printed: lines, heads and titles in the middle, pages that hold them."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from steelyard.errors import Text
from steelyard.reporting.files import xlsx
from steelyard.reporting.row_heights import LINE
from steelyard.reporting.table import Block, Cell, Column, Kind, Table

COLUMNS = (
    Column("item", Text("项目", "Item"), width=20),
    Column("words", Text("描述", "Description"), width=20),
    Column("points", Text("得分", "Points"), Kind.FIGURE),
    Column("rate", Text("得分率", "Rate"), Kind.SHARE, decimals=1),
)
LONG = "客户接纳" * 20
ROWS: list[list[Cell]] = [["甲", LONG, 1 / 3, 0.9], ["乙", None, None, 0.123456]]
NOTE = Text("合计说明", "About the total")
TABLE = Table(
    Text("售后服务评价", "After-sales service"),
    [(Text("评价对象", "Unit"), "一店")],
    COLUMNS,
    ROWS,
    blocks=[Block(0, 1, 1, 1)],
    notes=[NOTE],
)
HEAD = 4
FIRST, LAST = HEAD + 1, HEAD + 2


@pytest.fixture(scope="module")
def sheet() -> Worksheet:
    made = openpyxl.load_workbook(io.BytesIO(xlsx(TABLE))).active
    assert isinstance(made, Worksheet)
    return made


def test_every_cell_of_the_table_has_lines_round_it(sheet: Worksheet) -> None:
    for row in sheet.iter_rows(min_row=HEAD, max_row=HEAD):
        assert [cell.border.left.style for cell in row] == ["thin"] * 4
    for row in sheet.iter_rows(min_row=FIRST, max_row=LAST):
        # What is joined has lines round the whole.
        sides = [(cell.border.left.style, cell.border.right.style) for cell in row]
        assert sides == [("thin", "thin")] * 4
    assert sheet["C6"].border.bottom.style == "thin", "an empty cell, too"


def test_nothing_outside_the_table_has_lines(sheet: Worksheet) -> None:
    assert {cell.border.left.style for row in sheet.iter_rows(max_row=3) for cell in row} == {None}


def test_heads_are_bold_and_in_the_middle(sheet: Worksheet) -> None:
    for cell in sheet[HEAD]:
        shown = (cell.font.bold, cell.alignment.horizontal, cell.alignment.vertical, cell.alignment.wrap_text)
        assert shown == (True, "center", "center", True)


def test_the_title_stands_over_all_columns(sheet: Worksheet) -> None:
    assert "A1:D1" in {str(each) for each in sheet.merged_cells.ranges}
    title = sheet["A1"]
    assert (title.value, title.alignment.horizontal) == ("售后服务评价 After-sales service", "center")
    assert title.font.size > sheet["A2"].font.size


def test_texts_stand_left_and_figures_in_the_middle(sheet: Worksheet) -> None:
    found = [(cell.alignment.horizontal, cell.alignment.vertical) for cell in sheet[FIRST]]
    assert found == [("left", "center"), ("left", "center"), ("center", "center"), ("center", "center")]


def test_figures_are_rounded_where_they_are_shown_alone(sheet: Worksheet) -> None:
    shown = [(cell.value, cell.number_format) for cell in sheet[FIRST][2:]]
    assert shown == [(1 / 3, "0.00"), (0.9, "0.0%")]
    assert sheet["D6"].value == 0.123456


def test_rows_are_high_enough_for_what_is_joined(sheet: Worksheet) -> None:
    height = sum(sheet.row_dimensions[row].height for row in (FIRST, LAST))
    assert height >= LINE * 2 * len(LONG) / 20
    assert sheet.row_dimensions[1].height > LINE


def test_notes_stand_below_over_all_columns(sheet: Worksheet) -> None:
    assert sheet["A7"].value == "合计说明\nAbout the total"
    assert "A7:D7" in {str(each) for each in sheet.merged_cells.ranges}
    assert sheet.row_dimensions[7].height >= 2 * LINE


@pytest.mark.parametrize(("widths", "orientation"), [((20, 20), "portrait"), ((60, 60), "landscape")])
def test_a_page_is_a4_and_as_wide_as_the_table(widths: tuple[int, ...], orientation: str) -> None:
    columns = [Column(f"c{at}", Text("栏", "Head"), width=width) for at, width in enumerate(widths)]
    book = openpyxl.load_workbook(io.BytesIO(xlsx(Table(NOTE, [], columns, [["甲", "乙"]]))))
    sheet = book.worksheets[0]
    page = sheet.page_setup
    assert (int(page.paperSize or 0), page.orientation) == (9, orientation)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, page.fitToWidth, page.fitToHeight) == (True, 1, 0)
    assert sheet.print_title_rows == "$3:$3"


def test_a_sheet_is_named_in_chinese_where_both_languages_are_too_long() -> None:
    title = Text("校区管理服务评价", "Campus management and service")
    book = openpyxl.load_workbook(io.BytesIO(xlsx(Table(title, [], COLUMNS, []))))
    assert book.sheetnames == ["校区管理服务评价"]
