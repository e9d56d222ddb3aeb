"""Layouts: what a printed scorecard needs, and nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from steelyard.scheme.finding import ANY, Finding
from steelyard.scheme.layout import NUMBERS, LayoutColumn
from steelyard.scheme.model import Scheme
from steelyard.scheme.number import decimal_text
from steelyard.scheme.outline import spots
from steelyard.scheme.problems.layout import (
    LAYOUT_DECIMALS,
    LAYOUT_FIELD,
    LAYOUT_REPEATED,
    LAYOUT_SUBTOTAL,
    LAYOUT_UNFILLED,
    LAYOUT_WHOLE,
    LAYOUT_WITHOUT_ITEM,
)

MOST_DECIMALS = 6
COLUMNS = ("layout", "columns")
"""Where the columns stand in a file."""
_UNKNOWN_FULL = Fraction(100)
_OF_PASSING = ("pass", "pass_points", "passed")


def rows_are_named(scheme: Scheme) -> Iterator[Finding]:
    """Some column says what a row is of."""
    shown = {each.show for each in columns_of(scheme)}
    if shown and not shown & {"item", "code"}:
        yield Finding(LAYOUT_WITHOUT_ITEM, COLUMNS, {}, ((*COLUMNS, ANY),), at_key=True)


def columns_differ(scheme: Scheme) -> Iterator[Finding]:
    """No two columns show the same, but for words, and items of different levels."""
    for number, column in repeated_columns(scheme):
        yield Finding(LAYOUT_REPEATED, (*COLUMNS, number, "show"), {"show": column.show})


def fields_belong_to_what_is_shown(scheme: Scheme) -> Iterator[Finding]:
    """Levels and full marks in brackets are of items, decimals of numbers."""
    for number, column in enumerate(columns_of(scheme)):
        misplaced = {
            "level": column.level is not None and column.show != "item",
            "with_full": column.with_full and column.show != "item",
            "words": bool(column.words) and column.show != "words",
            "decimals": column.decimals is not None and not {column.show, column.shown_in_total} & NUMBERS,
        }
        for field in (field for field, found in misplaced.items() if found):
            values = {"show": column.show, "field": field}
            relies_on = ((*COLUMNS, number, "show"), (*COLUMNS, number, "total"))
            yield Finding(LAYOUT_FIELD, (*COLUMNS, number, field), values, relies_on, at_key=True)


def subtotals_are_of_levels(scheme: Scheme) -> Iterator[Finding]:
    """Rows of subtotals stand where groups have no rows of their own."""
    layout = scheme.layout
    if layout is not None and layout.subtotal is not None and not layout.is_grouped:
        relies_on = ((*COLUMNS, ANY), (*COLUMNS, ANY, "level"))
        yield Finding(LAYOUT_SUBTOTAL, ("layout", "subtotal"), {}, relies_on, at_key=True)


def columns_can_be_filled(scheme: Scheme) -> Iterator[Finding]:
    """What is shown of pass lines and bands is there."""
    indicators = [each.indicator for each in spots(scheme)]
    has_line = scheme.pass_ is not None or any(each.pass_ is not None for each in indicators)
    lacking = {show: "pass" for show in _OF_PASSING if not has_line}
    lacking |= {} if scheme.bands else {"band": "bands"}
    for number, column in enumerate(columns_of(scheme)):
        for field, shown in (("show", column.show), ("total", column.total)):
            if shown in lacking:
                values = {"show": shown, "lacking": lacking[shown]}
                relies_on = ((lacking[shown],), ("indicators", ANY))
                yield Finding(LAYOUT_UNFILLED, (*COLUMNS, number, field), values, relies_on)


def decimals_can_be_shown(scheme: Scheme) -> Iterator[Finding]:
    """Not less than none, and not more than a spreadsheet is good for."""
    for number, column in enumerate(columns_of(scheme)):
        if column.decimals is not None and not 0 <= column.decimals <= MOST_DECIMALS:
            yield Finding(LAYOUT_DECIMALS, (*COLUMNS, number, "decimals"), {"found": column.decimals})


def whole_holds_the_scheme(scheme: Scheme) -> Iterator[Finding]:
    """What printed weights are shares of is at least the scheme itself."""
    whole = None if scheme.layout is None else scheme.layout.whole
    if whole is None:
        return
    points = [each.points for each in scheme.indicators]
    full = sum((each.resolved({}) for each in points if each is not None), Fraction(0))
    full = _UNKNOWN_FULL if None in points else full
    if not whole.resolved({}) or whole.resolved({}) < full:
        values = {"found": whole, "full": decimal_text(full)}
        yield Finding(LAYOUT_WHOLE, ("layout", "whole"), values, (("indicators", ANY, "points"),))


def repeated_columns(scheme: Scheme) -> Iterator[tuple[int, LayoutColumn]]:
    """The columns that show what one before them does, by their numbers."""
    seen = set[tuple[str, int | None]]()
    for number, column in enumerate(columns_of(scheme)):
        key = column.show, column.level
        if key in seen and column.show != "words":
            yield number, column
        seen.add(key)


def columns_of(scheme: Scheme) -> tuple[LayoutColumn, ...]:
    """The columns of a scheme's layout; none without one."""
    return () if scheme.layout is None else scheme.layout.columns


CHECKS = (
    rows_are_named,
    columns_differ,
    fields_belong_to_what_is_shown,
    subtotals_are_of_levels,
    columns_can_be_filled,
    decimals_can_be_shown,
    whole_holds_the_scheme,
)
