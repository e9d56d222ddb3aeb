"""The rows of a UTF-8 CSV file, block by block: well-formed blocks at once, the others record by record.

A block is read by Arrow only when it is proven to hold nothing on which readers disagree: every quote stands
where RFC 4180 lets it, no line end is a bare CR, no line is blank, all rows have the width of the header.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
from numpy.typing import NDArray

from steelyard.intake.adapters.adapter import RowFault
from steelyard.intake.adapters.batch import BATCH_ROWS, Line, batch, of_columns
from steelyard.intake.adapters.csv_records import Record, records

BLOCK = 1 << 20
"""Bytes that are looked at together: few enough to stay in a processor's cache from test to test."""
LINE_LIMIT = 16 << 20
FIELD_LIMIT = 131_072
RAW_SHOWN = 1_000
QUOTE, LF, CR = 34, 10, 13
Bytes = NDArray[np.uint8]
Mask = NDArray[np.bool_]


@dataclass
class CsvBlocks:
    """Reads the data rows of a file. start: offset of the first; row: its number; width: cells a row."""

    path: Path
    separator: str
    width: int
    start: int
    row: int
    block: int = BLOCK

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield all rows in order."""
        data = b""
        with self.path.open("rb") as file:
            file.seek(self.start)
            while True:
                more = file.read(self.block)
                data += more
                if len(data) > LINE_LIMIT and _line_end(data) == 0:
                    yield batch([self._overlong(data)], self.width)
                    data = _skip_line(file, self.block)
                    continue
                used, found = self._read(data, final=not more)
                yield from found
                data = data[used:]
                if not more:
                    return

    def _read(self, data: bytes, *, final: bool) -> tuple[int, Iterator[pa.RecordBatch]]:
        """How many bytes were used, and their rows."""
        if not final and (blank := _blank_end(data)):
            return blank, self._blank(data[:blank])
        end = provable_end(data, self.separator, final=final)
        columns = self._columns(data, end) if end else None
        if columns is not None:
            first = self.row
            self.row += len(columns[0])
            return end, iter([of_columns(first, columns)])
        end = len(data) if final else _line_end(data)
        text = data[:end].decode("utf-8")
        found = list(records(text, self.separator, final=final))
        used = len(text[: sum(record.length for record in found)].encode("utf-8"))
        return used, self._lines(found)

    def _columns(self, data: bytes, end: int) -> list[pa.Array] | None:
        """The cells of a proven block, a column an array; None where Arrow finds rows of another width."""
        names = [f"c{index}" for index in range(self.width)]
        try:
            table = pyarrow.csv.read_csv(
                pa.py_buffer(data).slice(0, end),
                read_options=pyarrow.csv.ReadOptions(
                    column_names=names, block_size=end + 1, use_threads=False
                ),
                parse_options=pyarrow.csv.ParseOptions(
                    delimiter=self.separator, newlines_in_values=True, ignore_empty_lines=False
                ),
                convert_options=pyarrow.csv.ConvertOptions(
                    # All ASCII is UTF-8, and to see that is far less work than to look at every cell.
                    check_utf8=not data.isascii(),
                    column_types=dict.fromkeys(names, pa.string()),
                    null_values=[""],
                    strings_can_be_null=True,
                    quoted_strings_can_be_null=True,
                ),
            )
        except pa.ArrowInvalid:
            return None
        columns = [column.chunk(0) for column in table.columns]
        longest = max((pc.max(pc.binary_length(column)).as_py() or 0 for column in columns), default=0)
        return columns if longest <= FIELD_LIMIT else None

    def _blank(self, data: bytes) -> Iterator[pa.RecordBatch]:
        """The rows of blank lines, of which a file may have millions."""
        first, count = self.row, data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")
        self.row += count
        for begin in range(0, count, BATCH_ROWS):
            empty = pa.nulls(min(BATCH_ROWS, count - begin), pa.string())
            yield of_columns(first + begin, [empty] * self.width)

    def _lines(self, found: list[Record]) -> Iterator[pa.RecordBatch]:
        first = self.row
        self.row += len(found)
        for begin in range(0, len(found), BATCH_ROWS):
            part = found[begin : begin + BATCH_ROWS]
            lines = [self._line(first + begin + index, record) for index, record in enumerate(part)]
            yield batch(lines, self.width)

    def _line(self, row: int, record: Record) -> Line:
        if record.fault is not None:
            return Line(row, (), record.fault, record.raw)
        fields = record.fields
        if len(fields) == self.width:
            return Line(row, fields)
        if not any(field.strip() for field in fields):
            return Line(row, (None,) * self.width)
        fault = RowFault.TOO_FEW_CELLS if len(fields) < self.width else RowFault.TOO_MANY_CELLS
        return Line(row, (), fault, written(fields, self.separator))

    def _overlong(self, data: bytes) -> Line:
        raw = data[:RAW_SHOWN].decode("utf-8", "ignore")
        self.row += 1
        return Line(self.row - 1, (), RowFault.TOO_LONG, raw)


def written(fields: list[str], separator: str) -> str:
    """The fields as one line of CSV."""
    special = (separator, '"', "\r", "\n")
    quoted = (
        '"' + field.replace('"', '""') + '"' if any(char in field for char in special) else field
        for field in fields
    )
    return separator.join(quoted)


def provable_end(data: bytes, separator: str, *, final: bool) -> int:
    """Up to where `data` is whole, well-formed records; 0 where that is not proven."""
    end = len(data) if final else data.rfind(b"\n") + 1
    if not end or data[0] in (LF, CR) or data.find(b"\x00", 0, end) >= 0:
        return 0
    chars = np.frombuffer(data, dtype=np.uint8, count=end)
    ends = chars == LF
    if np.any(ends[1:] & ends[:-1]):
        return 0
    edges = ends | (chars == ord(separator))
    if data.find(b"\r", 0, end) >= 0:
        returns = chars == CR
        # A bare CR, or a blank line.
        if returns[-1] or np.any(returns[:-1] & ~ends[1:]) or np.any(ends[:-1] & returns[1:]):
            return 0
        edges |= returns
    quotes = chars == QUOTE
    if not np.any(quotes) or _plainly_quoted(quotes, edges):
        return end
    return _quoted_end(chars, quotes, edges, final=final)


def _plainly_quoted(quotes: Mask, edges: Mask) -> bool:
    """Whether each quote either stands behind an edge or before one, by turns; the ends are edges."""
    opening, closing = quotes.copy(), quotes.copy()
    opening[1:] &= edges[:-1]
    closing[:-1] &= edges[1:]
    if not np.array_equal(opening ^ closing, quotes):
        return False
    first, last = np.flatnonzero(opening), np.flatnonzero(closing)
    return len(first) == len(last) and bool(np.all(first < last) and np.all(last[:-1] < first[1:]))


def _quoted_end(chars: Bytes, quotes: Mask, edges: Mask, *, final: bool) -> int:
    """Quotes open and close by turns: openers must stand behind, closers before an edge or a quote."""
    places = np.flatnonzero(quotes)
    end = len(chars)
    if not final and len(places) % 2:
        outside = np.flatnonzero(chars == LF)
        outside = outside[np.searchsorted(places, outside) % 2 == 0]
        end = int(outside[-1]) + 1 if len(outside) else 0
        places = places[: np.searchsorted(places, end)]
    if len(places) % 2:
        return 0
    edges = edges | quotes
    before, after = places[0::2] - 1, places[1::2] + 1
    good = edges[before[before >= 0]].all() and edges[after[after < end]].all()
    return end if good else 0


def _blank_end(data: bytes) -> int:
    """Behind the blank lines that `data` begins with. A CR at the very end may be half of a line end."""
    end = len(data) - len(data.lstrip(b"\r\n"))
    return end - 1 if end == len(data) and data.endswith(b"\r") else end


def _line_end(data: bytes) -> int:
    """Behind the last line end of `data`; 0 if there is none. A CR at the very end may be half of one."""
    return max(data.rfind(b"\n"), data.rfind(b"\r", 0, -1)) + 1


def _skip_line(file: BinaryIO, size: int) -> bytes:
    """Read on to the next line; what follows its beginning, of that which was read."""
    while data := file.read(size):
        ends = [end for end in (data.find(b"\n"), data.find(b"\r")) if end >= 0]
        if ends:
            rest = data[min(ends) :] + file.read(1)
            return rest[2:] if rest.startswith(b"\r\n") else rest[1:]
    return b""
