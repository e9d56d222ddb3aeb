"""Columns of a table: types, headers, choices and bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from steelyard.errors import Problem
from steelyard.packs import problems as p
from steelyard.packs.record_checks.finder import Finder, repeated
from steelyard.records.column import ColumnType, RecordColumn
from steelyard.records.header import choice_words, folded, header_words
from steelyard.records.operand import MOMENTS, NUMBERS
from steelyard.scheme.document import Path
from steelyard.scheme.suggestion import suggested

_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}", re.ASCII)
_TAKEN = frozenset({"row", "unit_id", "day"})
_REJECTS = "steelyard:"
_MOST_PLACES = 12
COLUMN = {"what_zh": "列", "what_en": "column"}


def is_record_name(name: str) -> bool:
    """Whether a table or a column can be called so: stored rows have columns of their own besides."""
    return _NAME.fullmatch(name) is not None and name not in _TAKEN


def column_problems(finder: Finder, above: Path) -> Iterator[Problem]:
    """List what cannot be among the columns of a table and the derived ones."""
    table = finder.table
    yield from finder.empty((*above, "columns"), table.columns)
    paths: list[Path] = [(*above, "columns", index) for index in range(len(table.columns))]
    paths += [(*above, "derived", index) for index in range(len(table.derived))]
    names = [*(column.column for column in table.columns), *(each.column for each in table.derived)]
    for path, name in zip(paths, names, strict=True):
        if not is_record_name(name):
            yield finder.fault(p.RECORD_NAME, (*path, "column"), found=name)
    for index, name in repeated(names):
        yield finder.fault(p.RECORD_DUPLICATE, (*paths[index], "column"), name=name, **COLUMN)
    for column, path in zip(table.columns, paths, strict=False):
        yield from _column(finder, column, path)
    yield from _headers(finder, above)
    for index, derived in enumerate(table.derived):
        path = (*above, "derived", index)
        yield from finder.typed((*path, "from"), derived.from_, MOMENTS, derived.column)
        yield from finder.typed((*path, "to"), derived.to, MOMENTS, derived.column)


def _column(finder: Finder, column: RecordColumn, path: Path) -> Iterator[Problem]:
    if column.type is ColumnType.DURATION:
        yield finder.fault(p.RECORD_DERIVED_TYPE, (*path, "type"), column=column.column)
    if (column.type is ColumnType.CHOICE) != bool(column.choices):
        at = (*path, "choices") if column.choices else (*path, "type")
        yield finder.fault(p.RECORD_CHOICES, at, column=column.column, type=str(column.type))
    yield from _choices(finder, column, path)
    yield from _bounds(finder, column, path)
    fits = column.type is ColumnType.DECIMAL and 0 <= column.places <= _MOST_PLACES
    if "places" in column.model_fields_set and not fits:
        yield finder.fault(p.RECORD_PLACES, (*path, "places"), column=column.column, found=column.places)


def _choices(finder: Finder, column: RecordColumn, path: Path) -> Iterator[Problem]:
    for code in column.also:
        if code not in column.choices:
            values = suggested(code, column.choices)
            at = (*path, "also", code)
            yield finder.fault(p.RECORD_UNKNOWN_CHOICE, at, column=column.column, **values)
    taken: dict[str, str] = {}
    for code in column.choices:
        for words in choice_words(column, code):
            other = taken.setdefault(folded(words), code)
            if other != code:
                values = {"column": column.column, "choice": code, "other": other, "found": words}
                yield finder.fault(p.RECORD_CHOICE_CLASH, (*path, "choices", code), **values)


def _bounds(finder: Finder, column: RecordColumn, path: Path) -> Iterator[Problem]:
    low, high = column.at_least, column.at_most
    if (low is None and high is None) or column.type is ColumnType.DURATION:
        return
    at = (*path, "at_most" if high is not None else "at_least")
    if column.type not in NUMBERS:
        values = {"reason_zh": f"类型为 {column.type}", "reason_en": f"its type is {column.type}"}
    elif low is not None and high is not None and low.resolved({}) > high.resolved({}):
        values = {"reason_zh": f"{low} 大于 {high}", "reason_en": f"{low} is above {high}"}
    else:
        return
    yield finder.fault(p.RECORD_BOUNDS, at, column=column.column, **values)


def _headers(finder: Finder, above: Path) -> Iterator[Problem]:
    """Headers that two columns answer to, told once for each pair."""
    taken: dict[str, str] = {}
    for index, column in enumerate(finder.table.columns):
        told: set[str] = set()
        path = (*above, "columns", index)
        for words in header_words(column):
            other = taken.setdefault(folded(words), column.column)
            if other not in (column.column, *told):
                told.add(other)
                at = (*path, "headers") if words in column.headers else path
                values = {"column": column.column, "other": other, "found": words}
                yield finder.fault(p.RECORD_HEADER_CLASH, at, **values)
            if folded(words).startswith(_REJECTS):
                yield finder.fault(p.RECORD_HEADER_RESERVED, path, found=words)
