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

from steelyard.intake.adapters.adapter import RowFault
from steelyard.intake.adapters.batch import BATCH_ROWS, Line, batch, of_columns
from steelyard.intake.adapters.csv_records import Record, records

BLOCK = 8 << 20
ARROW_BLOCK = 2 << 20
LINE_LIMIT = 16 << 20
FIELD_LIMIT = 131_072
RAW_SHOWN = 1_000
QUOTE, LF, CR = 34, 10, 13


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
        end = provable_end(data, self.separator, final=final)
        columns = self._columns(data[:end]) if end else None
        if columns is not None:
            first = self.row
            self.row += len(columns[0])
            return end, iter([of_columns(first, columns)])
        end = len(data) if final else _line_end(data)
        text = data[:end].decode("utf-8")
        found = list(records(text, self.separator, final=final))
        used = len(text[: sum(record.length for record in found)].encode("utf-8"))
        return used, self._lines(found)

    def _columns(self, data: bytes) -> list[pa.Array] | None:
        """The cells of a proven block, a column an array; None where Arrow finds rows of another width."""
        names = [f"c{index}" for index in range(self.width)]
        try:
            table = pyarrow.csv.read_csv(
                pa.py_buffer(data),
                read_options=pyarrow.csv.ReadOptions(column_names=names, block_size=ARROW_BLOCK),
                parse_options=pyarrow.csv.ParseOptions(
                    delimiter=self.separator, newlines_in_values=True, ignore_empty_lines=False
                ),
                convert_options=pyarrow.csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()),
                    null_values=[""],
                    strings_can_be_null=True,
                    quoted_strings_can_be_null=True,
                ),
            )
        except pa.ArrowInvalid:
            return None
        columns = [column.combine_chunks() for column in table.columns]
        longest = max((pc.max(pc.binary_length(column)).as_py() or 0 for column in columns), default=0)
        return columns if longest <= FIELD_LIMIT else None

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
    if b"\x00" in data or data[:1] in (b"\n", b"\r") or b"\n\n" in data or b"\n\r\n" in data:
        return 0
    if b"\r" in data and _has_bare_cr(data):
        return 0
    if b'"' not in data:
        return len(data) if final else data.rfind(b"\n") + 1
    return _quoted_end(data, ord(separator), final=final)


def _has_bare_cr(data: bytes) -> bool:
    """Whether any CR is followed by something else than LF; one at the very end counts too."""
    chars = np.frombuffer(data, dtype=np.uint8)
    returns = np.flatnonzero(chars == CR)
    return bool(returns[-1] == len(chars) - 1 or (chars[returns + 1] != LF).any())


def _quoted_end(data: bytes, separator: int, *, final: bool) -> int:
    """Quotes open and close by turns: openers must stand behind, closers before a boundary or a quote."""
    chars = np.frombuffer(data, dtype=np.uint8)
    quotes = np.flatnonzero(chars == QUOTE)
    end = len(data)
    if not final:
        end = data.rfind(b"\n") + 1
        if np.searchsorted(quotes, end) % 2:
            outside = np.flatnonzero(chars == LF)
            outside = outside[np.searchsorted(quotes, outside) % 2 == 0]
            end = int(outside[-1]) + 1 if len(outside) else 0
    quotes = quotes[: np.searchsorted(quotes, end)]
    if len(quotes) % 2:
        return 0
    boundary = np.zeros(256, dtype=bool)
    boundary[[separator, QUOTE, LF, CR]] = True
    before, after = quotes[0::2] - 1, quotes[1::2] + 1
    good = boundary[chars[before[before >= 0]]].all() and boundary[chars[after[after < end]]].all()
    return end if good else 0


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
