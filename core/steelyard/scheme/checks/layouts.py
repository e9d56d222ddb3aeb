"""Layouts: what a printed scorecard needs, and nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from steelyard.scheme.finding import ANY, Finding
from steelyard.scheme.layout import LayoutColumn
from steelyard.scheme.model import Scheme
from steelyard.scheme.number import decimal_text
from steelyard.scheme.problems.layout import (
    LAYOUT_DECIMALS,
    LAYOUT_REPEATED,
    LAYOUT_WHOLE,
    LAYOUT_WITHOUT_ITEM,
)

MOST_DECIMALS = 6
_COLUMNS = ("layout", "columns")
_UNKNOWN_FULL = Fraction(100)


def rows_are_named(scheme: Scheme) -> Iterator[Finding]:
    """Some column says what a row is of."""
    shown = {each.show for each in _columns(scheme)}
    if shown and not shown & {"item", "code"}:
        yield Finding(LAYOUT_WITHOUT_ITEM, _COLUMNS, {}, ((*_COLUMNS, ANY),), at_key=True)


def columns_differ(scheme: Scheme) -> Iterator[Finding]:
    """No two columns show the same."""
    seen = set[str]()
    for number, column in enumerate(_columns(scheme)):
        if column.show in seen:
            yield Finding(LAYOUT_REPEATED, (*_COLUMNS, number, "show"), {"show": column.show})
        seen.add(column.show)


def decimals_can_be_shown(scheme: Scheme) -> Iterator[Finding]:
    """Not less than none, and not more than a spreadsheet is good for."""
    for number, column in enumerate(_columns(scheme)):
        if column.decimals is not None and not 0 <= column.decimals <= MOST_DECIMALS:
            yield Finding(LAYOUT_DECIMALS, (*_COLUMNS, number, "decimals"), {"found": column.decimals})


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


def _columns(scheme: Scheme) -> tuple[LayoutColumn, ...]:
    return () if scheme.layout is None else scheme.layout.columns


CHECKS = (rows_are_named, columns_differ, decimals_can_be_shown, whole_holds_the_scheme)
