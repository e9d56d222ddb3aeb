"""Rows that the query left open, read cell by cell: good after all, or all that is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from functools import lru_cache

from steelyard.intake.cell import Fault
from steelyard.intake.validation.header import Header, required
from steelyard.intake.validation.moment import FIRST_DAY, LAST_DAY, offset_of
from steelyard.intake.validation.problems import DAY_OUT_OF_RANGE, MISSING, UNKNOWN_UNIT
from steelyard.intake.validation.rejects import Wrong, wrong_cell
from steelyard.intake.validation.value import cell_reader
from steelyard.records.table import RecordTable

_REMEMBERED = 10_000


class RowReader:
    """Reads single rows by the rules of `value`, which decide."""

    def __init__(self, table: RecordTable, header: Header, units: Mapping[str, int]) -> None:
        offset = offset_of(table.offset)
        self._table = table
        self._header = header
        self._units = units
        self._needed = {column.column for column in required(table)}
        self._columns = [
            (column, header.positions[column.column], lru_cache(_REMEMBERED)(cell_reader(column, offset)))
            for column in table.columns
        ]

    def read(self, row: int, cells: Sequence[str | None]) -> dict[str, object] | list[Wrong]:
        """The row as the part has it, or all its problems in the order of the declared columns."""
        values: dict[str, object] = {"row": row}
        wrong: list[Wrong] = []
        for column, place, reader in self._columns:
            text = "" if place is None else cells[place] or ""
            value = reader(text)
            titles: dict[str, object] = {"title_zh": column.title.zh, "title_en": column.title.en}
            if isinstance(value, Fault):
                wrong.append(wrong_cell(column.column, text, value.kind, {**titles, **value.values}))
            elif value is None and column.column in self._needed:
                wrong.append(wrong_cell(column.column, text, MISSING, titles))
            elif column.column == self._table.unit and text.strip() not in self._units:
                wrong.append(wrong_cell(column.column, text, UNKNOWN_UNIT, titles))
            else:
                values[column.column] = value
                if column.column == self._table.unit:
                    values["unit_id"] = self._units[text.strip()]
        return wrong or self._dated(values, cells) or self._complete(values)

    def _dated(self, values: dict[str, object], cells: Sequence[str | None]) -> list[Wrong]:
        """What is wrong with the day, with which all is well but that it is in no period."""
        values["day"] = day = _moment(values[self._table.day]).date()
        if FIRST_DAY <= day <= LAST_DAY:
            return []
        column = next(each for each in self._table.columns if each.column == self._table.day)
        place = self._header.positions[column.column]
        titles: dict[str, object] = {"title_zh": column.title.zh, "title_en": column.title.en}
        limits: dict[str, object] = {"day": day, "first": FIRST_DAY, "last": LAST_DAY}
        text = "" if place is None else cells[place] or ""
        return [wrong_cell(column.column, text, DAY_OUT_OF_RANGE, titles | limits)]

    def _complete(self, values: dict[str, object]) -> dict[str, object]:
        for each in self._table.derived:
            start, end = values[each.from_], values[each.to]
            known = start is not None and end is not None
            values[each.column] = int((_moment(end) - _moment(start)).total_seconds()) if known else None
        return values


def is_blank(cells: Sequence[str | None]) -> bool:
    """Tell whether no cell has a text."""
    return not any(cell and not cell.isspace() for cell in cells)


def _moment(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    raise TypeError(value)
