"""The sheet as an XLSX file, blank: in the layout of the front desk's own sheet, for any scheme."""

from __future__ import annotations

import io
from fractions import Fraction

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Locale
from steelyard.services import structure
from steelyard.services.assessments import form_layout as layout
from steelyard.services.assessments.form_layout import FormRow
from steelyard.services.calendars import require_period
from steelyard.services.context import View
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.store.units import UnitRecord

_HEAD_ROW = 6
_CODE = len(layout.HEADS) + 1
_WIDTHS = (8, 34, 10, 10, 10, 10, 10, 10, 40)
_OPEN = Protection(locked=False)
_GREY = PatternFill("solid", fgColor="DDDDDD")
_RATE = "0.00%"


async def blank_form(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    unit: str,
    period: str,
    rater_type: str | None = None,
    locale: Locale = "zh",
) -> bytes:
    """The XLSX file of an empty sheet; only points, comments and the heads can be written to.

    Raises NotFound, and Forbidden without `assessment.write` on the unit.
    """
    entry = view.context.entry(scheme)
    found = (await structure.load(view, actor, scope)).unit(unit)
    entry.require_type(found.code, found.unit_type)
    actor.require(Permission.ASSESSMENT_WRITE, [found.id])
    require_period(entry, period)
    return _written(entry, found, period, rater_type, locale)


def _written(
    entry: SchemeEntry, unit: UnitRecord, period: str, rater_type: str | None, locale: Locale
) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "评估表" if locale == "zh" else "Assessment"
    _heads(sheet, entry, unit, locale)
    rows = list(layout.form_rows(entry))
    for offset, row in enumerate(rows, 1):
        _row(sheet, _HEAD_ROW + offset, row, locale)
    _total(sheet, entry, rows, locale)
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = width
    sheet.column_dimensions[sheet.cell(1, _CODE).column_letter].hidden = True
    sheet.freeze_panes = sheet.cell(_HEAD_ROW + 1, 1)
    sheet.protection.sheet = True
    hidden = book.create_sheet(layout.HIDDEN)
    hidden.sheet_state = "hidden"
    known = {
        "format": layout.FORMAT,
        "scheme": entry.code,
        "version": entry.scheme.version,
        "hash": entry.hash,
        "unit": unit.code,
        "period": period,
        "rater_type": rater_type or "",
    }
    for number, (name, value) in enumerate(known.items(), 1):
        _text(hidden, number, 1, name)
        _text(hidden, number, 2, value)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _heads(sheet: Worksheet, entry: SchemeEntry, unit: UnitRecord, locale: Locale) -> None:
    _text(sheet, 1, 1, entry.scheme.label.get(locale), bold=True)
    for number, (name, words) in enumerate(layout.FIELDS.items()):
        row, column = 2 + number // 2, 1 + 4 * (number % 2)
        _text(sheet, row, column, words.get(locale))
        _text(sheet, row, column + 1, unit.title.get(locale) if name == "unit" else "")
        sheet.cell(row, column + 1).protection = _OPEN
    for column, words in enumerate(layout.HEADS, 1):
        _text(sheet, _HEAD_ROW, column, words.get(locale), bold=True)
        sheet.cell(_HEAD_ROW, column).fill = _GREY
    _text(sheet, _HEAD_ROW, _CODE, layout.CODE_HEAD)


def _row(sheet: Worksheet, at: int, row: FormRow, locale: Locale) -> None:
    _text(sheet, at, 1, row.number)
    _text(sheet, at, 2, row.title.get(locale), bold=row.measure is None)
    _number(sheet, at, 3, row.weight, _RATE)
    if row.measure is None:
        return
    _number(sheet, at, 4, row.full)
    sheet.cell(at, 5).protection = _OPEN
    sheet.cell(at, 9).protection = _OPEN
    sheet.cell(at, 9).alignment = Alignment(wrap_text=True)
    _number(sheet, at, 8, row.line, _RATE)
    _text(sheet, at, _CODE, row.measure)
    if row.full is not None:
        sheet.cell(at, 6, f'=IF(ISNUMBER(E{at}),IF(D{at}=0,"",E{at}/D{at}),"")').number_format = _RATE
        _number(sheet, at, 7, None if row.line is None else row.line * row.full)
        rule = f'=OR(AND(ISNUMBER(E{at}),E{at}>=0,E{at}<=D{at}),E{at}="n/a",E{at}="不适用")'
        validation = DataValidation(type="custom", formula1=rule[1:], allow_blank=True)
        validation.error = f"0 … {float(row.full):g}, n/a"
        validation.showErrorMessage = True
        sheet.add_data_validation(validation)
        validation.add(f"E{at}")


def _total(sheet: Worksheet, entry: SchemeEntry, rows: list[FormRow], locale: Locale) -> None:
    items = [number for number, row in enumerate(rows, 1) if row.measure in _of_leaves(entry)]
    if not items or any(rows[number - 1].full is None for number in items):
        return
    at = _HEAD_ROW + len(rows) + 1
    # What rules count is no points.
    span = f"{_HEAD_ROW + 1}:{{0}}{_HEAD_ROW + items[-1]}"
    _text(sheet, at, 2, layout.TOTAL.get(locale), bold=True)
    sheet.cell(at, 4, f"=SUM(D{span.format('D')})")
    sheet.cell(at, 5, f'=IF(COUNT(E{span.format("E")})=0,"",SUM(E{span.format("E")}))')
    sheet.cell(at, 6, f'=IF(ISNUMBER(E{at}),E{at}/D{at},"")').number_format = _RATE
    line = entry.root.line
    if line is not None:
        sheet.cell(at, 7, f"=H{at}*D{at}")
        sheet.cell(at, 8, line).number_format = _RATE


def _of_leaves(entry: SchemeEntry) -> set[str]:
    return {name for name, use in entry.measures.items() if use.by_leaf}


def _text(sheet: Worksheet, row: int, column: int, text: str, *, bold: bool = False) -> None:
    cell = sheet.cell(row, column, text)
    # What a pack or a person wrote is never a formula, whatever it begins with.
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)


def _number(sheet: Worksheet, row: int, column: int, value: Fraction | None, form: str = "General") -> None:
    if value is not None:
        number = value.numerator if value.denominator == 1 else float(value)
        sheet.cell(row, column, number).number_format = form
