"""Records of CSV text one by one, exactly as RFC 4180 has them; what breaks the rules is told, not guessed.

A quote that does not close, or has text behind it, faults the one line that the record begins in; reading
goes on with the next line, so that one stray quote never swallows the lines below it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from steelyard.intake.adapters.adapter import RowFault

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_AT_ONCE = 1 << 16
"""Characters that are cut into lines together, at least: often only the first lines are asked for."""
RECORD_LIMIT = 1 << 20
"""A record of more characters that still does not end counts as an open quote."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its fields, or a fault with the text of its line. length: characters with line ends."""

    fields: list[str]
    length: int
    fault: RowFault | None = None
    raw: str | None = None


class _Lines:
    """The lines of a text, from which a reader takes and which can be put back."""

    def __init__(self, text: str) -> None:
        self.lines: list[str] = []
        self.next = 0
        self._text = text
        self._cut = 0

    @property
    def at_end(self) -> bool:
        """Whether all lines are taken."""
        while self.next == len(self.lines) and self._cut < len(self._text):
            # A line feed ends a line, whatever stands before it.
            end = self._text.find("\n", self._cut + _AT_ONCE) + 1 or len(self._text)
            self.lines += _LINE.findall(self._text, self._cut, end)
            self._cut = end
        return self.next == len(self.lines)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.at_end:
            raise StopIteration
        self.next += 1
        return self.lines[self.next - 1]


def records(text: str, separator: str, *, final: bool) -> Iterator[Record]:
    """Yield the records of `text`; unless `final`, one that is still open at its end is left out."""
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    nul = "\x00" in text
    while not lines.at_end:
        start = lines.next
        try:
            fields, fault = next(reader), None
        except csv.Error as error:
            used = lines.lines[start : lines.next]
            at_end = lines.at_end and "end of data" in str(error)
            if at_end and not final and sum(map(len, used)) < RECORD_LIMIT:
                return
            fields, fault = [], _fault(str(error), len(used))
            lines.next = start + 1
        taken = lines.lines[start : lines.next]
        if nul and fault is None and any("\x00" in line for line in taken):
            fields, fault = [], RowFault.NUL_BYTE
        raw = None if fault is None else "".join(taken).rstrip("\r\n")
        yield Record(fields, sum(map(len, taken)), fault, raw)


def _fault(message: str, lines: int) -> RowFault:
    if "limit" in message and lines == 1:
        return RowFault.TOO_LONG
    return RowFault.OPEN_QUOTE if lines > 1 or "end of data" in message else RowFault.MISPLACED_QUOTE
