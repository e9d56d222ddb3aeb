"""What a check comes to."""

from __future__ import annotations

from dataclasses import dataclass

from steelyard.errors import Level, Problem


@dataclass(frozen=True, slots=True)
class Report:
    """The result of checking one pack or one scheme file.

    name: the pack's, or the file's.  schemes: those that can be used.  cases: how many were run.
    problems: by file and place.
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
    """Sort by file and place, each problem once; those without a file come first."""
    unique = {(p.code, str(p.place), p.message("en")): p for p in problems}
    return tuple(sorted(unique.values(), key=_order))


def _order(problem: Problem) -> tuple[str, int, int]:
    place = problem.place
    return place.file or "", place.line or place.row or 0, place.column or 0
