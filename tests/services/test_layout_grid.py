"""The grid of a layout: which rows there are, what names them, which cells are one."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.packs import InstalledScheme, Packs
from steelyard.reporting.table import Block
from steelyard.scheme import read_scheme_text
from steelyard.scheme.layout import Layout
from steelyard.services import scorecards
from steelyard.services.assessments.form_page import FormPage
from steelyard.services.layout_grid import LayoutGrid
from steelyard.services.printed_cards import PrintedCard, printed
from steelyard.services.scheme_entry import scheme_entry

LEVELS = (
    {"show": "item", "level": 1, "head": {"zh": "项目", "en": "Item"}},
    {"show": "item", "level": 2},
)
FLAT = {"show": "item", "head": {"zh": "项目", "en": "Item"}}


def layout_of(*columns: dict[str, Any], **options: Any) -> Layout:
    return Layout.model_validate({"columns": columns, **options})


def shown(what: str, **options: Any) -> dict[str, Any]:
    return {"show": what, "head": {"zh": what, "en": what}, **options}


async def laid_out(seat: Seat, layout: Layout) -> PrintedCard:
    card = await scorecards.card(*seat, scheme=SCHEME, period="2025-01", unit="S2")
    return printed(card, layout)


def form(seat: Seat, layout: Layout) -> Worksheet:
    book = Workbook()
    FormPage(book.worksheets[0], seat[0].context.entry(SCHEME), layout, "en").write()
    target = io.BytesIO()
    book.save(target)
    return load_workbook(io.BytesIO(target.getvalue())).worksheets[0]


# options of the layout: the numbers and items of its rows, None where a cell is of the one above or before
ROWS: list[tuple[dict[str, Any], list[list[str | None]]]] = [
    (
        {},
        [
            ["1.1", "服务 Service", "速度 Speed"],
            ["1.2", None, "KINDNESS"],
            ["2", "ROOMS", None],
            [None, "门店 Shop", None],
        ],
    ),
    (
        {"subtotal": "Σ", "total": "ALL", "total_at": "first"},
        [
            [None, "ALL", None],
            ["1.1", "服务 Service", "速度 Speed"],
            ["1.2", None, "KINDNESS"],
            [None, None, "Σ"],
            ["2", "ROOMS", None],
        ],
    ),
]


@pytest.mark.parametrize(("options", "rows"), ROWS, ids=["plain", "subtotals"])
async def test_rows_where_levels_are_columns(
    seat: Seat, options: dict[str, Any], rows: list[list[str | None]]
) -> None:
    found = await laid_out(seat, layout_of(shown("number"), *LEVELS, shown("rate"), **options))
    assert [row[:3] for row in found.rows] == rows
    assert [found.rows[at][0] for at in found.totals] == [None] * len(found.totals)


async def test_figures_of_subtotals_are_those_of_the_group(seat: Seat) -> None:
    layout = layout_of(*LEVELS, shown("code"), shown("rate", total="coverage"), subtotal="Σ")
    found = await laid_out(seat, layout)
    card = await scorecards.card(*seat, scheme=SCHEME, period="2025-01", unit="S2")
    assert found.rows[2] == [None, "Σ", "SERVICE", card.node("SERVICE").coverage]


async def test_words_of_a_group_are_one_cell_only_where_it_has_no_row(seat: Seat) -> None:
    entry = seat[0].context.entry(SCHEME)
    words = shown("words", words={"SERVICE": "both", "ROOMS": "tidy"})
    for columns, expected in (
        ((*LEVELS, words), [Block(-1, 0, -1, 1), Block(0, 0, 1, 0), Block(2, 0, 2, 1), Block(0, 2, 1, 2)]),
        ((FLAT, words), []),
    ):
        layout = layout_of(*columns)
        grid = LayoutGrid(entry, layout)
        assert list(grid.blocks(layout.columns, grid.rows())) == expected
    found = await laid_out(seat, layout_of(FLAT, words))
    assert [row[1] for row in found.rows] == ["both", None, None, "tidy", None]


async def test_how_leaves_are_scored_can_be_a_column(seat: Seat) -> None:
    found = await laid_out(seat, layout_of(shown("code"), shown("rubric")))
    entry = seat[0].context.entry(SCHEME)
    rubrics = {str(row[0]): row[1] for row in found.rows}
    assert (rubrics["SERVICE"], rubrics["SHOP"]) == (None, None)
    assert entry.node("ROOMS").rubric.zh in str(rubrics["ROOMS"])


def test_a_form_says_what_the_layout_says(seat: Seat) -> None:
    sheet = form(seat, layout_of(*LEVELS, shown("rubric"), shown("weight", decimals=0), whole=1000))
    rows = [[cell.value for cell in row[:6]] for row in sheet.iter_rows(min_row=6)]
    assert rows[0] == ["Item", None, "rubric", "weight", "Points", "Comment"]
    rooms = next(row for row in rows if row[0] == "ROOMS (complaints)")
    assert rooms[2:4] == [seat[0].context.entry(SCHEME).node("ROOMS").rubric.en, 0.025]
    assert sheet["D7"].number_format == "0%"


def test_measures_of_rules_reach_across_the_levels(seat: Seat) -> None:
    sheet = form(seat, layout_of(*LEVELS, shown("points")))
    places = {cell.value: cell.row for (cell,) in sheet.iter_rows(min_col=1, max_col=1) if cell.value}
    assert f"A{places['Rules and conditions']}:B{places['Rules and conditions']}" in sheet.merged_cells
    assert not sheet.cell(places["Rules and conditions"] + 1, 3).protection.locked


DEEP = """\
format: steelyard/1
scheme: test.deep
unit_type: shop
calendar: month
indicators:
  - code: A
    children:
      - code: AA
        children:
          - {code: AAA, rubric: {kind: rate}}
          - {code: AAB, rubric: {kind: rate}}
      - {code: AB, rubric: {kind: rate}}
  - code: B
    children: [{code: BA, rubric: {kind: rate}}]
  - {code: C, rubric: {kind: rate}}
"""


def test_no_two_blocks_share_a_cell(packs: Packs) -> None:
    installed = InstalledScheme(read_scheme_text(DEEP), "deep", "deep.yaml", DEEP)
    entry = scheme_entry(installed, packs, is_installed=False)
    words = shown("words", words={"AA": "x", "AB": "y", "B": "z"})
    layout = layout_of(*LEVELS, {"show": "item", "level": 3}, words, subtotal="Σ")
    grid = LayoutGrid(entry, layout)
    rows = [*grid.rows(), grid.total()]
    assert [row.path[-1] if row.path else "" for row in rows] == ["AAA", "AAB", "AB", "A", "BA", "B", "C", ""]
    blocks = list(grid.blocks(layout.columns, rows))
    assert blocks[1:4] == [Block(0, 0, 3, 0), Block(4, 0, 5, 0), Block(0, 1, 1, 1)]
    cells = [(row, at) for b in blocks for row, at in ((b.top, b.left), *b.covered())]
    assert len(cells) == len(set(cells))
