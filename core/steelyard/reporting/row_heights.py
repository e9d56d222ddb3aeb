"""Heights of rows: spreadsheets fit rows to their own texts, and not to one that is beside several rows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from unicodedata import east_asian_width

from steelyard.reporting.table import Block

LINE = 15.0
"""Points that a line of text takes."""


def row_heights(
    texts: Mapping[tuple[int, int], str], widths: Sequence[float], blocks: Iterable[Block]
) -> dict[int, float]:
    """Heights in points of the rows that would be too low for what stands beside them.

    texts: by row and column, from 0. widths: of the columns, in characters.
    """
    own = dict[int, int]()
    tall = [block for block in blocks if block.bottom > block.top >= 0]
    beside = {(block.top, block.left) for block in tall}
    for (row, column), text in texts.items():
        if (row, column) not in beside:
            own[row] = max(own.get(row, 1), _lines(text, widths[column]))
    found = dict[int, float]()
    for block in tall:
        rows = range(block.top, block.bottom + 1)
        width = sum(widths[block.left : block.right + 1])
        lacking = _lines(texts.get((block.top, block.left), ""), width) - sum(own.get(row, 1) for row in rows)
        if lacking > 0:
            for row in rows:
                height = LINE * (own.get(row, 1) + lacking / len(rows))
                found[row] = max(found.get(row, 0.0), height)
    return found


def _lines(text: str, width: float) -> int:
    """How many lines a text takes; characters of East Asian scripts are twice as wide."""
    length = sum(2 if east_asian_width(each) in "WF" else 1 for each in text)
    return max(1, math.ceil(length / width))
