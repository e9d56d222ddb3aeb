"""Tables of records: what rows of source data look like, and which unit and day each is about."""

from __future__ import annotations

from functools import cached_property

from steelyard.records.check import RecordCheck
from steelyard.records.column import ColumnType, Elapsed, RecordColumn
from steelyard.scheme.base import Definition, Name, Whole, Words


class RecordTable(Definition):
    """One table of a pack.

    table: its name, unique in the pack. key: the columns that make two rows the same record; a later import's
    row supersedes the earlier one's. unit: the column with the unit's code. day: the date or datetime
    column that decides in which period a row counts. offset: of local time from UTC.
    due: so many days after a period its rows should be there.
    """

    table: Name
    title: Words
    key: tuple[Name, ...]
    unit: Name
    day: Name
    offset: Name = "+08:00"
    due: Whole | None = None
    columns: tuple[RecordColumn, ...]
    derived: tuple[Elapsed, ...] = ()
    checks: tuple[RecordCheck, ...] = ()
    source: str | None = None
    note: Words | None = None

    @cached_property
    def types(self) -> dict[str, ColumnType]:
        """The type of each column, the derived ones included."""
        own = {column.column: column.type for column in self.columns}
        return own | {each.column: ColumnType.DURATION for each in self.derived}
