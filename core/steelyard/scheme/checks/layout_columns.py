"""The columns of a layout: their heads, the levels of the tree that they show, and their words."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.scheme.checks.layouts import COLUMNS, columns_of
from steelyard.scheme.document import Path
from steelyard.scheme.finding import ANY, Finding
from steelyard.scheme.layout import LayoutColumn
from steelyard.scheme.model import Indicator, Scheme
from steelyard.scheme.outline import code_paths
from steelyard.scheme.problems.layout import (
    LAYOUT_HEADS_ALIKE,
    LAYOUT_LEVELS,
    LAYOUT_WITHOUT_HEAD,
    LAYOUT_WORDS,
    LAYOUT_WORDS_OF,
    LAYOUT_WORDS_TWICE,
)


def heads_are_given(scheme: Scheme) -> Iterator[Finding]:
    """Only an item column right behind another one shares that one's head."""
    before: LayoutColumn | None = None
    for number, column in enumerate(columns_of(scheme)):
        shares = column.show == "item" and before is not None and before.show == "item"
        if column.head is None and not shares:
            relies_on = ((*COLUMNS, number, "head"), (*COLUMNS, ANY, "show"), (*COLUMNS, ANY))
            yield Finding(LAYOUT_WITHOUT_HEAD, (*COLUMNS, number), {}, relies_on)
        before = column


def heads_differ(scheme: Scheme) -> Iterator[Finding]:
    """No two heads are alike in a language, those of the columns that are added included."""
    if scheme.layout is None:
        return
    seen = set[str]()
    last = len(scheme.layout.columns) - 1
    for number, column in enumerate(scheme.layout.form_columns):
        heads = set() if column.head is None else {column.head.zh, column.head.en}
        for head in sorted(heads & seen):
            relies_on = ((*COLUMNS, ANY), (*COLUMNS, ANY, "show"))
            path: Path = (*COLUMNS, number, "head") if number <= last else COLUMNS
            yield Finding(LAYOUT_HEADS_ALIKE, path, {"head": head}, relies_on)
        seen |= heads


def levels_are_those_of_the_tree(scheme: Scheme) -> Iterator[Finding]:
    """With levels each level of the tree has one column, side by side from the first on."""
    items = [(n, each.level) for n, each in enumerate(columns_of(scheme)) if each.show == "item"]
    levels = [level for _, level in items]
    if all(level is None for level in levels):
        return
    depth = _depth(scheme.indicators)
    places = [number for number, _ in items]
    side_by_side = places == list(range(places[0], places[0] + len(places)))
    if levels != list(range(1, depth + 1)) or not side_by_side:
        found = ", ".join("–" if level is None else str(level) for level in levels)
        relies_on = (("indicators", ANY), (*COLUMNS, ANY), (*COLUMNS, ANY, "level"))
        yield Finding(LAYOUT_LEVELS, COLUMNS, {"found": found, "depth": depth}, relies_on, at_key=True)


def words_have_their_cells(scheme: Scheme) -> Iterator[Finding]:
    """Words are of indicators below the root, and of one only where a group and its items share a cell."""
    above = _codes_above(scheme.indicators)
    for number, column in enumerate(columns_of(scheme)):
        path = (*COLUMNS, number, "words")
        if column.show == "words" and not column.words:
            yield Finding(LAYOUT_WORDS, (*COLUMNS, number), {}, (path, (*COLUMNS, number, "show")))
        for code in column.words:
            if code not in above:
                yield Finding(LAYOUT_WORDS_OF, (*path, code), {"code": code}, code_paths(scheme), at_key=True)
            elif scheme.layout is not None and scheme.layout.is_grouped:
                for group in (each for each in above[code] if each in column.words):
                    values = {"code": code, "group": group}
                    yield Finding(LAYOUT_WORDS_TWICE, (*path, code), values, at_key=True)


def _depth(indicators: tuple[Indicator, ...]) -> int:
    pending, depth = indicators, 0
    while pending:
        pending, depth = tuple(below for each in pending for below in each.children or ()), depth + 1
    return depth


def _codes_above(indicators: tuple[Indicator, ...]) -> dict[str, tuple[str, ...]]:
    """Each indicator's groups below the root, by its code."""
    pending: list[tuple[Indicator, tuple[str, ...]]] = [(each, ()) for each in indicators]
    found = dict[str, tuple[str, ...]]()
    while pending:
        indicator, groups = pending.pop()
        found[indicator.code] = groups
        pending += [(below, (*groups, indicator.code)) for below in indicator.children or ()]
    return found


CHECKS = (heads_are_given, heads_differ, levels_are_those_of_the_tree, words_have_their_cells)
