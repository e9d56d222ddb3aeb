"""What an adapter is: options in, batches of text out. Nothing is dropped, nothing is guessed.

A batch is a pyarrow.RecordBatch with these columns:

    row     int64   as a person finds it, from 1: row of a CSV (the header is one) or sheet, line of JSONL;
                    else the ordinal
    fault   string  null, or a word of `RowFault`: the line could not be split into cells (all cells are null)
    raw     string  the line's text where there is a fault, else null
    c0, c1… string  one a header, in order; null is an empty cell
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Protocol

import pyarrow as pa

from steelyard.errors import InternalError, InvalidInput, Problem, Text
from steelyard.intake.adapters.problems import HEADERS_TOO_LARGE, NOT_REREADABLE

Options = Mapping[str, str]
"""What the user chose, by name, as text: `{"file": "orders.csv", "header_row": "3"}`."""

HEAD_ROWS = 20
COLUMNS_MOST, HEADER_LONGEST = 1_000, 10_000
"""Columns of a source, and letters of a header: a batch holds a cell for each column, in empty rows too."""


class OptionKind(StrEnum):
    """What the text of an option must be."""

    FILE = "file"
    TEXT = "text"
    WHOLE = "whole"


class RowFault(StrEnum):
    """Why a line could not be split into cells; `problems.ROW_FAULTS` has the words for users."""

    TOO_FEW_CELLS = "too_few_cells"
    TOO_MANY_CELLS = "too_many_cells"
    OPEN_QUOTE = "open_quote"
    MISPLACED_QUOTE = "misplaced_quote"
    TOO_LONG = "too_long"
    NUL_BYTE = "nul_byte"
    NOT_AN_OBJECT = "not_an_object"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that an adapter can be told. A secret's value never stands in messages or logs."""

    name: str
    title: Text
    kind: OptionKind = OptionKind.TEXT
    required: bool = False
    secret: bool = False
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Stream:
    """One table that a source offers: a sheet, a file, a query. rows_estimate: None where not known."""

    name: str
    headers: tuple[str, ...]
    rows_estimate: int | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class HeadRow:
    """One of the first rows of a file as it stands there: its number and its cells."""

    row: int
    cells: tuple[str, ...]


def _nothing() -> None:
    """Close what needs no closing."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one stream; read once, then close (or use `with`).

    headers: as they stand in the source, () where it is empty. warnings: how it was read (encoding).
    head: the first rows of a file that may have title rows above its header, the header row included;
    () where the source knows its names. header_row: which row `headers` are.
    """

    headers: tuple[str, ...]
    batches: Iterator[pa.RecordBatch]
    warnings: tuple[Problem, ...] = ()
    head: tuple[HeadRow, ...] = ()
    header_row: int | None = None
    reread: Callable[[int], Rows] | None = None
    release: Callable[[], None] = _nothing

    def __post_init__(self) -> None:
        """Raise InvalidInput where there are more columns than a batch can hold."""
        require_few(self.headers)

    def with_header(self, row: int) -> Rows:
        """Take another row of `head` as the header: what stands above is title. Closes these rows.

        Raises InternalError where the source has no head.
        """
        if self.reread is None:
            raise InternalError(Problem(NOT_REREADABLE))
        self.close()
        return self.reread(row)

    def close(self) -> None:
        """Let go of files and connections; may be called twice."""
        self.release()

    def __enter__(self) -> Rows:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def require_few(headers: Collection[str]) -> None:
    """Raise InvalidInput (HEADERS_TOO_LARGE) for too many or too long headers."""
    longest = max(map(len, headers), default=0)
    if len(headers) > COLUMNS_MOST or longest > HEADER_LONGEST:
        values = {
            "columns": len(headers),
            "letters": longest,
            "most": COLUMNS_MOST,
            "longest": HEADER_LONGEST,
        }
        raise InvalidInput(Problem(HEADERS_TOO_LARGE, values=values))


class Adapter(Protocol):
    """A way into the records of one kind of source. All of it blocks: services run it in a thread."""

    @property
    def name(self) -> str:
        """How it is chosen, e.g. `csv`."""
        ...

    @property
    def title(self) -> Text:
        """What it reads."""
        ...

    def spec(self) -> tuple[Option, ...]:
        """All options that it knows."""
        ...

    def check(self, options: Options) -> None:
        """Try whether the source can be read, without reading it all. Raises InvalidInput, TransientError."""
        ...

    def discover(self, options: Options) -> tuple[Stream, ...]:
        """What tables the source offers. Raises InvalidInput, TransientError."""
        ...

    def read(self, options: Options) -> Rows:
        """Open the rows. Raises InvalidInput, TransientError; so may the iteration of the batches."""
        ...
