"""Conditions on a row: what it must be like to be counted."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from steelyard.scheme.base import Definition, Flag, Name
from steelyard.scheme.number import Rate


class ColumnReference(Definition):
    """The value that another column of the same row has."""

    column: Name


def _operand(raw: Any) -> Any:
    if isinstance(raw, dict) and set(raw) == {"column"} and isinstance(raw["column"], str):
        return ColumnReference(column=raw["column"])
    if isinstance(raw, ColumnReference):
        return raw
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, (dict, list, tuple)) or raw is None:
        raise PydanticCustomError("operand", "expected a value or {column: …}", {})
    return str(raw)


def _written(operand: Any) -> Any:
    return {"column": operand.column} if isinstance(operand, ColumnReference) else operand


_COLUMN: dict[str, Any] = {
    "type": "object",
    "properties": {"column": {"type": "string"}},
    "required": ["column"],
    "additionalProperties": False,
}
_SCHEMA = {"anyOf": [{"type": ["string", "number", "boolean"]}, _COLUMN]}

Operand = Annotated[Any, BeforeValidator(_operand), PlainSerializer(_written), WithJsonSchema(_SCHEMA)]
"""A value as files write it (text; what it means is up to the column's type), or a ColumnReference."""


class Condition(Definition):
    """One condition: either a test of `column` (exactly one of the tests), or one of any, all, not.

    A test of an empty cell does not hold, whatever the test (but `known: false`); `not` turns exactly that
    round. is, in: equal to a value or to one of several; for a choice its code. above, at_least, at_most,
    below: for numbers, durations (in its own unit), dates and times. known: whether there is a value.
    within + of: |column − of| ≤ within × |of|, exactly.
    """

    column: Name | None = None
    is_: Operand | None = Field(None, alias="is")
    in_: tuple[Operand, ...] | None = Field(None, alias="in")
    above: Operand | None = None
    at_least: Operand | None = None
    at_most: Operand | None = None
    below: Operand | None = None
    known: Flag | None = None
    within: Rate | None = None
    of: Name | None = None
    any: tuple[Condition, ...] | None = None
    all: tuple[Condition, ...] | None = None
    not_: Condition | None = Field(None, alias="not")


Conditions = tuple[Condition, ...]
"""Conditions that must all hold; none at all: every row."""
