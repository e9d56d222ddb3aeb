"""From the text of a table to rows of fields that know their line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from steelyard.intake.faults import Faults
from steelyard.intake.problems import BROKEN_QUOTES, EMPTY, NO_ROWS, RAGGED_ROW

if TYPE_CHECKING:
    from _csv import Reader as CsvReader

SEPARATORS = (",", ";", "\t")
UNIT_HEADERS = ("unit", "单位", "评价对象")


@dataclass(frozen=True, slots=True)
class Grid:
    """A header of k names and rows of k fields each; `lines` are the lines of the file they start at."""

    header: tuple[str, ...]
    header_line: int
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]


def read_grid(text: str, faults: Faults) -> Grid | None:
    """Split `text` into fields; None where there is not even a header. Faults are appended.

    Lines without any text are skipped, rows with too many or too few fields are reported and left out.
    """
    records = _records(text, _separator(text), faults)
    line, header = next(records, (1, []))
    if not header:
        if not faults:
            faults.add(EMPTY)
        return None
    rows, lines, ragged = [], [], False
    for start, fields in records:
        if len(fields) == len(header):
            rows.append(fields)
            lines.append(start)
        else:
            ragged = True
            faults.add(RAGGED_ROW, start, found=len(fields), expected=len(header))
    if not rows and not ragged and not faults:
        faults.add(NO_ROWS)
    return Grid(tuple(name.strip() for name in header), line, rows, lines)


def _records(text: str, separator: str, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """Yield the records that hold any text, each with the line it starts at."""
    reader = _reader(text, separator, strict=True)
    start = 1
    try:
        for fields in reader:
            if any(field and not field.isspace() for field in fields):
                yield start, fields
            start = reader.line_num + 1
    except csv.Error as error:
        faults.add(BROKEN_QUOTES, start, reason=error)


def _separator(text: str) -> str:
    """Choose by the header alone: what makes a unit column appear, then what makes the most columns."""

    def merit(separator: str) -> tuple[bool, int]:
        records = _reader(text, separator, strict=False)
        try:
            header = next(fields for fields in records if any(map(str.strip, fields)))
        except (csv.Error, StopIteration):
            return False, 0
        return any(field.strip() in UNIT_HEADERS for field in header), len(header)

    return max(SEPARATORS, key=merit)


def _reader(text: str, separator: str, *, strict: bool) -> CsvReader:
    source = io.StringIO(text, newline="")
    return csv.reader(source, delimiter=separator, strict=strict, skipinitialspace=True)
