"""What a check comes to."""

from __future__ import annotations

from dataclasses import dataclass

from steelyard.errors import Level, Problem
from steelyard.packs.checking.consequences import CAUSES


@dataclass(frozen=True, slots=True)
class Report:
    """The result of checking one pack or one scheme file.

    name: the pack's, or the file's.  schemes: those that can be used.  cases: how many were run.
    problems: causes first, then by file and place.
    """

    name: str
    origin: str
    schemes: tuple[str, ...]
    cases: int
    problems: tuple[Problem, ...]

    def count(self, level: Level) -> int:
        """How many problems have this level."""
        return sum(problem.level is level for problem in self.problems)

    @property
    def is_usable(self) -> bool:
        """Whether there are no errors."""
        return self.count(Level.ERROR) == 0


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Sort causes before what may follow from them, then by file and place, each problem once.

    Those without a file come first.
    """
    unique = {(p.code, str(p.place), p.message("en")): p for p in problems}
    return tuple(sorted(unique.values(), key=_order))


def _order(problem: Problem) -> tuple[bool, str, int, int]:
    place = problem.place
    return problem.code not in CAUSES, place.file or "", place.line or place.row or 0, place.column or 0
