"""Columns of record tables: their types, and how headers and values are written in files."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pydantic import Field

from steelyard.scheme.base import Definition, Flag, Name, Whole, Words
from steelyard.scheme.number import Constant


class ColumnType(StrEnum):
    """What a column holds.

    DECIMAL is exact, with `places` digits after the point. DATETIME is local time of the table's `offset`,
    to the second. DURATION is derived only: whole seconds from one column to another.
    """

    TEXT = "text"
    CHOICE = "choice"
    INTEGER = "integer"
    DECIMAL = "decimal"
    FLAG = "flag"
    DATE = "date"
    DATETIME = "datetime"
    DURATION = "duration"


class RecordColumn(Definition):
    """One column of a table of records.

    headers: what files call it besides its code and its titles. required: an empty cell rejects the row.
    choices: by code what is read as this choice besides the code: its titles, and `also`'s words.
    at_least, at_most: values beyond are rejected. places: digits after the point of a decimal.
    """

    column: Name
    title: Words
    type: ColumnType
    headers: tuple[Name, ...] = ()
    required: Flag = False
    choices: Mapping[str, Words] = Field(default_factory=dict)
    also: Mapping[str, tuple[Name, ...]] = Field(default_factory=dict)
    at_least: Constant | None = None
    at_most: Constant | None = None
    places: Whole = 2
    note: Words | None = None


class DurationUnit(StrEnum):
    """In what a duration is compared, added up and averaged."""

    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"

    @property
    def seconds(self) -> int:
        """How many seconds it has."""
        return {"seconds": 1, "minutes": 60, "hours": 3_600, "days": 86_400}[self.value]


class Elapsed(Definition):
    """A derived column of type DURATION: from one date or datetime column to another; empty if one is.

    It is negative where `to` lies before `from`. A date counts as its first moment.
    """

    column: Name
    title: Words
    from_: Name = Field(alias="from")
    to: Name
    unit: DurationUnit = DurationUnit.MINUTES
