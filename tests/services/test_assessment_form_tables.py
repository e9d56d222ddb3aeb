"""What people do to a form's table: nothing that was filled in is lost or mixed up without a word."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from openpyxl import Workbook, load_workbook

from steelyard.errors import InvalidInput, Problem
from steelyard.services.assessments import form_layout as layout
from steelyard.services.assessments.filled import FilledForm, read_form

KNOWN = ("scheme", "version", "hash", "unit", "period", "rater_type")
ROWS = [
    ["项目", "得分", "备注", layout.CODE_HEAD],
    ["一", 1, "好", "a"],
    ["二", 2, "", "b"],
    ["合计", "=SUM(B2:B3)", "", None],
]


def book() -> Workbook:
    made = Workbook()
    for row in ROWS:
        made.worksheets[0].append(row)
    hidden = made.create_sheet(layout.HIDDEN)
    heads = {layout.SCORE_KEY: "得分", layout.COMMENT_KEY: "备注"}
    for name, value in {"format": layout.FORMAT, **dict.fromkeys(KNOWN, "x"), **heads}.items():
        hidden.append([name, value])
    return made


def read(made: Workbook) -> FilledForm:
    saved = io.BytesIO()
    made.save(saved)
    return read_form(saved.getvalue(), "f.xlsx")


def problems(change: Callable[[Workbook], object]) -> list[Problem]:
    made = book()
    change(made)
    try:
        return list(read(made).problems)
    except InvalidInput as error:
        return list(error.problems)


def put(cell: str, value: object) -> Callable[[Workbook], object]:
    return lambda made: setattr(made.worksheets[0][cell], "value", value)


SPOILT: list[tuple[Callable[[Workbook], object], str]] = [
    (put("F1", "得分"), "ASSESSMENT_FORM_HEAD_TWICE"),
    (put("F1", "备注"), "ASSESSMENT_FORM_HEAD_TWICE"),
    (put("B1", "得 分"), "ASSESSMENT_FORM_HEAD"),
    (put("C1", "说明"), "ASSESSMENT_FORM_HEAD"),
    (lambda made: made.worksheets[0].delete_cols(3), "ASSESSMENT_FORM_HEAD"),
    (put("D2", None), "ASSESSMENT_FORM_ROW"),
    (put("B4", 9), "ASSESSMENT_FORM_ROW"),
    (put("B5", "70%"), "ASSESSMENT_FORM_ROW"),
    (put("B5", "不适用"), "ASSESSMENT_FORM_ROW"),
    (lambda made: made.copy_worksheet(made.worksheets[0]), "ASSESSMENT_FORM_TABLES"),
    (lambda made: made.worksheets[0].merge_cells("B2:B3"), "ASSESSMENT_FORM_MERGED"),
    (lambda made: made.worksheets[0].merge_cells("A2:B2"), "ASSESSMENT_FORM_MERGED"),
]


@pytest.mark.parametrize(("change", "code"), SPOILT, ids=[str(each) for each in range(len(SPOILT))])
def test_nothing_is_lost_without_a_word(change: Callable[[Workbook], object], code: str) -> None:
    assert [problem.code for problem in problems(change)] == [code]


def test_the_head_that_is_gone_is_named() -> None:
    [problem] = problems(put("B1", "Score"))
    assert problem.values == {"head": "得分", "line": 1}


KEPT: list[Callable[[Workbook], object]] = [
    lambda made: made.create_sheet("notes", 0),
    lambda made: made.worksheets[0].merge_cells("B2:C2"),
    lambda made: made.worksheets[0].merge_cells("C2:C3"),
    lambda made: made.worksheets[0].merge_cells("A5:F9"),
    put("B6", "签字：张三"),
]


@pytest.mark.parametrize("change", KEPT, ids=[str(each) for each in range(len(KEPT))])
def test_what_loses_no_points_is_taken(change: Callable[[Workbook], object]) -> None:
    made = book()
    change(made)
    assert [(line.measure, line.value) for line in read(made).lines] == [("a", "1"), ("b", "2")]


def test_a_book_that_is_loaded_and_saved_again_reads_alike() -> None:
    saved = io.BytesIO()
    book().save(saved)
    assert read(load_workbook(saved)) == read(book())
