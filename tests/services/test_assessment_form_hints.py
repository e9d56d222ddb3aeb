"""What a form says of each cell that is to be filled in."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from steelyard.errors import Locale
from steelyard.intake.notation import Notation
from steelyard.packs.loader import load_packs
from steelyard.packs.origin import installed_packs
from steelyard.services.assessments.form_hints import hint_of
from steelyard.services.assessments.form_layout import CODE_HEAD, USUAL
from steelyard.services.assessments.form_page import FormPage
from steelyard.services.scheme_entry import scheme_entry

PACKS = load_packs(installed_packs())


def page(scheme: str, locale: Locale) -> Worksheet:
    sheet = Workbook().worksheets[0]
    entry = scheme_entry(PACKS.schemes[scheme], PACKS, is_installed=True)
    FormPage(sheet, entry, entry.scheme.layout or USUAL, locale).write()
    return sheet


def by_measure(sheet: Worksheet) -> Mapping[str, int]:
    [code] = [cell for row in sheet.iter_rows() for cell in row if cell.value == CODE_HEAD]
    rows = range(code.row + 1, sheet.max_row + 1)
    found = {str(sheet.cell(row, code.column).value): row for row in rows}
    return {measure: row for measure, row in found.items() if measure != "None"}


def checks(sheet: Worksheet) -> Mapping[str, DataValidation]:
    return {str(each.sqref): each for each in sheet.data_validations.dataValidation}


@pytest.mark.parametrize("scheme", sorted(PACKS.schemes))
def test_every_cell_to_be_filled_in_says_what_it_takes(scheme: str) -> None:
    sheet = page(scheme, "zh")
    rows, found = by_measure(sheet), checks(sheet)
    assert sorted(int(cell.lstrip("ABCDEFGHIJK")) for cell in found) == sorted(rows.values())
    assert all(each.prompt and each.showInputMessage and each.showErrorMessage for each in found.values())
    assert max(len(each.prompt) for each in found.values()) <= 255, "what a spreadsheet shows at most"


@pytest.mark.parametrize(
    ("scheme", "locale", "measure", "words"),
    [
        ("service-team.post", "zh", "POST.KN.PRODUCT", "0–100 %"),
        ("service-team.post", "en", "POST.KN.PRODUCT", "0–100 %"),
        ("education.campus", "zh", "TU.STD.DONE", "0–10 分"),
        ("education.campus", "en", "TU.STD.DONE", "0–10 points"),
        ("education.campus", "zh", "complaints:unhandled", "次数，整数≥0"),
        ("education.campus", "en", "complaints:unhandled", "a count, whole, ≥ 0"),
    ],
)
def test_a_row_says_it_where_no_column_of_full_marks_does(
    scheme: str, locale: Locale, measure: str, words: str
) -> None:
    sheet = page(scheme, locale)
    row = by_measure(sheet)[measure]
    assert words in [cell.value for cell in sheet[row]]
    assert any(each.prompt.startswith(words) for cell, each in checks(sheet).items() if cell[1:] == str(row))


def test_a_column_of_full_marks_says_enough() -> None:
    sheet = page("automotive.front-desk", "zh")
    assert "填写" not in [cell.value for row in sheet.iter_rows() for cell in row]


@pytest.mark.parametrize(
    ("notation", "full", "limits"),
    [
        (Notation.PLAIN, 30, "AND(ISNUMBER(D7),D7>=0,D7<=30)"),
        (Notation.PERCENT, None, "AND(ISNUMBER(D7),D7>=0,D7<=100)"),
        (Notation.RATE, None, "AND(ISNUMBER(D7),D7>=0,D7<=1)"),
        (Notation.SHARE, None, "ISNUMBER(D7)"),
        (Notation.COUNT, None, "AND(ISNUMBER(D7),D7>=0)"),
        (Notation.PLAIN, None, "ISNUMBER(D7)"),
        (Notation.OPEN, None, "ISNUMBER(D7)"),
    ],
)
def test_a_cell_is_checked(notation: Notation, full: int | None, limits: str) -> None:
    validation = hint_of(notation, None if full is None else Fraction(full)).validation("D7", "en")
    assert validation.formula1 == f'OR({limits},D7="n/a",D7="不适用")'
