"""Tables to be taken elsewhere: columns with titles in zh and en, rows of plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
    """A column: `name` for programs, `title` for people; `width` in characters.

    decimals: how many a spreadsheet shows of a figure or share, two where nothing is said.
    """

    name: str
    title: Text
    kind: Kind = Kind.TEXT
    width: int = 14
    decimals: int | None = None

    @property
    def number_format(self) -> str:
        """How a spreadsheet shows its numbers."""
        if self.decimals is None or self.kind not in (Kind.FIGURE, Kind.SHARE):
            return self.kind.value
        digits = f"0.{'0' * self.decimals}" if self.decimals else "0"
        return f"{digits}%" if self.kind is Kind.SHARE else digits


@dataclass(frozen=True, slots=True)
class Block:
    """Cells that are one, from the first to the last row and column; heads stand in row −1."""

    top: int
    left: int
    bottom: int
    right: int

    def covered(self) -> Iterator[tuple[int, int]]:
        """Its cells without the first, which alone has a value."""
        rows, columns = range(self.top, self.bottom + 1), range(self.left, self.right + 1)
        places = ((row, column) for row in rows for column in columns)
        return (place for place in places if place != (self.top, self.left))


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `title` names it, `facts` say what it is of, `rows` have a cell for each column.

    indents: how deep each row stands in a tree; empty where there is none. totals: rows that are totals, by
    their number, each with the columns that say how its cells are shown. blocks: cells that are one.
    notes: what is to be said of the figures, below the rows of a spreadsheet. printed: the same in the layout
    of a source's sheet, which a spreadsheet has instead; programs have the table itself.
    """

    title: Text
    facts: Sequence[tuple[Text, str]]
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    indents: Sequence[int] = ()
    totals: Mapping[int, Sequence[Column]] = field(default_factory=dict)
    blocks: Sequence[Block] = ()
    notes: Sequence[Text] = ()
    printed: Table | None = None


def both(text: Text) -> str:
    """A title in both languages, once where they are the same."""
    return text.zh if text.zh == text.en else f"{text.zh} {text.en}".strip()


def in_lines(text: Text) -> str:
    """A sentence in both languages, each on its own line."""
    return text.zh if text.zh == text.en else f"{text.zh}\n{text.en}".strip()
