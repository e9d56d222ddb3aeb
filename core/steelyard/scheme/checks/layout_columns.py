"""The columns of a layout: their heads, the levels of the tree that they show, and their words."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.errors import Kind
from steelyard.scheme.checks.layouts import COLUMNS, columns_of, repeated_columns
from steelyard.scheme.finding import ANY, Finding
from steelyard.scheme.layout import LayoutColumn
from steelyard.scheme.model import Indicator, Scheme
from steelyard.scheme.outline import code_paths
from steelyard.scheme.problems.layout import (
    LAYOUT_HEAD_ADDED,
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
    """No two heads are alike in a language; a column that repeats another is told of as such alone."""
    seen = set[str]()
    repeated = dict(repeated_columns(scheme))
    for number, column in enumerate(columns_of(scheme)):
        heads = set() if number in repeated else _heads(column)
        if alike := heads & seen:
            yield _of_head(LAYOUT_HEADS_ALIKE, number, alike)
        seen |= heads


def heads_are_not_added(scheme: Scheme) -> Iterator[Finding]:
    """No head is that of a column that forms are given besides."""
    if scheme.layout is None:
        return
    columns, repeated = scheme.layout.columns, dict(repeated_columns(scheme))
    for added in scheme.layout.form_columns[len(columns) :]:
        for number, column in enumerate(columns):
            alike = _heads(column) & _heads(added)
            if alike and number not in repeated:
                yield _of_head(LAYOUT_HEAD_ADDED, number, alike, show=added.show)


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


def _heads(column: LayoutColumn) -> set[str]:
    return set() if column.head is None else {column.head.zh, column.head.en}


def _of_head(kind: Kind, number: int, alike: set[str], **values: object) -> Finding:
    relies_on = ((*COLUMNS, ANY), (*COLUMNS, ANY, "show"))
    head = " / ".join(sorted(alike))
    return Finding(kind, (*COLUMNS, number, "head"), {"head": head, **values}, relies_on)


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


CHECKS = (
    heads_are_given,
    heads_differ,
    heads_are_not_added,
    levels_are_those_of_the_tree,
    words_have_their_cells,
)
