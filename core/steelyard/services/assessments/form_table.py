"""The table of a filled form: where its heads and rows are, and what of it would be lost or mixed up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from steelyard.errors import InvalidInput, Place, Problem, Text
from steelyard.intake.cell import Fault, read_cell, shown
from steelyard.intake.notation import Notation
from steelyard.services.assessments import form_layout as layout
from steelyard.services.assessments import problems as p
from steelyard.services.assessments.form_cells import FormCell, FormCells


@dataclass(frozen=True, slots=True)
class FormTable:
    """Where the row of heads is and the columns below them; comment is None for forms without any."""

    sheet: FormCells
    head: int
    code: int
    score: int
    comment: int | None

    def rows(self) -> Iterator[tuple[str, FormCell, str]]:
        """The measure of each row that has one, the cell of its points, and its comment."""
        for (row, column), measure in self.sheet.values():
            if row > self.head and column == self.code:
                said = "" if self.comment is None else self.sheet.text(row, self.comment)
                yield str(measure), self.sheet.cell(row, self.score), said

    def problems(self, file: str) -> Iterator[Problem]:
        """Points on rows without a measure, and cells of points that are one with others."""
        measured = {
            row for (row, column), _ in self.sheet.values() if row > self.head and column == self.code
        }
        for (row, column), _ in self.sheet.values():
            cell = self.sheet.cell(row, column)
            if column == self.score and row > self.head and row not in measured and _is_given(cell):
                values = {"cell": cell.coordinate, "found": shown(str(cell.value))}
                yield Problem(p.ASSESSMENT_FORM_ROW, Place(file, field=cell.coordinate), values)
        for area in self.sheet.merged:
            rows = [row for row in area.rows if row in measured]
            if self.score in area.columns and rows and (len(rows) > 1 or area.hides(rows[0], self.score)):
                values = {"cells": area.written}
                yield Problem(p.ASSESSMENT_FORM_MERGED, Place(file, field=area.written), values)


def find_table(sheets: Mapping[str, FormCells], known: Mapping[str, str], file: str) -> FormTable | None:
    """The one table among the sheets, wherever it was moved; None where there is none.

    Raises InvalidInput for several tables, and for heads that are not there or there twice.
    """
    heads = {
        name: row
        for name, sheet in sheets.items()
        for (row, _), value in reversed(list(sheet.values()))
        if value == layout.CODE_HEAD
    }
    if not heads:
        return None
    if len(heads) > 1:
        raise InvalidInput(Problem(p.ASSESSMENT_FORM_TABLES, Place(file), {"sheets": ", ".join(heads)}))
    [(name, head)] = heads.items()
    sheet = sheets[name]
    found = _Heads(sheet, head, file)
    code = found.column((layout.CODE_HEAD,))
    score = found.column(_heads(known.get(layout.SCORE_KEY), layout.SCORE_HEAD))
    named = known.get(layout.COMMENT_KEY)
    comment = found.column(_heads(named, layout.COMMENT_HEAD), needed=named is not None)
    if found.problems or code is None or score is None:
        raise InvalidInput(found.problems)
    return FormTable(sheet, head, code, score, comment)


class _Heads:
    """The row of heads, and what is wrong with it."""

    def __init__(self, sheet: FormCells, row: int, file: str) -> None:
        self._sheet, self._row, self._file = sheet, row, file
        self.problems: list[Problem] = []

    def column(self, heads: tuple[str, ...], *, needed: bool = True) -> int | None:
        """Where the column with one of these heads is."""
        columns = [at for (row, at), value in self._sheet.values() if row == self._row and value in heads]
        if len(columns) == 1:
            return columns[0]
        if columns:
            cells = ", ".join(self._sheet.cell(self._row, column).coordinate for column in columns)
            values = {"head": heads[0], "cells": cells}
            self.problems.append(Problem(p.ASSESSMENT_FORM_HEAD_TWICE, Place(self._file), values))
        elif needed:
            place, here = Place(self._file, row=self._row), {"head": heads[0], "line": self._row}
            self.problems.append(Problem(p.ASSESSMENT_FORM_HEAD, place, here))
        return None


def _heads(named: str | None, usual: Text) -> tuple[str, ...]:
    """The heads that a column may have; forms that name none have the usual one."""
    return (usual.zh, usual.en) if named is None else (named,)


def _is_given(cell: FormCell) -> bool:
    """Whether somebody wrote what would be points; the form's own sums are formulas, notes are words."""
    if cell.data_type == "s":
        found = read_cell(str(cell.value), Notation.OPEN)
        return not isinstance(found, Fault) and bool(str(cell.value).strip())
    return cell.data_type == "n"
