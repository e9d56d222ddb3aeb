"""Printed cards: a scorecard in the layout of the sheet that its scheme comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from steelyard.errors import Text
from steelyard.reporting.table import Block, Cell, Column, Kind, both, in_lines
from steelyard.scheme.layout import Layout, LayoutColumn, Shown
from steelyard.scheme.model import Band
from steelyard.scoring import Outcome, without_noise
from steelyard.services.layout_grid import GridRow, LayoutGrid
from steelyard.services.score_sheet import NodeScore, Scorecard

OUTCOMES: Mapping[Outcome, Text] = MappingProxyType(
    {
        Outcome.SCORED: Text("已评", "scored"),
        Outcome.NOT_APPLICABLE: Text("不适用", "not applicable"),
        Outcome.MISSING: Text("无数据", "nothing measured"),
        Outcome.INCOMPLETE: Text("不完整", "incomplete"),
    }
)
NOT_COUNTED = Text("不计分", "not counted")
OF_WHAT_APPLIES = Text(
    "注：有项目不适用。合计得分 = 得分率 × 适用项目的满分，因此不一定等于各行得分之和。",
    "Note: some items are not applicable. A total is its rate × the full mark of what applies, so it need "
    "not be the sum of the rows.",
)
_SEEN = 0.005
"""Points by which a total is seen to differ from a sum, as both are shown."""
_SHORT = 24
"""Characters of words that both languages have in one line."""


@dataclass(frozen=True, slots=True)
class _Figure:
    """What a column shows: how, and of a node; `width` in characters."""

    kind: Kind
    of: Callable[[NodeScore], Cell]
    width: int = 14


def band_title(band: Band | None) -> str | None:
    """A band's title in both languages; None where there is none."""
    return None if band is None else both(band.title or Text(band.code, band.code))


_FIGURES: Mapping[Shown, _Figure] = MappingProxyType(
    {
        "code": _Figure(Kind.TEXT, lambda node: node.code, 20),
        "weight": _Figure(Kind.SHARE, lambda node: node.global_weight),
        "full": _Figure(Kind.FIGURE, lambda node: node.full),
        "points": _Figure(Kind.FIGURE, lambda node: _points(node)),
        "rate": _Figure(Kind.SHARE, lambda node: node.rate),
        "pass": _Figure(Kind.SHARE, lambda node: node.line),
        "pass_points": _Figure(Kind.FIGURE, lambda node: node.line_points),
        "passed": _Figure(Kind.FLAG, lambda node: node.passed),
        "band": _Figure(Kind.TEXT, lambda node: band_title(node.band)),
        "coverage": _Figure(Kind.SHARE, lambda node: node.coverage),
        "outcome": _Figure(Kind.TEXT, lambda node: both(OUTCOMES[node.outcome]), 24),
        "rubric": _Figure(Kind.TEXT, lambda node: _rubric(node), 40),
    }
)
_WIDTHS: Mapping[Shown, int] = MappingProxyType({"number": 8, "item": 36, "words": 36, "remark": 28})
"""Of the columns that name rows, say words of them or are left to be written in: all hold text."""


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """The columns and rows of a printed card, and which cells are one.

    indents: how deep the rows stand where groups have rows. totals: the numbers of the rows of totals, the
    last of the whole or the first. total_columns: how their cells are shown. notes: what is to be said of its
    figures.
    """

    columns: tuple[Column, ...]
    rows: list[list[Cell]]
    indents: list[int]
    totals: tuple[int, ...]
    total_columns: tuple[Column, ...]
    blocks: tuple[Block, ...]
    notes: tuple[Text, ...]


def printed(card: Scorecard, layout: Layout) -> PrintedCard:
    """Lay a scorecard out; the root is the total."""
    grid, columns = LayoutGrid(card.entry, layout), layout.card_columns
    named = grid.rows()
    named.insert(0 if layout.total_at == "first" else len(named), grid.total())
    blocks = tuple(grid.blocks(columns, named))
    rows = [[_cell(column, row, card, grid, layout) for column in columns] for row in named]
    return PrintedCard(
        columns=tuple(_column(each, each.show) for each in columns),
        rows=_only_first(rows, blocks),
        indents=[0 if layout.is_grouped else max(0, len(row.path) - 1) for row in named],
        totals=tuple(at for at, row in enumerate(named) if row.label is not None),
        total_columns=tuple(_column(each, each.shown_in_total) for each in columns),
        blocks=blocks,
        notes=notes_on(card),
    )


def notes_on(card: Scorecard) -> tuple[Text, ...]:
    """What a reader who sums up the rows has to know."""
    root = card.root
    if root.points is None or root.obtained is None or abs(root.points - root.obtained) < _SEEN:
        return ()
    left_out = any(node.outcome is Outcome.NOT_APPLICABLE for node in card.nodes)
    return (OF_WHAT_APPLIES,) if left_out else ()


def _only_first(rows: Sequence[Sequence[Cell]], blocks: Sequence[Block]) -> list[list[Cell]]:
    """The rows with the values of blocks in their first cells alone."""
    covered = {place for block in blocks for place in block.covered()}
    return [
        [None if (at, column) in covered else cell for column, cell in enumerate(row)]
        for at, row in enumerate(rows)
    ]


def _column(column: LayoutColumn, shown: Shown) -> Column:
    if shown in _WIDTHS:
        return Column(shown, column.title, width=_WIDTHS[shown])
    figure = _FIGURES[shown]
    return Column(shown, column.title, figure.kind, figure.width, column.decimals)


def _cell(column: LayoutColumn, row: GridRow, card: Scorecard, grid: LayoutGrid, layout: Layout) -> Cell:
    match column.show if row.label is None else column.shown_in_total:
        case "item":
            return _both(grid.item(column, row))
        case "words":
            return _sentence(grid.words(column, row))
        case "number":
            return grid.number(row) or None
        case "remark":
            return None
        case "weight" if layout.whole is not None:
            full = card.node(grid.node(row).code).full
            return None if full is None else _share(full, float(layout.whole.resolved({})))
        case shown:
            return _FIGURES[shown].of(card.node(grid.node(row).code))


def _both(text: Text | None) -> Cell:
    return None if text is None else both(text)


def _sentence(text: Text | None) -> Cell:
    """What is long has a line for each language."""
    if text is None:
        return None
    return both(text) if len(both(text)) <= _SHORT else in_lines(text)


def _share(full: float, whole: float) -> float:
    return without_noise(np.asarray(full / whole)).item()


def _points(node: NodeScore) -> Cell:
    """The points, or why there are none: an empty cell would not tell that an item does not apply, and 0
    would look like a score of what is only shown beside the total.
    """
    if node.points is None:
        return both(OUTCOMES[node.outcome])
    return both(NOT_COUNTED) if node.global_weight == 0 and not node.full else node.points


def _rubric(node: NodeScore) -> Cell:
    """How a leaf is scored, in words; nothing for groups, which are joined."""
    return _sentence(node.card.entry.node(node.code).rubric) if node.indicator.is_leaf else None
