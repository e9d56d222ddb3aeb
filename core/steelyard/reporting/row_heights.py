"""Heights of rows: spreadsheets fit rows to their own texts, and not to one in several cells that are one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from unicodedata import east_asian_width

from steelyard.reporting.table import Block

LINE = 15.0
"""Points that a line of text takes."""
_LEFT_OPEN = 1.1
"""How much more texts of words take: a word that does not fit a line leaves what is left of it open."""


def row_heights(
    texts: Mapping[tuple[int, int], str], widths: Sequence[float], blocks: Iterable[Block]
) -> dict[int, float]:
    """Heights in points of the rows that would be too low for what stands in blocks of cells.

    texts: by row and column, from 0. widths: of the columns, in characters.
    """
    own = dict[int, int]()
    below = [block for block in blocks if block.top >= 0]
    first = {(block.top, block.left) for block in below}
    for (row, column), text in texts.items():
        if (row, column) not in first:
            own[row] = max(own.get(row, 1), lines_of(text, widths[column]))
    found = dict[int, float]()
    for block in below:
        rows = range(block.top, block.bottom + 1)
        width = sum(widths[block.left : block.right + 1])
        needed = lines_of(texts.get((block.top, block.left), ""), width)
        lacking = needed - sum(own.get(row, 1) for row in rows)
        if lacking > 0:
            for row in rows:
                height = LINE * (own.get(row, 1) + lacking / len(rows))
                found[row] = max(found.get(row, 0.0), height)
    return found


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes; characters of East Asian scripts are twice as wide."""
    return sum(_folded(line, width) for line in text.split("\n"))


def _folded(line: str, width: float) -> int:
    length = text_width(line)
    if length > width and " " in line:
        length *= _LEFT_OPEN
    return max(1, math.ceil(length / width))


def text_width(text: str) -> float:
    """How wide a text is, in characters of Latin scripts."""
    return float(sum(2 if east_asian_width(each) in "WF" else 1 for each in text))
