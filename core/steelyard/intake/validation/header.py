"""Which of the first rows is the header, and which column of the file is which declared one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from steelyard.errors import InvalidInput, Kind, Place, Problem
from steelyard.intake.adapters.adapter import HEAD_ROWS, Rows
from steelyard.intake.adapters.batch import storable
from steelyard.intake.cell import shown
from steelyard.intake.formula import unguarded
from steelyard.intake.validation.problems import NO_COLUMN, NO_HEADER, TWO_COLUMNS
from steelyard.intake.validation.spelling import header_words, normal
from steelyard.records.column import RecordColumn
from steelyard.records.table import RecordTable

OURS = ("steelyard:row", "steelyard:column", "steelyard:value", "steelyard:reason")
"""The columns that a rejects file has after the original ones; files that are sent again may have some."""


@dataclass(frozen=True, slots=True)
class Header:
    """headers: the original ones; own: their positions without OURS; positions: by code, None where absent.

    ignored: the headers that no column declares. row: the row it stands in, None where the source knows.
    """

    headers: tuple[str, ...]
    own: tuple[int, ...]
    positions: dict[str, int | None]
    ignored: tuple[str, ...]
    row: int | None

    @property
    def of_rejects(self) -> bool:
        """Whether any of OURS is there: then the cells are guarded, as a rejects file's are."""
        return _are_of_rejects(self.headers)


def required(table: RecordTable) -> tuple[RecordColumn, ...]:
    """The columns that must have a value in every row: those declared so, and the key, unit and day."""
    always = {*table.key, table.unit, table.day}
    return tuple(column for column in table.columns if column.required or column.column in always)


def find_header(rows: Rows, table: RecordTable) -> Header:
    """Choose the row that names the most declared columns, of several the first.

    Raises InvalidInput where none names any, a required column is missing, or two columns are one.
    """
    words = {word: column.column for column in table.columns for word in header_words(column)}
    candidates: list[tuple[int | None, tuple[str, ...]]] = [(rows.header_row, rows.headers)]
    candidates += [(head.row, head.cells) for head in rows.head[:HEAD_ROWS] if head.row != rows.header_row]
    candidates = [(row, _as_written(cells)) for row, cells in candidates]
    row, headers = max(candidates, key=lambda each: _named(each[1], words))
    if not _named(headers, words):
        raise InvalidInput(Problem(NO_HEADER, Place(row=rows.header_row), _no_header(table)))
    return _placed(row, tuple(map(storable, headers)), table, words)


def _are_of_rejects(headers: Sequence[str]) -> bool:
    return not set(OURS).isdisjoint(map(normal, headers))


def _as_written(headers: tuple[str, ...]) -> tuple[str, ...]:
    """The headers of the file that was rejected, where these are a rejects file's."""
    if not _are_of_rejects(headers):
        return headers
    return tuple(unguarded(pa.array(map(storable, headers), pa.string())).to_pylist())


def _named(headers: Sequence[str], words: dict[str, str]) -> int:
    return len({words[normal(header)] for header in headers if normal(header) in words})


def _placed(row: int | None, headers: tuple[str, ...], table: RecordTable, words: dict[str, str]) -> Header:
    found: dict[str, int] = {}
    ignored: list[str] = []
    problems: list[Problem] = []
    own = tuple(index for index, header in enumerate(headers) if normal(header) not in OURS)
    columns = {column.column: column for column in table.columns}
    for index in own:
        code = words.get(normal(headers[index]))
        if code is None:
            ignored.append(headers[index])
        elif code in found:
            values: dict[str, object] = {
                "first": shown(headers[found[code]]),
                "second": shown(headers[index]),
            }
            problems.append(_problem(TWO_COLUMNS, row, columns[code], values))
        else:
            found[code] = index
    for column in required(table):
        if column.column not in found:
            words_of = (column.column, column.title.zh, column.title.en, *column.headers)
            accepted = ", ".join(dict.fromkeys(words_of))
            problems.append(_problem(NO_COLUMN, row, column, {"headers": accepted}))
    if problems:
        raise InvalidInput(problems)
    positions = {column.column: found.get(column.column) for column in table.columns}
    return Header(headers, own, positions, tuple(filter(str.strip, ignored)), row)


def _problem(kind: Kind, row: int | None, column: RecordColumn, values: dict[str, object]) -> Problem:
    titles = {"title_zh": column.title.zh, "title_en": column.title.en, "column": column.column}
    return Problem(kind, Place(row=row, field=column.column), titles | values)


def _no_header(table: RecordTable) -> dict[str, object]:
    needed = required(table)
    return {
        "rows": HEAD_ROWS,
        "title_zh": table.title.zh,
        "title_en": table.title.en,
        "columns_zh": "、".join(column.title.zh for column in needed),
        "columns_en": ", ".join(column.title.en for column in needed),
    }
