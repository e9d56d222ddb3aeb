"""Columns that fit a terminal: words wrap, and codes, dates and numbers are never broken.

A table has lines where there is room for them; else it stands open, without any; and where that is too wide
as well, each row becomes a block of its own. What alone is longer than the terminal is left to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from shutil import get_terminal_size

from rich.cells import cell_len

GAP = "  "
NARROWEST = 10
"""Of a column of words: less is a tower of single words."""
_WIDE = r"\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
_CLOSING = "，。、；：！？）》」』】〉”’％"
_PIECES = re.compile(rf"[^{_WIDE}]+|[{_WIDE}][{_CLOSING}]*")
"""What stays together in a word: a character of Chinese by itself, with what may not begin a line."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A text; `whole` is never broken, as a date with its time. indent: columns left free before it."""

    text: str
    whole: bool = False
    indent: int = 0

    @property
    def width(self) -> int:
        """How wide it is where nothing is wrapped."""
        return self.indent + max(map(cell_len, self.text.split("\n")))

    @property
    def narrowest(self) -> int:
        """How narrow it may become."""
        # A short term is a word in Chinese as well, although no blank says where it ends.
        if self.whole or (self.width <= NARROWEST and " " not in self.text):
            return self.width
        pieces = (piece for line in self.text.split("\n") for _, piece in _pieces(line))
        longest = max(map(cell_len, pieces), default=0)
        return self.indent + max(longest, NARROWEST if self.width > 2 * NARROWEST else 0)

    def lines(self, width: int) -> list[str]:
        """Its lines in a column so wide."""
        lines = self.text.split("\n")
        if not self.whole:
            lines = [found for line in lines for found in wrapped(line, width - self.indent)]
        return [" " * self.indent + line for line in lines]


Rows = Sequence[Sequence[Cell]]


def terminal_width() -> int:
    """How many columns the terminal has, or 80 where there is none; COLUMNS says otherwise."""
    return get_terminal_size().columns


def wrapped(text: str, width: int) -> list[str]:
    """A line as lines of at most a width, but for pieces that are wider."""
    lines = [""]
    for blank, piece in _pieces(text):
        glued = f"{lines[-1]}{blank if lines[-1] else ''}{piece}"
        if lines[-1] and cell_len(glued) > width:
            lines.append(piece)
        else:
            lines[-1] = glued
    return lines


def laid_out(heads: Sequence[str], rows: Rows, width: int, *, lined: bool = True) -> str:
    """Rows below their heads in so many columns of a terminal; ends with a newline.

    lined: with lines where there is room for them.
    """
    cells = [[Cell(head) for head in heads], *rows]
    least = [max(row[at].narrowest for row in cells) for at in range(len(heads))]
    most = [max(row[at].width for row in cells) for at in range(len(heads))]
    between_lines, between_gaps = width - 3 * len(heads) - 1, width - len(GAP) * (len(heads) - 1)
    if lined and sum(least) <= between_lines:
        lines = _lined(cells, _shared(least, most, between_lines))
    elif sum(least) <= between_gaps:
        lines = _open(cells, _shared(least, most, between_gaps), lined)
    else:
        lines = _blocks(heads, rows, width)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _shared(least: Sequence[int], most: Sequence[int], room: int) -> list[int]:
    """How wide each column becomes: the narrow ones first as wide as they like, so that few words wrap."""
    widths, left = list(least), room - sum(least)
    for at in sorted(range(len(least)), key=lambda at: most[at] - least[at]):
        waiting = sum(most[each] > widths[each] for each in range(len(least)))
        share = min(most[at] - widths[at], left // max(waiting, 1))
        widths[at] += share
        left -= share
    return widths


def _lined(cells: Rows, widths: Sequence[int]) -> Iterator[str]:
    yield f"┏{'┳'.join('━' * (width + 2) for width in widths)}┓"
    yield from _row(cells[0], widths, "┃ ", " ┃ ", " ┃")
    yield f"┡{'╇'.join('━' * (width + 2) for width in widths)}┩"
    for row in cells[1:]:
        yield from _row(row, widths, "│ ", " │ ", " │")
    yield f"└{'┴'.join('─' * (width + 2) for width in widths)}┘"


def _open(cells: Rows, widths: Sequence[int], lined: bool) -> Iterator[str]:
    yield from _row(cells[0], widths, "", GAP, "")
    if lined:
        yield GAP.join("─" * width for width in widths)
    for row in cells[1:]:
        yield from _row(row, widths, "", GAP, "")


def _row(row: Sequence[Cell], widths: Sequence[int], begin: str, between: str, end: str) -> Iterator[str]:
    columns = [cell.lines(width) for cell, width in zip(row, widths, strict=True)]
    for at in range(max(map(len, columns))):
        here = [lines[at] if at < len(lines) else "" for lines in columns]
        yield begin + between.join(map(_padded, here, widths)) + end


def _blocks(heads: Sequence[str], rows: Rows, width: int) -> Iterator[str]:
    """Each row by itself, what is empty left out; the heads stand before what they say."""
    indent = max(map(cell_len, heads)) + len(GAP)
    for number, row in enumerate(rows):
        if number:
            yield ""
        for head, cell in zip(heads, row, strict=True):
            if cell.text:
                first, *more = cell.lines(width - indent)
                yield _padded(head, indent) + first
                yield from (" " * indent + line for line in more)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """What is never broken of a line, each with the blank before it."""
    for word in text.split():
        blank = " "
        for piece in _PIECES.findall(word):
            yield blank, piece
            blank = ""
