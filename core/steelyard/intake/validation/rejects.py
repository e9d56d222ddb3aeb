"""The rejects file: rows as they were, with what is wrong with them; corrected, it is valid input."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from steelyard.errors import Kind, Place, Problem
from steelyard.intake.cell import shown
from steelyard.intake.formula import guarded, harmless
from steelyard.intake.validation.header import OURS, Header

LISTED = 100
"""So many problems are handed back in detail; the file has all."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One problem of a row: the column's code (empty: the whole row), the cell, the kind and its words."""

    column: str
    cell: str
    kind: Kind
    values: dict[str, object]

    def problem(self, row: int) -> Problem:
        """The problem of that row."""
        return Problem(self.kind, Place(row=row, field=self.column or None), self.values)


class RejectsWriter:
    """Writes the original headers and cells, then four columns of our own.

    All of them are kept from being read as formulas by a spreadsheet, the original ones so that they mean the
    same as before when they are sent again.
    """

    def __init__(self, path: Path, header: Header) -> None:
        self.path = path
        self.rows = 0
        self.counts: Counter[str] = Counter()
        self.listed: list[Problem] = []
        self._header = header
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow([*(guarded(header.headers[at]) for at in header.own), *OURS])

    def write(self, row: int, cells: Sequence[str | None], wrong: Sequence[Wrong]) -> None:
        """Add a row: its cells by position (those of OURS are left out) and all that is wrong with it."""
        problems = [each.problem(row) for each in wrong]
        self.rows += 1
        self.counts.update(problem.code for problem in problems)
        self.listed += problems[: max(0, LISTED - len(self.listed))]
        reasons = "; ".join(f"{each.message('zh')} {each.message('en')}" for each in problems)
        ours = [
            str(row),
            "; ".join(each.column for each in wrong),
            "; ".join(each.cell for each in wrong),
            reasons,
        ]
        own = (guarded(cells[at] or "") for at in self._header.own)
        self._writer.writerow([*own, *map(harmless, ours)])

    def write_line(self, row: int, raw: str, wrong: Wrong) -> None:
        """Add a line that could not be split: its text stands in the first column."""
        cells: list[str | None] = [None] * len(self._header.headers)
        cells[self._header.own[0]] = raw
        self.write(row, cells, [wrong])

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def wrong_cell(column: str, text: str, kind: Kind, values: dict[str, object]) -> Wrong:
    """One problem of a cell; messages show the cell shortened."""
    return Wrong(column, text, kind, {"cell": shown(text), **values})
