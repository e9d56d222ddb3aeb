"""Tables to be taken elsewhere: columns with titles in zh and en, rows of plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from steelyard.errors import Text

Cell = str | float | int | bool | None


class Kind(Enum):
    """What a column holds; the value is how a spreadsheet shows it."""

    TEXT = "@"
    FIGURE = "0.00"
    SHARE = "0.00%"
    COUNT = "0"
    FLAG = "General"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `name` for programs, `title` for people; `width` in characters."""

    name: str
    title: Text
    kind: Kind = Kind.TEXT
    width: int = 14


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `title` names it, `facts` say what it is of, `rows` have a cell for each column.

    indents: how deep each row stands in a tree; empty where there is none.
    """

    title: Text
    facts: Sequence[tuple[Text, str]]
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    indents: Sequence[int] = ()


def both(text: Text) -> str:
    """A title in both languages, once where they are the same."""
    return text.zh if text.zh == text.en else f"{text.zh} {text.en}".strip()
