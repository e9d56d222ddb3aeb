"""Every scheme that prints as its source does: the form out, filled in in again, and its scorecard."""

from __future__ import annotations

import io
import re
from collections.abc import AsyncIterator
from fractions import Fraction
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from steelyard.access.actor import LOCAL_ADMINISTRATOR, Actor
from steelyard.access.permissions import Permission
from steelyard.errors import Text
from steelyard.packs.loader import load_packs
from steelyard.packs.origin import installed_packs
from steelyard.reporting.files import xlsx
from steelyard.reporting.table import Table, both, in_lines
from steelyard.scheme.layout import Layout
from steelyard.scheme.model import Indicator, Scheme
from steelyard.services import exports, measurements, scorecards
from steelyard.services.assessments import deciding
from steelyard.services.assessments.filled import import_form
from steelyard.services.assessments.form import blank_form
from steelyard.services.assessments.form_page import FormPage
from steelyard.services.context import Context, View, context_on
from steelyard.services.printed_cards import OF_WHAT_APPLIES, printed
from steelyard.services.score_sheet import Scorecard
from steelyard.store import units
from steelyard.store.engine import Database
from steelyard.store.units import NewUnit

PACKS = load_packs(installed_packs())
WITH_LAYOUT = {
    code: each.scheme for code, each in sorted(PACKS.schemes.items()) if each.scheme.layout is not None
}
# scheme: heads of the form in Chinese, as the source has them; what was added is below 得分 and 备注
HEADS: dict[str, list[str | None]] = {
    "automotive.front-desk": ["项目", "项目权重", "满分", "得分", "得分率", "合格值", "备注"],
    "automotive.shop": [
        *("序号", "模块", "项目", "项目权重", "满分", "得分", "得分率", "及格分", "合格值", "备注"),
    ],
    "education.campus": ["评估项目", None, "考核点", "描述", "评估依据", "得分", "备注"],
    "service-team.post": ["一级指标", "二级指标", "得分", "备注"],
}
# scheme: of how many cells each sum is, the total last
SUMS = {"automotive.front-desk": [6], "automotive.shop": [6, 11]}
SAY_WHAT_TO_ENTER = {"education.campus", "service-team.post"}
PERIODS = {"year": "2025", "quarter": "2025-Q1", "month": "2025-01"}
GIVEN = 0.5
"""What the assessor writes into every cell."""


def layout_of(scheme: Scheme) -> Layout:
    assert scheme.layout is not None
    return scheme.layout


def leaves(scheme: Scheme) -> list[Indicator]:
    return [each for first in scheme.indicators for each in first.walk() if each.is_leaf]


@pytest.fixture
async def seat(database: Database) -> AsyncIterator[Context]:
    """A seat on a database with a unit of each type, whose titles look like formulas."""
    async with context_on(database, PACKS) as context:
        types = sorted({scheme.unit_type for scheme in WITH_LAYOUT.values()})
        async with database.write(context.scope) as writer:
            news = [NewUnit(f"U-{kind}", Text("=1+1", "@SUM(A1)"), kind) for kind in types]
            await units.ensure(writer, context.scope, news)
        yield context


def person(code: str) -> Actor:
    return Actor(code, Text(code, code), dict.fromkeys(Permission))


def where(scheme: Scheme) -> dict[str, Any]:
    return {
        "scheme": scheme.scheme,
        "unit": f"U-{scheme.unit_type}",
        "period": PERIODS[scheme.calendar[0]],
    }


async def blank(context: Context, scheme: Scheme) -> Workbook:
    view: View = context.view()
    data = await blank_form(view, person("ann"), context.scope, **where(scheme), locale="zh")
    return load_workbook(io.BytesIO(data))


def head_of(sheet: Worksheet) -> int:
    (row,) = [row[0].row for row in sheet.iter_rows() if "steelyard:measure" in [c.value for c in row]]
    return int(row)


def column(sheet: Worksheet, head: str) -> int:
    return next(int(cell.column) for cell in sheet[head_of(sheet)] if cell.value == head)


def filled(book: Workbook) -> bytes:
    sheet = book.worksheets[0]
    codes, points = column(sheet, "steelyard:measure"), column(sheet, "得分")
    for row in range(head_of(sheet) + 1, sheet.max_row + 1):
        if sheet.cell(row, codes).value is not None:
            assert not sheet.cell(row, points).protection.locked
            sheet.cell(row, points).value = GIVEN
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


async def scored(context: Context, scheme: Scheme) -> Scorecard:
    """The scorecard after the form went out and came back."""
    data = filled(await blank(context, scheme))
    here = (context.view(), person("ann"), context.scope)
    sheet, _ = await import_form(*here, data=data, file="f.xlsx", submit=True)
    assert {name: line.value for name, line in sheet.lines.items()} == dict.fromkeys(
        context.entry(scheme.scheme).measures, Fraction(GIVEN)
    )
    boss = (context.view(), person("boss"), context.scope)
    await deciding.approve(*boss, number=sheet.record.number, revision=sheet.record.revision)
    at = (context.view(), LOCAL_ADMINISTRATOR, context.scope)
    return await scorecards.card(*at, **where(scheme))


async def exported(context: Context, scheme: Scheme) -> Worksheet:
    at = (context.view(), LOCAL_ADMINISTRATOR, context.scope)
    table = await exports.scorecard(*at, **where(scheme))
    sheet = load_workbook(io.BytesIO(xlsx(table))).active
    assert isinstance(sheet, Worksheet)
    return sheet


def cells(sheet: Worksheet, heads: list[str | None]) -> list[list[Any]]:
    """The rows below the row of heads."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return rows[rows.index(heads) + 1 :]


def printed_title(leaf: Indicator, *, with_full: bool) -> str:
    if not with_full or leaf.points is None or not leaf.points.resolved({}):
        return both(leaf.label)
    full = leaf.points.resolved({})
    return both(Text(f"{leaf.label.zh}（{full}）", f"{leaf.label.en} ({full})"))


def summed(sheet: Worksheet, formula: str) -> float:
    """What a formula with a sum of ranges would show."""
    (inside,) = re.findall(r"SUM\(([A-Z0-9:,]+)\)", formula)
    ranges = [sheet[each] for each in inside.split(",")]
    return float(sum(cell.value or 0 for rows in ranges for (cell,) in rows))


def test_the_table_names_every_scheme_with_a_layout() -> None:
    assert HEADS.keys() == WITH_LAYOUT.keys()


@pytest.mark.parametrize("code", WITH_LAYOUT)
async def test_a_form_has_the_columns_of_the_source_and_each_measure_once(seat: Context, code: str) -> None:
    sheet = (await blank(seat, WITH_LAYOUT[code])).worksheets[0]
    head = head_of(sheet)
    assert [cell.value for cell in sheet[head][: len(HEADS[code])]] == HEADS[code]
    codes = column(sheet, "steelyard:measure")
    found = [sheet.cell(row, codes).value for row in range(head + 1, sheet.max_row + 1)]
    written = [each for each in found if each is not None]
    assert sorted(written) == sorted(seat.entry(code).measures)


@pytest.mark.parametrize("code", WITH_LAYOUT)
async def test_a_form_sums_up_what_is_given_in_points(seat: Context, code: str) -> None:
    scheme = WITH_LAYOUT[code]
    sheet = load_workbook(io.BytesIO(filled(await blank(seat, scheme)))).worksheets[0]
    points = column(sheet, "得分")
    found = [cell.value for row in sheet.iter_rows(min_col=points, max_col=points) for cell in row]
    sums = [each for each in found if isinstance(each, str) and each.startswith("=")]
    expected = SUMS.get(code, [])
    assert [summed(sheet, each.partition(",")[2]) for each in sums] == [GIVEN * each for each in expected]


@pytest.mark.parametrize("code", WITH_LAYOUT)
async def test_a_form_comes_back_and_is_printed_as_the_source_does(seat: Context, code: str) -> None:
    scheme = WITH_LAYOUT[code]
    card, sheet = await scored(seat, scheme), await exported(seat, scheme)
    layout = layout_of(scheme)
    columns = layout.card_columns
    rows = cells(sheet, [both(each.title) or None for each in columns])
    items = {at: each.with_full for at, each in enumerate(columns) if each.show == "item"}
    for leaf in leaves(scheme):
        titles = [(at, printed_title(leaf, with_full=full)) for at, full in items.items()]
        assert sum(row[at] == title for row in rows for at, title in titles) == 1, leaf.code
    (points,) = [at for at, each in enumerate(columns) if each.show == "points"]
    assert rows[-1][min(items)] == both(layout.total or scheme.label)
    assert rows[-1][points] == pytest.approx(card.root.points)
    if layout.subtotal is not None:
        groups = [node.points for node in card.root.children if node.children]
        subtotals = [row[points] for row in rows if both(layout.subtotal) in row]
        assert subtotals == [pytest.approx(each) for each in groups]
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}


async def test_what_a_group_says_is_one_cell_beside_its_rows(seat: Context) -> None:
    sheet = (await blank(seat, WITH_LAYOUT["education.campus"])).worksheets[0]
    merged = {str(each) for each in sheet.merged_cells.ranges}
    assert {"A6:B6", "A7:A8", "D7:D8", "E7:E8"} <= merged
    assert (sheet["A7"].value, sheet["B7"].value) == ("工作标准（30）", "完成度（10）")
    assert (sheet["C7"].value, sheet["C8"].value) == ("数量", "质量")


async def test_a_leaf_on_an_upper_level_reaches_across(seat: Context) -> None:
    scheme = WITH_LAYOUT["automotive.shop"]
    await scored(seat, scheme)
    sheet = await exported(seat, scheme)
    merged = {str(each) for each in sheet.merged_cells.ranges}
    names = {cell.value: cell.row for (cell,) in sheet.iter_rows(min_col=2, max_col=2) if cell.value}
    desk, workshop, total = (names[each] for each in ("前台 Front desk", "车间 Workshop", "总分 Total"))
    assert {f"B{desk}:B{desk + 6}", f"B{workshop}:C{workshop}", f"B{total}:C{total}"} <= merged
    assert [sheet.cell(workshop, at).value for at in (1, 5, 8, 9)] == ["2", 290, 203, 0.7]
    assert [sheet.cell(desk + 6, at).value for at in (3, 5, 8)] == ["合计 Subtotal", 330, 231]


async def test_a_card_is_titled_as_its_scheme_over_all_columns(seat: Context) -> None:
    scheme = WITH_LAYOUT["automotive.shop"]
    await scored(seat, scheme)
    sheet = await exported(seat, scheme)
    assert sheet["A1"].value == both(scheme.label)
    assert "A1:J1" in {str(each) for each in sheet.merged_cells.ranges}
    assert sheet.page_setup.orientation == "landscape"


async def test_what_does_not_count_has_no_points(seat: Context) -> None:
    scheme = WITH_LAYOUT["education.campus"]
    await scored(seat, scheme)
    sheet = await exported(seat, scheme)
    found = {row[0].value: row[-1].value for row in sheet.iter_rows() if row[0].value}
    assert found["数据质量（不计分） Quality of the data (not scored)"] == "不计分 not counted"


@pytest.mark.parametrize("code", WITH_LAYOUT)
async def test_a_form_looks_as_a_table_that_is_printed(seat: Context, code: str) -> None:
    sheet = (await blank(seat, WITH_LAYOUT[code])).worksheets[0]
    head, columns = head_of(sheet), len(HEADS[code])
    heads = [cell for cell in sheet[head][:columns] if cell.value]
    assert {(cell.font.bold, cell.alignment.horizontal) for cell in heads} == {(True, "center")}
    shown = [cell.column for cell in sheet[head] if cell.value in ("得分", "填写")]
    assert len(shown) == 1 + (code in SAY_WHAT_TO_ENTER)
    for cell in (sheet.cell(row, at) for row in range(head, sheet.max_row + 1) for at in shown):
        assert (cell.border.left.style, cell.border.bottom.style) == ("thin", "thin")
        assert cell.alignment.vertical == "center"
    assert sheet["A1"].alignment.horizontal == "center"
    assert any(each.min_row == 1 and each.max_col == columns for each in sheet.merged_cells.ranges)
    assert (int(sheet.page_setup.paperSize or 0), sheet.print_title_rows) == (9, f"${head}:${head}")


@pytest.mark.parametrize("left_out", [False, True])
async def test_a_total_that_is_no_sum_is_said_to_be_none(seat: Context, left_out: bool) -> None:
    scheme = WITH_LAYOUT["automotive.shop"]
    for at, measure in enumerate(seat.entry(scheme.scheme).measures):
        value = "n/a" if left_out and at == 0 else str(at)
        here = (seat.view(), LOCAL_ADMINISTRATOR, seat.scope)
        await measurements.record(*here, **where(scheme), measure=measure, value=value)
    at_once = (seat.view(), LOCAL_ADMINISTRATOR, seat.scope)
    card = await scorecards.card(*at_once, **where(scheme))
    sheet = await exported(seat, scheme)
    said = in_lines(OF_WHAT_APPLIES) in {cell.value for row in sheet.iter_rows() for cell in row}
    assert said == (card.root.points != card.root.obtained) == left_out


async def test_long_words_have_a_line_for_each_language(seat: Context) -> None:
    scheme = WITH_LAYOUT["education.campus"]
    await scored(seat, scheme)
    sheet = await exported(seat, scheme)
    found = {cell.value for row in sheet.iter_rows() for cell in row if cell.value}
    assert {"数量 Quantity", "客户评估；牵制体制\nCustomers; departments that check each other"} <= found


async def test_what_looks_like_a_formula_is_text(seat: Context) -> None:
    scheme = WITH_LAYOUT["automotive.shop"]
    card = await scored(seat, scheme)
    words = {"show": "words", "head": "=1+1", "words": {"AUTO.FD": "-1", "AUTO.WS": "+1"}}
    columns = [each.model_dump(by_alias=True, exclude_defaults=True) for each in layout_of(scheme).columns]
    layout = Layout.model_validate({"columns": [*columns, words], "subtotal": "@SUM(A1)", "total": "=2"})
    found = printed(card, layout)
    table = Table(Text("=3", "=3"), [], found.columns, found.rows, blocks=found.blocks)
    book = Workbook()
    FormPage(book.worksheets[0], seat.entry(scheme.scheme), layout, "zh").write()
    for sheet in (load_workbook(io.BytesIO(xlsx(table))).worksheets[0], reread(book)):
        types = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row if cell.value}
        assert [types[each] for each in ("=1+1", "-1", "+1", "@SUM(A1)", "=2")] == ["s"] * 5


def reread(book: Workbook) -> Worksheet:
    target = io.BytesIO()
    book.save(target)
    return load_workbook(io.BytesIO(target.getvalue())).worksheets[0]
