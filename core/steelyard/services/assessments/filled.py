"""The filled form, read again: a draft, or a sheet that is handed in at once."""

from __future__ import annotations

import asyncio
import hashlib
import math
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput, Place, Problem
from steelyard.intake.cell import shown
from steelyard.scheme.number import decimal_text
from steelyard.services.assessments import form_layout as layout
from steelyard.services.assessments import problems as p
from steelyard.services.assessments.form_cells import FormCell, FormCells, read_cells
from steelyard.services.assessments.form_table import FormTable, find_table
from steelyard.services.assessments.lines import read_lines
from steelyard.services.assessments.sheet import LineInput, ReadLine, Sheet
from steelyard.services.assessments.writing import Filled, begin_filled
from steelyard.services.context import View
from steelyard.services.scheme_entry import SchemeEntry

LARGEST = 10_000_000
"""Bytes of a file."""


@dataclass(frozen=True, slots=True)
class FilledForm:
    """What a form says: for what it was made, its heads, its lines, and in which cell each value stands.

    measures: those that have a row. problems: what is wrong with rows and cells whatever the scheme says; a
    cell that is no plain value has no line.
    """

    known: dict[str, str]
    headers: dict[str, str]
    lines: tuple[LineInput, ...]
    cells: tuple[str, ...]
    measures: frozenset[str]
    problems: tuple[Problem, ...]


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
    lines = _lines(entry, form, file)
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
    """Read a form wherever its rows and columns were moved; InvalidInput for what is none, or lost heads."""
    if len(data) > LARGEST:
        raise _unknown(file)
    sheets = read_cells(data, file)
    hidden = sheets.pop(layout.HIDDEN, None)
    if hidden is None or not sheets:
        raise _unknown(file)
    known = {str(name): hidden.text(row, 2) for (row, column), name in hidden.values() if column == 1}
    names = ("scheme", "version", "hash", "unit", "period", "rater_type")
    if known.get("format") != layout.FORMAT or any(name not in known for name in names):
        raise _unknown(file)
    table = find_table(sheets, known, file)
    if table is None:
        raise _unknown(file)
    return _read(table, known, file)


def _read(table: FormTable, known: dict[str, str], file: str) -> FilledForm:
    lines, cells, measures, problems = [], [], set(), list(table.problems(file))
    for measure, cell, said in table.rows():
        measures.add(measure)
        value = _value(cell)
        if value is None:
            values = {"cell": cell.coordinate, "found": shown(str(cell.value))}
            problems.append(Problem(p.ASSESSMENT_FORM_CELL, Place(file, field=cell.coordinate), values))
        else:
            lines.append(LineInput(measure, value, said or None))
            cells.append(cell.coordinate)
    headers = _headers(table.sheet, table.head)
    return FilledForm(known, headers, tuple(lines), tuple(cells), frozenset(measures), tuple(problems))


def _lines(entry: SchemeEntry, form: FilledForm, file: str) -> list[ReadLine]:
    """The lines of a form of this scheme; InvalidInput with all that is wrong with it."""
    gone = (measure for measure in entry.measures if measure not in form.measures)
    problems = [Problem(p.ASSESSMENT_FORM_ROW_MISSING, Place(file), {"measure": each}) for each in gone]
    problems += form.problems
    lines = list[ReadLine]()
    try:
        lines = read_lines(entry, form.lines)
    except InvalidInput as error:
        problems += (_in_cells(problem, form, file) for problem in error.problems)
    if problems:
        raise InvalidInput(problems)
    return lines


def _value(cell: FormCell) -> str | None:
    """A cell as a table has it; None for formulas, dates, flags and faults, which are not guessed."""
    value = cell.value
    if cell.data_type in ("f", "e", "b", "d"):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, int | float):
        return decimal_text(Fraction(repr(value)), percent="%" in cell.number_format)
    return "" if value is None else str(value)


def _headers(sheet: FormCells, before: int) -> dict[str, str]:
    found = {}
    for (row, column), value in sheet.values():
        beside = sheet.cell(row, column + 1).value
        for name, words in layout.FIELDS.items():
            heads = words.zh, words.en, layout.EARLIER.get(name, words.zh)
            if row < before and value in heads and beside not in (None, ""):
                is_day = isinstance(beside, datetime | date)
                found[name] = f"{beside:%Y-%m-%d}" if is_day else str(beside)
    return found


def _unknown(file: str) -> InvalidInput:
    return InvalidInput(Problem(p.ASSESSMENT_FORM_UNKNOWN, Place(file)))


def _in_cells(problem: Problem, form: FilledForm, file: str) -> Problem:
    """The same problem at the cell of its line."""
    field = problem.place.field or ""
    number = int(field[len("lines[") : field.index("]")])
    return Problem(problem.kind, Place(file, field=form.cells[number]), problem.values)
