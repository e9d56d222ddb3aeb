"""Records page by page: those behind a measure of a unit in a period, in the order of their days and keys.

The order is that of the records alone: neither it nor a cursor tells of the imports by which they came.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, Generic, TypeVar

import narwhals.stable.v2 as nw

from steelyard.intake.measures.conditions import Columns, all_hold
from steelyard.intake.measures.engine import Engine, Rows
from steelyard.intake.measures.parts import DAY, PART, ROW, UNIT, TableParts, rows_in_force
from steelyard.intake.measures.tallies import Recipe, Tally
from steelyard.records.column import ColumnType
from steelyard.records.table import RecordTable
from steelyard.scheme.calendar import Period

_ABOVE, _BELOW = "steelyard:above", "steelyard:below"
_TOTAL, _PASSED, _AHEAD = "steelyard:total", "steelyard:passed", "steelyard:ahead"

Key = tuple[str, ...]
"""Where a record stands in the order: its day and the values of its table's key, as texts."""


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record; values: by declared column, durations in seconds; None: empty."""

    import_id: int
    file: str
    row: int
    key: Key
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BehindRow(RecordRow):
    """A record that counts above the line, below it, or both, as all do for what has no line."""

    above: bool
    below: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """At most so many records after a key and before another; the last of them where `backward`."""

    limit: int
    after: Key | None = None
    before: Key | None = None
    backward: bool = False


class KeyInvalid(ValueError):
    """A text that is no key of the table: who made it did not have it from a page."""


R = TypeVar("R", bound=RecordRow, covariant=True)


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Some of `total` records; before the first of them there are `start`."""

    rows: tuple[R, ...]
    start: int
    total: int


def rows_behind(
    engine: Engine, source: TableParts, made: Recipe, unit_id: int, period: Period, asked: Asked
) -> Page[BehindRow]:
    """A page of the records that count for a measure. Raises KeyInvalid."""
    rows = rows_in_force(engine, source)
    if rows is None:
        return Page((), 0, 0)
    columns, bottom = Columns(source.table), made.bottom or made.top
    name = source.table.table
    flags = (_counts(made.top, name, columns).alias(_ABOVE), _counts(bottom, name, columns).alias(_BELOW))
    days = (nw.col(DAY) >= nw.lit(period.start)) & (nw.col(DAY) < nw.lit(period.end))
    found = rows.filter(days & (nw.col(UNIT) == unit_id)).with_columns(*flags)
    return page_of(found.filter(nw.col(_ABOVE) | nw.col(_BELOW)), source, asked, _behind)


def page_of(
    rows: Rows, source: TableParts, asked: Asked, made: Callable[[RecordRow, Mapping[str, Any]], R]
) -> Page[R]:
    """Cut a page out of records in force; `made` makes what is handed out of a record and its raw row."""
    order = [DAY, *source.table.key]
    passed = nw.lit(False) if asked.after is None else ~_beyond(asked.after, source.table, after=True)
    ahead = nw.lit(True) if asked.before is None else _beyond(asked.before, source.table, after=False)
    marked = rows.with_columns(passed.alias(_PASSED), ahead.alias(_AHEAD))
    total, start, end = _counted(marked)
    kept = marked.filter(~nw.col(_PASSED) & nw.col(_AHEAD))
    ordered = kept.sort(*order, descending=asked.backward).head(asked.limit).collect(backend="pyarrow")
    found = [made(_row(source, row), row) for row in ordered.rows(named=True)]
    if asked.backward:
        found.reverse()
        start = max(start, end - len(found))
    return Page(tuple(found), start, total)


def _counted(marked: Rows) -> tuple[int, int, int]:
    """How many rows there are, up to the first and up to the last that a page may have."""
    numbers = (
        nw.when(nw.col(name)).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64).alias(name)
        for name in (_PASSED, _AHEAD)
    )
    sums = (nw.len().alias(_TOTAL), nw.col(_PASSED).sum(), nw.col(_AHEAD).sum())
    [counted] = marked.select(*numbers).select(*sums).collect(backend="pyarrow").rows()
    total, start, end = (int(each or 0) for each in counted)
    return total, start, end


def _beyond(key: Key, table: RecordTable, *, after: bool) -> nw.Expr:
    """Whether a record comes after a key, or before it."""
    kinds = [ColumnType.DATE, *(table.types[name] for name in table.key)]
    if len(key) != len(kinds):
        raise KeyInvalid("a key of another table")
    columns = zip([DAY, *table.key], key, kinds, strict=True)
    tests = [(nw.col(name), nw.lit(_value(text, kind))) for name, text, kind in columns]
    beyond = nw.lit(False)
    for column, value in reversed(tests):
        beyond = (column > value if after else column < value) | ((column == value) & beyond)
    return beyond


def _value(text: str, kind: ColumnType) -> Any:
    try:
        return _READ.get(kind, str)(text)
    except (ValueError, InvalidOperation) as error:
        raise KeyInvalid(text) from error


def _integer(text: str) -> int:
    number = int(text)
    if not -_LARGEST <= number < _LARGEST:
        raise ValueError(text)
    return number


def _decimal(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite() or number.adjusted() >= _DIGITS or number != round(number, _DIGITS):
        raise ValueError(text)
    return number


_LARGEST, _DIGITS = 2**63, 18
_READ: Mapping[ColumnType, Callable[[str], Any]] = MappingProxyType(
    {
        ColumnType.INTEGER: _integer,
        ColumnType.DECIMAL: _decimal,
        ColumnType.FLAG: lambda text: text == "true",
        ColumnType.DATE: date.fromisoformat,
        ColumnType.DATETIME: lambda text: datetime.fromisoformat(text).replace(tzinfo=None),
    }
)


def text_of(value: Any) -> str:
    """A value of a record as text: plain decimals, `true` and `false`, dates and times as ISO writes them."""
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case datetime():
            return value.isoformat(sep=" ")
        case _:
            return str(value)


def _counts(tally: Tally, table: str, columns: Columns) -> nw.Expr:
    if tally.table != table:
        return nw.lit(False)
    holds = all_hold(tally.where, columns)
    return holds if tally.column is None else holds & ~nw.col(tally.column).is_null()


def _row(source: TableParts, row: Mapping[str, Any]) -> RecordRow:
    part = source.parts[row[PART]]
    key = tuple(text_of(row[name]) for name in (DAY, *source.table.key))
    return RecordRow(
        part.import_id, part.file, row[ROW], key, {name: row[name] for name in source.table.types}
    )


def _behind(found: RecordRow, row: Mapping[str, Any]) -> BehindRow:
    return BehindRow(
        found.import_id, found.file, found.row, found.key, found.values, row[_ABOVE], row[_BELOW]
    )
