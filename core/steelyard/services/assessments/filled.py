"""The filled form, read again: a draft, or a sheet that is handed in at once."""

from __future__ import annotations

import asyncio
import hashlib
import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput, Place, Problem, Text
from steelyard.intake.cell import shown
from steelyard.scheme.number import decimal_text
from steelyard.services.assessments import form_layout as layout
from steelyard.services.assessments import problems as p
from steelyard.services.assessments.lines import read_lines
from steelyard.services.assessments.sheet import LineInput, Sheet
from steelyard.services.assessments.writing import Filled, begin_filled
from steelyard.services.context import View

LARGEST = 10_000_000
UNPACKED = 100_000_000
_MOST_CELLS = 2_000_000


@dataclass(frozen=True, slots=True)
class FilledForm:
    """What a form says: for what it was made, its heads, its lines, and in which cell each value stands."""

    known: dict[str, str]
    headers: dict[str, str]
    lines: tuple[LineInput, ...]
    cells: tuple[str, ...]


async def import_form(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    data: bytes,
    file: str,
    rater: str | None = None,
    submit: bool = False,
) -> tuple[Sheet, bool]:
    """Take a filled form in; return the sheet, and whether it is new: the same file twice is one sheet.

    Raises InvalidInput with all that is wrong, each with its cell, and with ASSESSMENT_FORM_VERSION for a
    form of another version of the scheme; what `writing.begin` raises besides.
    """
    form = await asyncio.to_thread(read_form, data, file)
    entry = view.context.entry(form.known["scheme"])
    if form.known["hash"] != entry.hash:
        values = {"found": form.known["version"], "expected": entry.scheme.version, "scheme": entry.code}
        raise InvalidInput(Problem(p.ASSESSMENT_FORM_VERSION, Place(file), values))
    try:
        lines = read_lines(entry, form.lines)
    except InvalidInput as error:
        raise InvalidInput(_in_cells(problem, form, file) for problem in error.problems) from error
    content = hashlib.sha256(b"assessment\0" + entry.hash.encode() + b"\0" + data).hexdigest()
    return await begin_filled(
        view,
        actor,
        scope,
        scheme=entry.code,
        unit=form.known["unit"],
        period=form.known["period"],
        rater_type=form.known["rater_type"] or None,
        rater=rater,
        headers=form.headers,
        filled=Filled(file, content, tuple(lines), submit),
    )


def read_form(data: bytes, file: str) -> FilledForm:
    """Read a form wherever its rows and columns were moved; InvalidInput with all that is wrong."""
    book = _opened(data, file)
    if layout.HIDDEN not in book.sheetnames:
        raise InvalidInput(Problem(p.ASSESSMENT_FORM_UNKNOWN, Place(file)))
    rows = book[layout.HIDDEN].iter_rows(min_row=1, max_row=20, max_col=2, values_only=True)
    known = {str(name): "" if value is None else str(value) for name, value in rows if name}
    names = ("scheme", "version", "hash", "unit", "period", "rater_type")
    if known.get("format") != layout.FORMAT or any(name not in known for name in names):
        raise InvalidInput(Problem(p.ASSESSMENT_FORM_UNKNOWN, Place(file)))
    sheet = next(each for each in book.worksheets if each.title != layout.HIDDEN)
    return _read(sheet, known, file)


def _opened(data: bytes, file: str) -> Workbook:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(each.file_size for each in packed.infolist())
        if len(data) > LARGEST or size > UNPACKED:
            raise InvalidInput(Problem(p.ASSESSMENT_FORM_UNKNOWN, Place(file)))
        return load_workbook(io.BytesIO(data), keep_links=False)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError) as error:
        raise InvalidInput(Problem(p.ASSESSMENT_FORM_UNKNOWN, Place(file))) from error


def _read(sheet: Worksheet, known: dict[str, str], file: str) -> FilledForm:
    if (sheet.max_row or 0) * (sheet.max_column or 0) > _MOST_CELLS:
        raise InvalidInput(Problem(p.ASSESSMENT_FORM_UNKNOWN, Place(file)))
    heads = next((row for row in sheet.iter_rows() if any(c.value == layout.CODE_HEAD for c in row)), None)
    columns = {} if heads is None else {cell.value: cell.column for cell in heads}
    score = next((columns[w] for w in _both(layout.SCORE_HEAD) if w in columns), None)
    comment = next((columns[w] for w in _both(layout.COMMENT_HEAD) if w in columns), None)
    if heads is None or score is None:
        raise InvalidInput(Problem(p.ASSESSMENT_FORM_UNKNOWN, Place(file)))
    lines, cells, problems = [], [], []
    for at in range(heads[0].row + 1, (sheet.max_row or 0) + 1):
        measure = sheet.cell(at, columns[layout.CODE_HEAD]).value
        if measure is None:
            continue
        cell = sheet.cell(at, score)
        value = _value(cell)
        if value is None:
            values = {"cell": cell.coordinate, "found": shown(str(cell.value))}
            problems.append(Problem(p.ASSESSMENT_FORM_CELL, Place(file, field=cell.coordinate), values))
            continue
        said = None if comment is None else sheet.cell(at, comment).value
        lines.append(LineInput(str(measure), value, None if said is None else str(said)))
        cells.append(cell.coordinate)
    if problems:
        raise InvalidInput(problems)
    return FilledForm(known, _headers(sheet, heads[0].row), tuple(lines), tuple(cells))


def _value(cell: Cell) -> str | None:
    """A cell as a table has it; None for formulas, dates, flags and faults, which are not guessed."""
    value = cell.value
    if cell.data_type in ("f", "e", "b", "d"):
        return None
    if isinstance(value, int | float):
        number = Fraction(repr(value))
        percent = "%" in (cell.number_format or "")
        return decimal_text(number, percent=percent)
    return "" if value is None else str(value)


def _headers(sheet: Worksheet, before: int) -> dict[str, str]:
    found = {}
    for row in sheet.iter_rows(max_row=before - 1):
        for cell in row:
            for name, words in layout.FIELDS.items():
                beside = sheet.cell(cell.row, cell.column + 1).value
                if cell.value in _both(words) and beside not in (None, ""):
                    is_day = isinstance(beside, datetime | date)
                    found[name] = f"{beside:%Y-%m-%d}" if is_day else str(beside)
    return found


def _both(words: Text) -> tuple[str, str]:
    return words.zh, words.en


def _in_cells(problem: Problem, form: FilledForm, file: str) -> Problem:
    """The same problem at the cell of its line."""
    field = problem.place.field or ""
    number = int(field[len("lines[") : field.index("]")])
    return Problem(problem.kind, Place(file, field=form.cells[number]), problem.values)
