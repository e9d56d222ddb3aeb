"""Batches whose every cell has the form that most files have: typed as whole columns, without a query.

A batch with a cell of any other form, with an empty cell where there must be a value or with a value beyond
a limit is left to the query and the rules; what is typed here is what they would say.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from steelyard.intake.validation.header import required
from steelyard.intake.validation.moment import FIRST_DAY, LAST_DAY
from steelyard.intake.validation.number import DIGITS
from steelyard.intake.validation.part import part_schema
from steelyard.intake.validation.plain import DOUBTFUL, LOOKED_UP
from steelyard.intake.validation.texts import Bytes, spans
from steelyard.intake.validation.value import LONGEST
from steelyard.records.column import ColumnType, RecordColumn
from steelyard.records.table import RecordTable

_MOMENT = (b"1000-00-00 00:00:00", b"2999-19-39 29:59:59")
_DAY = (b"1000-00-00", b"2999-19-39")
"""The least and the greatest letter at each place; what is no day or time among these, Arrow refuses."""
_ZERO, _NINE = 0x30, 0x39


class UsualForms:
    """Types batches of cells (row, unit_id, doubtful, v0, v1, …) of one table."""

    def __init__(self, table: RecordTable) -> None:
        self._table = table
        self._schema = part_schema(table)
        self._needed = {column.column for column in required(table)}

    def typed(self, cells: pa.RecordBatch) -> pa.RecordBatch | None:
        """The rows as the part has them; None where any of them needs a closer look."""
        if pc.any(cells.column(DOUBTFUL)).as_py() or cells.column("unit_id").null_count:
            return None
        columns = {"row": cells.column("row"), "unit_id": cells.column("unit_id")}
        for at, column in enumerate(self._table.columns):
            type_ = self._schema.field(column.column).type
            values = _typed(column, cells.column(f"v{at}"), type_)
            if values is None or (values.null_count and column.column in self._needed):
                return None
            columns[column.column] = values
        columns["day"] = columns[self._table.day].cast(pa.date32())
        ends = pc.min_max(columns["day"]).as_py()
        if len(cells) and not FIRST_DAY <= ends["min"] <= ends["max"] <= LAST_DAY:
            return None
        for each in self._table.derived:
            pair = (columns[name].cast(pa.timestamp("us")).cast(pa.int64()) for name in (each.to, each.from_))
            columns[each.column] = pc.divide(pc.subtract(*pair), 1_000_000)
        return pa.RecordBatch.from_arrays([columns[name] for name in self._schema.names], schema=self._schema)


def _typed(column: RecordColumn, texts: pa.Array, type_: pa.DataType) -> pa.Array | None:
    """The values of a column; None where a text has another form, or a value is not allowed."""
    if column.type in LOOKED_UP:
        return texts
    data, starts, ends = spans(texts)
    if not len(starts):
        return pa.nulls(len(texts), type_)
    letters, lengths = data[starts[0] : ends[-1]], ends - starts
    match column.type:
        case ColumnType.TEXT:
            return texts if lengths.max() <= LONGEST else None
        case ColumnType.INTEGER:
            good = lengths.max() < DIGITS and letters.min() >= _ZERO and letters.max() <= _NINE
        case ColumnType.DECIMAL:
            places = f"{{1,{column.places}}}" if column.places else "{0}"
            form = rf"^[0-9]{{1,{DIGITS - column.places}}}(\.[0-9]{places})?$"
            good = pc.all(pc.match_substring_regex(texts, form)).as_py()
        case _:
            least, most = _DAY if column.type is ColumnType.DATE else _MOMENT
            good = lengths.min() == lengths.max() == len(least) and _between(letters, least, most)
    if not good:
        return None
    try:
        values = texts.cast(type_)
    except pa.ArrowInvalid:
        return None
    return values if _allowed(column, values) else None


def _between(letters: Bytes, least: bytes, most: bytes) -> bool:
    """Whether all letters of texts of one length lie between those at their places, both included."""
    count = len(letters)
    low, reach = _limits(least, most, 1 << (count // len(least)).bit_length())
    # What lies below comes out far above: bytes go around.
    return bool(np.all(letters - low[:count] <= reach[:count]))


@lru_cache(maxsize=4)
def _limits(least: bytes, most: bytes, count: int) -> tuple[Bytes, Bytes]:
    """For `count` texts the least letters, and how far above them the greatest lie."""
    low, high = (np.frombuffer(each, np.uint8) for each in (least, most))
    return np.tile(low, count), np.tile(high - low, count)


def _allowed(column: RecordColumn, values: pa.Array) -> bool:
    """Whether numbers keep to the limits of their column."""
    if column.at_least is None and column.at_most is None:
        return True
    ends = pc.min_max(values).as_py()
    low, high = (None if each is None else each.resolved({}) for each in (column.at_least, column.at_most))
    return (low is None or Fraction(ends["min"]) >= low) and (high is None or Fraction(ends["max"]) <= high)
