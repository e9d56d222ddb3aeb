"""Printed cards: a scorecard in the layout of the sheet that its scheme comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from steelyard.errors import Text
from steelyard.reporting.table import Cell, Column, Kind, both
from steelyard.scheme.layout import Layout, LayoutColumn, Shown
from steelyard.scheme.model import Band
from steelyard.scoring import Outcome, without_noise
from steelyard.services.score_sheet import NodeScore, Scorecard

OUTCOMES: Mapping[Outcome, Text] = MappingProxyType(
    {
        Outcome.SCORED: Text("已评", "scored"),
        Outcome.NOT_APPLICABLE: Text("不适用", "not applicable"),
        Outcome.MISSING: Text("无数据", "nothing measured"),
        Outcome.INCOMPLETE: Text("不完整", "incomplete"),
    }
)


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
        "item": _Figure(Kind.TEXT, lambda node: both(node.indicator.label), 36),
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
    }
)


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """The columns and rows of a printed card; `total` is the number of the total's row."""

    columns: tuple[Column, ...]
    rows: list[list[Cell]]
    indents: list[int]
    total: int
    total_columns: tuple[Column, ...]


def printed(card: Scorecard, layout: Layout) -> PrintedCard:
    """Lay a scorecard out; the root is the total."""
    below = card.nodes[1:]
    rows = [[_cell(column.show, node, layout) for column in layout.columns] for node in below]
    indents = [node.depth - 1 for node in below]
    place = 0 if layout.total_at == "first" else len(rows)
    rows.insert(place, [_of_total(column, card.root, layout) for column in layout.columns])
    indents.insert(place, 0)
    return PrintedCard(
        columns=tuple(_column(each, each.show) for each in layout.columns),
        rows=rows,
        indents=indents,
        total=place,
        total_columns=tuple(_column(each, each.total or each.show) for each in layout.columns),
    )


def _column(column: LayoutColumn, shown: Shown) -> Column:
    figure = _FIGURES[shown]
    return Column(shown, column.head, figure.kind, figure.width, column.decimals)


def _of_total(column: LayoutColumn, root: NodeScore, layout: Layout) -> Cell:
    shown = column.total or column.show
    return both(layout.total) if shown == "item" and layout.total else _cell(shown, root, layout)


def _cell(shown: Shown, node: NodeScore, layout: Layout) -> Cell:
    if shown == "weight" and layout.whole is not None:
        return None if node.full is None else _share(node.full, float(layout.whole.resolved({})))
    return _FIGURES[shown].of(node)


def _share(full: float, whole: float) -> float:
    return without_noise(np.asarray(full / whole)).item()


def _points(node: NodeScore) -> Cell:
    """The points, or why there are none: a cell left empty would not tell that an item does not apply."""
    return both(OUTCOMES[node.outcome]) if node.points is None else node.points
