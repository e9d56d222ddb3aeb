"""Forms made to break whoever reads them: refused as no form, or read as if nothing were wrong."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from openpyxl import Workbook

from steelyard.errors import InvalidInput
from steelyard.services.assessments import form_layout as layout
from steelyard.services.assessments.filled import FilledForm, read_form

KNOWN = ("scheme", "version", "hash", "unit", "period", "rater_type")


def form(score: object = 1) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([layout.SCORE_HEAD.zh, layout.CODE_HEAD])
    sheet.append([score, "m"])
    hidden = book.create_sheet(layout.HIDDEN)
    for name, value in {"format": layout.FORMAT, **dict.fromkeys(KNOWN, "x")}.items():
        hidden.append([name, value])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def changed(data: bytes, pattern: bytes, text: bytes, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            found = old.read(name)
            new.writestr(name, re.sub(pattern, lambda _: text, found) if name == part else found)
    return saved.getvalue()


def read(data: bytes) -> FilledForm | str:
    try:
        found = read_form(data, "f.xlsx")
    except InvalidInput as error:
        return error.code
    return found.problems[0].code if found.problems else found


def lines(data: bytes) -> list[tuple[str, str]]:
    found = read(data)
    assert isinstance(found, FilledForm)
    return [(line.measure, line.value) for line in found.lines]


def test_a_form_is_read() -> None:
    assert lines(form()) == [("m", "1")]


@pytest.mark.parametrize(
    "text",
    [
        b'</sheetData><mergeCells><mergeCell ref="C1:XFD1048576"/></mergeCells>',
        b'</sheetData><conditionalFormatting x="1"><y/></conditionalFormatting>',
        b'<row r="999999999"><c r="A999999999"><v>1</v></c></row></sheetData>',
    ],
)
def test_what_has_no_say_costs_nothing(text: bytes) -> None:
    assert lines(changed(form(), b"</sheetData>", text)) == [("m", "1")]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (b"</sheetData>", b'<row r="3">' + b"<c/>" * 400_000 + b"</row></sheetData>"),
        (b"</sheetData>", b" " * 50_000_000 + b"</sheetData>"),
        (b"</sheetData>", b"</sheetData><mergeCells><x>"),
        (b"</sheetData>", b'</sheetData><dataValidations><dataValidation type="x"/></dataValidations>'),
        (b"<v>1</v>", b"<v>" + b"9" * 5000 + b"</v>"),
        (b"<worksheet", b'<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/hostname">]><worksheet'),
        (b"<dimension[^>]*>", b'<dimension ref="A1:B1048576"/>'),
    ],
)
def test_what_is_no_form(pattern: bytes, text: bytes) -> None:
    assert read(changed(form(), pattern, text)) == "ASSESSMENT_FORM_UNKNOWN"


def test_only_the_hidden_sheet() -> None:
    book = b'<sheet [^>]*name="Sheet"[^>]*>'
    assert read(changed(form(), book, b"", "xl/workbook.xml")) == "ASSESSMENT_FORM_UNKNOWN"


def test_a_number_beyond_all_numbers() -> None:
    assert read(changed(form(), b"<v>1</v>", b"<v>1e400</v>")) == "ASSESSMENT_FORM_CELL"


def test_a_form_says_which_head_its_points_have() -> None:
    book = Workbook()
    book.worksheets[0].append(["分数", layout.SCORE_HEAD.zh, "意见", layout.CODE_HEAD])
    book.worksheets[0].append([7, "no points", "clean", "m"])
    hidden = book.create_sheet(layout.HIDDEN)
    heads = {layout.SCORE_KEY: "分数", layout.COMMENT_KEY: "意见"}
    for name, value in {"format": layout.FORMAT, **dict.fromkeys(KNOWN, "x"), **heads}.items():
        hidden.append([name, value])
    saved = io.BytesIO()
    book.save(saved)
    found = read(saved.getvalue())
    assert isinstance(found, FilledForm)
    assert [(line.measure, line.value, line.comment) for line in found.lines] == [("m", "7", "clean")]
