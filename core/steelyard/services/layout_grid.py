"""The grid of a layout: its rows, what names and words stand in them, and which cells are one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from steelyard.errors import Text
from steelyard.reporting.table import Block
from steelyard.scheme.layout import Layout, LayoutColumn
from steelyard.scheme.number import decimal_text
from steelyard.services.scheme_entry import SchemeEntry, SchemeNode

NOTHING = Text("", "")
HEAD_ROW = -1
"""The number of the row of heads in blocks; the first row below has 0."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: of the item at the end of `path`, or with a `label` of the total of what the path names.

    path: codes from the first level down; the whole's is empty. suffix: what follows the item's title, where
    several rows are of one item.
    """

    path: tuple[str, ...]
    label: Text | None = None
    suffix: Text = NOTHING

    @property
    def level(self) -> int:
        """The level at which the row's own words stand, from 1."""
        return max(1, len(self.path) + (self.label is not None))


class LayoutGrid:
    """The cells by which a scheme's table names its rows."""

    def __init__(self, entry: SchemeEntry, layout: Layout) -> None:
        self._entry, self._layout = entry, layout

    def rows(self) -> list[GridRow]:
        """The rows of items and subtotals, without the total; leaves' alone where levels are columns."""
        return list(self._rows(self._entry.root, ()))

    def total(self) -> GridRow:
        """The row of the whole."""
        return GridRow((), self._layout.total or self._entry.root.indicator.label)

    def node(self, row: GridRow) -> SchemeNode:
        """What a row's figures are of."""
        return self._entry.by_code[row.path[-1]] if row.path else self._entry.root

    def item(self, column: LayoutColumn, row: GridRow) -> Text | None:
        """What an item column has in a row; that of a group for each of the group's rows."""
        level = row.level if column.level is None else column.level
        if level > row.level:
            return None
        if level == row.level and row.label is not None:
            return row.label
        code = row.path[level - 1]
        indicator = self._entry.by_code[code].indicator
        zh, en = indicator.label.zh, indicator.label.en
        points = None if indicator.points is None else indicator.points.resolved({})
        if column.with_full and points:
            zh, en = f"{zh}（{decimal_text(points)}）", f"{en} ({decimal_text(points)})"
        suffix = row.suffix if level == len(row.path) else NOTHING
        return Text(zh + suffix.zh, en + suffix.en)

    def words(self, column: LayoutColumn, row: GridRow) -> Text | None:
        """What a column of words says of a row, or of the group whose cell it shares."""
        code = self._worded(column, row)
        return None if code is None else column.words[code]

    def number(self, row: GridRow) -> str:
        """The place of an item in the tree, as in 1.2; nothing for totals."""
        if row.label is not None:
            return ""
        above = (self._entry.root.code, *row.path)
        siblings = (self._entry.by_code[code].children for code in above)
        places = zip(siblings, row.path, strict=False)
        return ".".join(str(children.index(code) + 1) for children, code in places)

    def blocks(self, columns: Sequence[LayoutColumn], rows: Sequence[GridRow]) -> Iterator[Block]:
        """The cells that are one, the heads' first; the table may have more rows than the grid."""
        shared = [at for at, column in enumerate(columns) if column.head is None]
        for first, last in _runs(shared):
            yield Block(HEAD_ROW, first - 1, HEAD_ROW, last)
        if not self._layout.is_grouped:
            return
        items = [at for at, column in enumerate(columns) if column.show == "item"]
        for level, at in enumerate(items, 1):
            keys = [row.path[:level] if level < row.level else None for row in rows]
            yield from (Block(first, at, last, at) for first, last in _equal(keys))
        for number, row in enumerate(rows):
            if row.level < len(items):
                yield Block(number, items[row.level - 1], number, items[-1])
        for at, column in enumerate(columns):
            if column.show == "words":
                worded = [self._worded(column, row) for row in rows]
                yield from (Block(first, at, last, at) for first, last in _equal(worded))

    def _rows(self, node: SchemeNode, path: tuple[str, ...]) -> Iterator[GridRow]:
        for code in node.children:
            child, below = self._entry.by_code[code], (*path, code)
            if not (self._layout.is_grouped and child.children):
                yield GridRow(below)
            yield from self._rows(child, below)
            if child.children and not path and self._layout.subtotal:
                yield GridRow(below, self._layout.subtotal)

    def _worded(self, column: LayoutColumn, row: GridRow) -> str | None:
        reach = row.path if self._layout.is_grouped else row.path[-1:]
        return next((code for code in reversed(reach) if code in column.words), None)


def _equal(keys: Sequence[object]) -> Iterator[tuple[int, int]]:
    """The first and last of each run of more than one of the same, None aside."""
    at = 0
    for key, run in groupby(keys):
        length = len(list(run))
        if key is not None and length > 1:
            yield at, at + length - 1
        at += length


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and last of each run of numbers that follow each other."""
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        yield found[0], found[-1]
