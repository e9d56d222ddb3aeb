"""The form out, filled in as a person does, and in again."""

from __future__ import annotations

import io
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from steelyard.access.actor import LOCAL_ADMINISTRATOR, Actor
from steelyard.access.permissions import Permission
from steelyard.errors import Conflict, InvalidInput, Locale, Text
from steelyard.packs.loader import load_packs
from steelyard.packs.origin import installed_packs
from steelyard.services import measurements, scorecards
from steelyard.services.assessments import deciding
from steelyard.services.assessments.filled import import_form, read_form
from steelyard.services.assessments.form import blank_form
from steelyard.services.assessments.form_layout import USUAL
from steelyard.services.assessments.form_page import FormPage
from steelyard.services.assessments.sheet import Sheet
from steelyard.services.context import context_on
from steelyard.store import units
from steelyard.store.assessments import AssessmentState
from steelyard.store.engine import Database
from steelyard.store.units import NewUnit

FRONT_DESK, CAMPUS, STANDARD = "automotive.front-desk", "education.campus", "standards.gbt27922"
CASES = [
    f"complaints:{case}"
    for case in (
        "unhandled",
        "dissatisfied",
        "rather_dissatisfied",
        "fairly_satisfied",
        "satisfied",
        "very_satisfied",
    )
]
SOURCE_2014 = {"FD.CORE": 100, "FD.5S": 43, "FD.HR": 9, "FD.DOC": 7, "FD.KANBAN": 0, "FD.DMS": 5}


def person(code: str) -> Actor:
    return Actor(code, Text(code, code), dict.fromkeys(Permission))


@pytest.fixture
async def desk(database: Database) -> Any:
    async with context_on(database, load_packs(installed_packs())) as context:
        seat = (context.view(), LOCAL_ADMINISTRATOR, context.scope)
        async with database.write(context.scope) as writer:
            news = [
                NewUnit("D1", Text("=一店", "=Dealer 1"), "dealer"),
                NewUnit("C1", Text("一校", "Campus 1"), "campus"),
                NewUnit("E1", Text("一企", "Enterprise 1"), "enterprise"),
            ]
            await units.ensure(writer, context.scope, news)
        context.view()
        yield seat


async def blank(
    seat: Any, locale: Locale = "zh", period: str = "2014", scheme: str = FRONT_DESK, unit: str = "D1"
) -> bytes:
    view, _, scope = seat
    where = {"scheme": scheme, "unit": unit, "period": period}
    return await blank_form(view.context.view(), person("ann"), scope, **where, locale=locale)


def fill(form: bytes, values: Mapping[str, Any], *, moved: bool = False) -> bytes:
    book = load_workbook(io.BytesIO(form))
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if "steelyard:measure" in [cell.value for cell in row])
    column = {cell.value: cell.column for cell in head}
    codes, score = column["steelyard:measure"], column.get("得分") or column["Points"]
    for row in range(head[0].row + 1, sheet.max_row + 1):
        code = sheet.cell(row, codes).value
        if code in values:
            sheet.cell(row, score).value = values[code]
    if moved:
        sheet.insert_rows(1, 3)
        sheet.insert_cols(2)
    return written(book)


def written(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("moved", [False, True])
async def test_the_sheet_of_2014(desk: Any, locale: Locale, moved: bool) -> None:
    data = fill(await blank(desk, locale), SOURCE_2014, moved=moved)
    view, _, scope = desk
    sheet, new = await import_form(
        view.context.view(), person("ann"), scope, data=data, file="fd.xlsx", submit=True
    )
    assert (new, sheet.record.state, sheet.unit) == (True, AssessmentState.SUBMITTED, "D1")
    seat = (view.context.view(), person("boss"), scope)
    await deciding.approve(*seat, number=sheet.record.number, revision=sheet.record.revision)
    card = await scorecards.card(*seat, scheme=FRONT_DESK, unit="D1", period="2014")
    assert (card.root.points, card.root.full, card.root.passed) == (164, 330, False)
    assert card.root.score == pytest.approx(49.697, abs=5e-4)


async def taken(seat: Any, data: bytes, rater: str = "ann") -> tuple[Sheet, bool]:
    """A form that is handed in."""
    here = (seat[0].context.view(), person(rater), seat[2])
    return await import_form(*here, data=data, file="form.xlsx", submit=True)


async def returned(seat: Any, sheet: Sheet) -> None:
    number, revision = sheet.record.number, sheet.record.revision
    here = (seat[0].context.view(), person("boss"), seat[2])
    await deciding.give_back(*here, number=number, revision=revision, reason="look again")


async def approved(seat: Any, sheet: Sheet) -> dict[str, Fraction | None]:
    """What an approved sheet makes, by measure."""
    number, revision = sheet.record.number, sheet.record.revision
    here = (seat[0].context.view(), person("boss"), seat[2])
    await deciding.approve(*here, number=number, revision=revision)
    where = {"scheme": sheet.record.scheme, "period": sheet.period, "units": [sheet.unit]}
    found = await measurements.records(*here, **where)
    return {each.measure: each.value for each in found[sheet.unit]}


async def test_a_returned_sheet_is_filled_in_anew(desk: Any) -> None:
    form = await blank(desk)
    first, _ = await taken(desk, fill(form, SOURCE_2014))
    await returned(desk, first)
    corrected = fill(form, {**SOURCE_2014, "FD.5S": 40, "FD.DMS": None})
    second, new = await taken(desk, corrected)
    assert (new, second.record.number) == (True, first.record.number)
    assert (second.record.state, second.lines["FD.5S"].value) == (AssessmentState.SUBMITTED, 40)
    assert not second.says("FD.DMS")
    assert (await taken(desk, corrected))[1] is False
    assert (await approved(desk, second)).get("FD.5S") == 40


async def test_a_sheet_that_waits_for_its_approval_is_left_alone(desk: Any) -> None:
    form = await blank(desk)
    await taken(desk, fill(form, SOURCE_2014))
    with pytest.raises(Conflict) as caught:
        await taken(desk, fill(form, {**SOURCE_2014, "FD.5S": 40}))
    assert caught.value.code == "ASSESSMENT_EXISTS"


async def test_two_raters_may_send_the_same_file(desk: Any) -> None:
    data = fill(await blank(desk), SOURCE_2014)
    sheets = [await taken(desk, data, rater) for rater in ("ann", "bob")]
    assert [(new, sheet.record.rater) for sheet, new in sheets] == [(True, "ann"), (True, "bob")]


async def test_the_cases_of_a_choice(desk: Any) -> None:
    form = await blank(desk, scheme=CAMPUS, unit="C1", period="2025-Q1")
    counts = dict(zip(CASES, (0, 1, "n/a", 0, 3, None), strict=True))
    sheet, _ = await taken(desk, fill(form, {"TU.STD.DONE": 9.5, **counts}))
    found = await approved(desk, sheet)
    assert found["TU.STD.DONE"] == Fraction(19, 2)
    assert [found.get(case, "nothing") for case in CASES] == [0, 1, None, 0, 3, "nothing"]


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("zh", "：投诉：未处理（unhandled）"),
        ("en", ": Complaints: not handled (unhandled)"),
    ],
)
async def test_the_cases_of_a_choice_have_their_titles(desk: Any, locale: Locale, said: str) -> None:
    form = await blank(desk, locale, scheme=CAMPUS, unit="C1", period="2025-Q1")
    cells = [cell.value for row in load_workbook(io.BytesIO(form)).worksheets[0] for cell in row]
    assert any(str(cell).endswith(said) for cell in cells)


async def test_counts_of_rules(desk: Any) -> None:
    form = await blank(desk, "en", scheme=STANDARD, unit="E1", period="2025")
    sheet, _ = await taken(desk, fill(form, {"GBT.GOODS.REPAIR": 10, "special_deductions": 2}))
    found = await approved(desk, sheet)
    assert found == {"GBT.GOODS.REPAIR": 10, "special_deductions": 2}


@pytest.mark.parametrize("count", [-1, "2%"])
async def test_counts_are_not_negative_and_no_shares(desk: Any, count: object) -> None:
    form = await blank(desk, scheme=STANDARD, unit="E1", period="2025")
    with pytest.raises(InvalidInput) as caught:
        await taken(desk, fill(form, {"special_deductions": count}))
    assert [problem.place.field for problem in caught.value.problems] == ["E26"]


async def test_the_rows_of_choices_and_rules(desk: Any) -> None:
    sheet = Workbook().worksheets[0]
    FormPage(sheet, desk[0].context.entry(CAMPUS), USUAL, "en").write()
    rows = [[cell.value for cell in row] for row in sheet.rows]
    of_choice = [row[2:8] for row in rows if row[10] in CASES]
    assert of_choice == [[0.1, None, None, None, None, 0.7], *[[None] * 6] * 5]
    form = await blank(desk, "en", scheme=STANDARD, unit="E1", period="2025")
    rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(form)).worksheets[0].rows]
    assert rows[-3][1] == "each special_deductions adds -1 to the total; 5 make it failed"
    assert rows[-1][3] == '=SUMIFS(D7:D24,E7:E24,"<>n/a",E7:E24,"<>不适用")', "what rules count is no points"


async def test_the_same_file_twice_is_one(desk: Any) -> None:
    data = fill(await blank(desk), SOURCE_2014)
    view, _, scope = desk
    found = [
        await import_form(view.context.view(), person("ann"), scope, data=data, file="fd.xlsx")
        for _ in range(2)
    ]
    assert [new for _, new in found] == [True, False]
    assert found[0][0].record.number == found[1][0].record.number


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (25, "ASSESSMENT_POINTS_OUT_OF_RANGE"),
        (-1, "ASSESSMENT_POINTS_OUT_OF_RANGE"),
        ("about 7", "TABLE_NOT_A_NUMBER"),
        ("=3+4", "ASSESSMENT_FORM_CELL"),
        (True, "ASSESSMENT_FORM_CELL"),
    ],
)
async def test_noisy_cells_are_named(desk: Any, value: object, code: str) -> None:
    data = fill(await blank(desk), {**SOURCE_2014, "FD.KANBAN": value})
    view, _, scope = desk
    with pytest.raises(InvalidInput) as caught:
        await import_form(view.context.view(), person("ann"), scope, data=data, file="fd.xlsx")
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.file, problem.place.field) == (code, "fd.xlsx", "D11")


async def test_only_what_is_to_be_filled_in_is_open(desk: Any) -> None:
    sheet = load_workbook(io.BytesIO(await blank(desk))).worksheets[0]
    assert sheet.protection.sheet
    heads = ("项目", "项目权重", "满分", "得分", "得分率", "合格值", "备注")
    assert tuple(cell.value for cell in sheet[6][:7]) == heads, "the layout of the source, and remarks"
    is_open = [not sheet.cell(7, column).protection.locked for column in range(1, 8)]
    assert is_open == [head in ("得分", "备注") for head in heads]
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=一店", "s")
    assert sheet["E7"].value.startswith("=IF(")
    assert [cell.value for cell in sheet[13][:6]] == [
        *("合计", 0.33, '=SUMIFS(C7:C12,D7:D12,"<>n/a",D7:D12,"<>不适用")'),
        '=IF(COUNT(D7:D12)=0,"",SUM(D7:D12))',
        *('=IF(ISNUMBER(D13),D13/C13,"")', "=0.7*C13"),
    ]


async def test_a_form_of_another_version_is_refused(desk: Any) -> None:
    book = load_workbook(io.BytesIO(await blank(desk)))
    book["steelyard"]["B4"].value = "0" * 64
    view, _, scope = desk
    with pytest.raises(InvalidInput) as caught:
        await import_form(view.context.view(), person("ann"), scope, data=written(book), file="fd.xlsx")
    assert caught.value.code == "ASSESSMENT_FORM_VERSION"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", written(Workbook())], ids=["empty", "torn", "other"])
async def test_other_files_are_refused(desk: Any, data: bytes) -> None:
    view, _, scope = desk
    with pytest.raises(InvalidInput) as caught:
        await import_form(view.context.view(), person("ann"), scope, data=data, file="x.xlsx")
    assert caught.value.code == "ASSESSMENT_FORM_UNKNOWN"


async def test_a_row_that_was_deleted_is_missed(desk: Any) -> None:
    book = load_workbook(io.BytesIO(fill(await blank(desk), SOURCE_2014)))
    book.worksheets[0].delete_rows(8)
    with pytest.raises(InvalidInput) as caught:
        await taken(desk, written(book))
    [problem] = caught.value.problems
    assert (problem.code, problem.values["measure"]) == ("ASSESSMENT_FORM_ROW_MISSING", "FD.5S")


async def test_all_that_is_wrong_is_said_at_once(desk: Any) -> None:
    bad = {"FD.CORE": "=50+50", "FD.5S": 4300, "FD.HR": "nine", "FD.DOC": True, "FD.DMS": "50%"}
    book = load_workbook(io.BytesIO(fill(await blank(desk), {**SOURCE_2014, **bad})))
    book.worksheets[0].delete_rows(11)
    book.worksheets[0]["D20"].value = 7
    with pytest.raises(InvalidInput) as caught:
        await taken(desk, written(book))
    assert sorted(problem.code for problem in caught.value.problems) == [
        *("ASSESSMENT_FORM_CELL", "ASSESSMENT_FORM_CELL"),
        *("ASSESSMENT_FORM_ROW", "ASSESSMENT_FORM_ROW_MISSING", "ASSESSMENT_POINTS_OUT_OF_RANGE"),
        *("TABLE_NOT_A_NUMBER", "TABLE_PERCENT_REFUSED"),
    ]


SAID = [("zh", "编号 C1 · 周期 2025-Q1 · 版本 {}"), ("en", "C1 · period 2025-Q1 · version {}")]


@pytest.mark.parametrize(("locale", "said"), SAID)
async def test_a_form_shows_for_what_it_was_made(desk: Any, locale: Locale, said: str) -> None:
    form = await blank(desk, locale, scheme=CAMPUS, unit="C1", period="2025-Q1")
    shown = [cell.value for row in load_workbook(io.BytesIO(form)).worksheets[0].rows for cell in row]
    assert said.format(desk[0].context.entry(CAMPUS).scheme.version) in shown
    assert not {"经销商名称", "咨询师"} & set(shown)


@pytest.mark.parametrize("head", ["咨询师", "评估人"])
async def test_heads_of_forms_handed_out_earlier_are_read(desk: Any, head: str) -> None:
    book = load_workbook(io.BytesIO(await blank(desk)))
    [assessor] = [cell for row in book.worksheets[0].rows for cell in row if cell.value == "评估人"]
    assessor.value = head
    book.worksheets[0].cell(assessor.row, assessor.column + 1).value = "李"
    assert read_form(written(book), "f.xlsx").headers["consultant"] == "李"
