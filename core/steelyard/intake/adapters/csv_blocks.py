"""The rows of a UTF-8 CSV file, block by block: well-formed blocks at once, the others record by record.

A block is read by Arrow only when it is proven to hold nothing on which readers disagree: every quote stands
where RFC 4180 lets it, no line end is a bare CR, no line is blank, all rows have the width of the header.
Most blocks are proven by what Arrow makes of them: with quotes, separators and line ends all bytes there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from os import SEEK_CUR
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from steelyard.intake.adapters.adapter import RowFault
from steelyard.intake.adapters.batch import BATCH_ROWS, Line, batch, of_columns
from steelyard.intake.adapters.csv_proof import CR, LF, Data, Masks, Plain, provable_end
from steelyard.intake.adapters.csv_records import Record, records

BLOCK = 4 << 20
"""Bytes that are looked at together.

Few enough for a processor's cache; with fewer, threads wait for each other more often than they work.
"""
PIECE = 1 << 19
"""Bytes of a block that are read record by record at a time: these take many times the memory of their text.

Fewer than the letters of which an open record is given up, so that no piece decides that.
"""
LINE_LIMIT = 16 << 20
FIELD_LIMIT = 131_072
RAW_SHOWN = 1_000


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
        at, size, masks, room = self.start, self.block, Masks(), bytearray(self.block)
        with self.path.open("rb") as file:
            while True:
                # What was left of the last block is read again: to put it before this one takes longer.
                file.seek(at)
                # Into the same memory each time: to get new takes longer than to read.
                room = room if len(room) == size else bytearray(size)
                data = room if (read := file.readinto(room)) == size else room[:read]
                if len(data) > LINE_LIMIT and _line_end(data) == 0:
                    yield batch([self._overlong(data)], self.width)
                    _skip_line(file, self.block)
                    at, size = file.tell(), self.block
                    continue
                used, found = self._read(data, masks, final=len(data) < size)
                yield from found
                if used == len(data) < size:
                    return
                at, size = at + used, self.block if used else size + self.block

    def _read(self, data: Data, masks: Masks, *, final: bool) -> tuple[int, Iterator[pa.RecordBatch]]:
        """How many bytes were used, and their rows."""
        if not final and (blank := _blank_end(data)):
            return blank, self._blank(data[:blank])
        end, plain = provable_end(data, self.separator, final=final, masks=masks)
        columns = self._columns(data, end, plain) if end else None
        if columns is not None:
            first = self.row
            self.row += len(columns[0])
            return end, iter([of_columns(first, columns)])
        used, lines = self._records(data, _line_end(data[:PIECE]), final=False)
        if not used:
            used, lines = self._records(data, len(data) if final else _line_end(data), final=final)
        return used, self._lines(lines)

    def _records(self, data: Data, end: int, *, final: bool) -> tuple[int, list[Record]]:
        text = data[:end].decode("utf-8")
        found = list(records(text, self.separator, final=final))
        return len(text[: sum(record.length for record in found)].encode("utf-8")), found

    def _columns(self, data: Data, end: int, plain: Plain | None) -> list[pa.Array] | None:
        """The cells of a block, a column an array; None where Arrow finds rows of another width.

        Also None where the block is not as plain as it seemed.
        """
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
        sizes = [_size(column) for column in columns]
        if plain is not None:
            ends = table.num_rows - (not data.endswith(b"\n", 0, end))
            separators = table.num_rows * (self.width - 1)
            if sum(sizes) + plain.quotes + separators + ends * plain.line_end != end:
                return None
        large = (column for column, size in zip(columns, sizes, strict=True) if size > FIELD_LIMIT)
        longest = max((pc.max(pc.binary_length(column)).as_py() for column in large), default=0)
        return columns if longest <= FIELD_LIMIT else None

    def _blank(self, data: Data) -> Iterator[pa.RecordBatch]:
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

    def _overlong(self, data: Data) -> Line:
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


def _size(column: pa.StringArray) -> int:
    """How many bytes the texts of a column have together."""
    offsets = np.frombuffer(column.buffers()[1], np.int32)
    return int(offsets[column.offset + len(column)] - offsets[column.offset])


def _blank_end(data: Data) -> int:
    """Behind the blank lines that `data` begins with. A CR at the very end may be half of a line end."""
    if data[0] not in (LF, CR):
        return 0
    end = len(data) - len(data.lstrip(b"\r\n"))
    return end - 1 if end == len(data) and data.endswith(b"\r") else end


def _line_end(data: Data) -> int:
    """Behind the last line end of `data`; 0 if there is none. A CR at the very end may be half of one."""
    return max(data.rfind(b"\n"), data.rfind(b"\r", 0, -1)) + 1


def _skip_line(file: BinaryIO, size: int) -> None:
    """Go on to the next line."""
    # The last byte that was looked at may be a CR, which was not taken for a line end.
    at = file.seek(-1, SEEK_CUR)
    while data := file.read(size):
        ends = [end for end in (data.find(b"\n"), data.find(b"\r")) if end >= 0]
        if ends:
            file.seek(at + min(ends))
            file.seek(at + min(ends) + (2 if file.read(2) == b"\r\n" else 1))
            return
        at += len(data)
