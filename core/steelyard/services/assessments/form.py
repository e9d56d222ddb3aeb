"""The sheet as an XLSX file, blank: in the layout that the scheme's source prints, or the usual one."""

from __future__ import annotations

import io
from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.styles import Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Locale, Text
from steelyard.reporting.look import CENTRED, TITLE_FONT, set_cell, set_page, title_height
from steelyard.scheme.layout import Layout, Shown
from steelyard.services import structure
from steelyard.services.assessments import form_layout as layout
from steelyard.services.assessments.form_page import HEAD_ROW, FormPage, plain
from steelyard.services.calendars import require_period
from steelyard.services.context import View
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.store.units import UnitRecord

_TEXTS: frozenset[Shown] = frozenset({"item", "words", "rubric", "remark"})
"""What is read as text, and stands at the left of its cells."""

MADE_FOR_ROW = 5
"""The row between the heads and the table."""


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
    packs = view.context.packs
    measures = packs.measures(entry.pack) if entry.is_installed else ()
    titles = {each.measure: each.title for each in measures}
    return _written(entry, found, period, rater_type, locale, titles)


def _written(
    entry: SchemeEntry,
    unit: UnitRecord,
    period: str,
    rater_type: str | None,
    locale: Locale,
    titles: Mapping[str, Text],
) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "评估表" if locale == "zh" else "Assessment"
    shown = entry.scheme.layout or layout.USUAL
    page = FormPage(sheet, entry, shown, locale, titles)
    page.write()
    _heads(sheet, entry, unit, locale)
    made_for = layout.MADE_FOR.get(locale)
    said = made_for.format(unit=unit.code, period=period, version=entry.scheme.version)
    plain(sheet, MADE_FOR_ROW, 1, said)
    _dress(sheet, shown, page.width)
    sheet.protection.sheet = True
    heads = {column.show: column.title.get(locale) for column in shown.form_columns}
    known = {
        "format": layout.FORMAT,
        "scheme": entry.code,
        "version": entry.scheme.version,
        "hash": entry.hash,
        "unit": unit.code,
        "period": period,
        "rater_type": rater_type or "",
        layout.SCORE_KEY: heads["points"],
        layout.COMMENT_KEY: heads["remark"],
    }
    _hide(book, known)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _hide(book: Workbook, known: Mapping[str, str]) -> None:
    """Write what a program finds the form by to a sheet that nobody sees."""
    hidden = book.create_sheet(layout.HIDDEN)
    hidden.sheet_state = "hidden"
    for number, (name, value) in enumerate(known.items(), 1):
        plain(hidden, number, 1, name)
        plain(hidden, number, 2, value)


def _heads(sheet: Worksheet, entry: SchemeEntry, unit: UnitRecord, locale: Locale) -> None:
    plain(sheet, 1, 1, entry.scheme.label.get(locale), bold=True)
    for number, (name, words) in enumerate(layout.FIELDS.items()):
        row, column = 2 + number // 2, 1 + 4 * (number % 2)
        plain(sheet, row, column, words.get(locale))
        plain(sheet, row, column + 1, unit.title.get(locale) if name == "unit" else "")
        sheet.cell(row, column + 1).protection = Protection(locked=False)


def _dress(sheet: Worksheet, shown: Layout, width: int) -> None:
    """Have the form look as a table does that is printed; what to enter stands behind the layout's."""
    columns = shown.form_columns
    texts = [column.show in _TEXTS for column in columns] + [True] * (width - len(columns))
    for row in sheet.iter_rows(min_row=HEAD_ROW, max_col=width):
        for cell, is_text in zip(row, texts, strict=True):
            set_cell(cell, is_text=cell.row > HEAD_ROW and is_text)
    letters = [get_column_letter(at) for at in range(1, len(columns) + 1)]
    sheet["A1"].font, sheet["A1"].alignment = TITLE_FONT, CENTRED
    sheet.merge_cells(f"A1:{letters[-1]}1")
    widths = [float(sheet.column_dimensions[each].width) for each in letters]
    sheet.row_dimensions[1].height = title_height(str(sheet["A1"].value), widths)
    set_page(sheet, HEAD_ROW, widths)
