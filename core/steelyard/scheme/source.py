"""The lines of a text, and what is wrong with them before any YAML."""

from __future__ import annotations

import re
from dataclasses import dataclass

from steelyard.errors import InvalidInput, Kind, Problem
from steelyard.scheme.document import Mark, in_order, problem_at
from steelyard.scheme.problems.text import CONTROL_CHARACTER, TAB

_TAB_INDENT = re.compile(r" *\t[ \t]*[^\s#]")
# Line breaks other than \n and \r, and a byte order mark inside, would part our lines from an editor's.
_CONTROL = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)

MOST = 10_000
"""More are not even counted."""


@dataclass(slots=True)
class Source:
    """The lines of a text, and what was found wrong in them."""

    file: str
    lines: list[str]
    problems: list[Problem]

    def report(self, kind: Kind, mark: Mark, **values: object) -> None:
        """Add a problem, unless there are `MOST` already."""
        if len(self.problems) < MOST:
            self.problems.append(problem_at(self.file, self.lines, kind, mark, values))

    def stop(self, kind: Kind, mark: Mark, **values: object) -> InvalidInput:
        """Add a problem that nothing can be read behind; return what to raise."""
        self.report(kind, mark, **values)
        return InvalidInput(in_order(self.problems))


def check_characters(source: Source) -> None:
    """Refuse control characters and odd line breaks; raises InvalidInput."""
    for number, line in enumerate(source.lines, start=1):
        for found in _CONTROL.finditer(line):
            mark = Mark(number, found.start() + 1)
            source.report(CONTROL_CHARACTER, mark, character=f"U+{ord(found[0]):04X}")
    if source.problems:
        raise InvalidInput(in_order(source.problems))


def check_tabs(source: Source, inside_text: set[int]) -> None:
    """Report tabs that indent a line, but for the lines inside a quoted or block text."""
    known = {(found.place.line, found.place.column) for found in source.problems}
    for number, line in enumerate(source.lines, start=1):
        if number in inside_text or not _TAB_INDENT.match(line):
            continue
        mark = Mark(number, line.index("\t") + 1)
        if (mark.line, mark.column) not in known:
            source.report(TAB, mark)
