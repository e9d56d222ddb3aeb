"""The problems of one table: of each kind the first in detail, the others only counted."""

from __future__ import annotations

from collections import Counter

from steelyard.errors import Kind, Place, Problem
from steelyard.intake.problems import MORE_PROBLEMS

LISTED = 200
"""So many of a kind are worth reading; the next table will tell about the others."""


class Faults:
    """What was found wrong in a table so far; false while there is nothing."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._listed: list[Problem] = []
        self._counts: Counter[str] = Counter()

    def __bool__(self) -> bool:
        """Tell whether anything is wrong."""
        return bool(self._listed)

    def lists(self, kind: Kind) -> bool:
        """Tell whether one more of this kind is told in detail; nobody reads the words of the others."""
        return self._counts[kind.code] < LISTED

    def add(self, kind: Kind, row: int | None = None, field: str | None = None, **values: object) -> None:
        """Report one fault by the line of the file and the column's name."""
        if self.lists(kind):
            self._listed.append(Problem(kind, Place(self._file, row=row, field=field), values))
        self._counts[kind.code] += 1

    def problems(self) -> list[Problem]:
        """All that is listed, by row, and how many more there are."""
        found = sorted(self._listed, key=lambda problem: problem.place.row or 0)
        more = self._counts.total() - len(found)
        return [*found, Problem(MORE_PROBLEMS, Place(self._file), {"more": more})] if more else found
