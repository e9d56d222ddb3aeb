"""The part: typed rows as one Parquet file, the same bytes for the same rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from steelyard.intake.validation.number import DIGITS
from steelyard.records.column import ColumnType, RecordColumn
from steelyard.records.table import RecordTable

GROUP_ROWS = 131_072
"""Rows of a row group, whatever batches they came in."""


def part_schema(table: RecordTable) -> pa.Schema:
    """`row`, `unit_id`, `day`, the declared columns, the derived ones (whole seconds)."""
    fields = [pa.field("row", pa.int64()), pa.field("unit_id", pa.int64()), pa.field("day", pa.date32())]
    fields += [pa.field(column.column, _type(column)) for column in table.columns]
    fields += [pa.field(each.column, pa.int64()) for each in table.derived]
    return pa.schema(fields)


def few_texts(table: RecordTable) -> list[str]:
    """The columns of a part that have few different texts: choices, and the codes of units."""
    chosen = [column.column for column in table.columns if column.type is ColumnType.CHOICE]
    return [table.unit, *chosen]


def _type(column: RecordColumn) -> pa.DataType:
    match column.type:
        case ColumnType.INTEGER:
            return pa.int64()
        case ColumnType.DECIMAL:
            return pa.decimal128(DIGITS, column.places)
        case ColumnType.FLAG:
            return pa.bool_()
        case ColumnType.DATE:
            return pa.date32()
        case ColumnType.DATETIME:
            return pa.timestamp("us")
        case _:
            return pa.string()


_DELTA = "DELTA_BINARY_PACKED"
"""How numbers and times are written: smaller than with a dictionary.

To compress them, and few texts, makes no part smaller: only columns of many texts are compressed, quickly.
"""


_FILTERED = ("row", "unit_id", "day")
"""The columns whose least and greatest value of a group are written: others are not asked for a range."""


def _is_plain(type_: pa.DataType) -> bool:
    return type_ in (pa.string(), pa.bool_())


class PartWriter:
    """Writes rows in the order in which they come."""

    def __init__(self, path: Path, schema: pa.Schema, few: Sequence[str] = ()) -> None:
        """`few`: the columns that have few different texts."""
        self.path = path
        self.rows = 0
        self._schema = schema
        self._waiting: list[pa.Table] = []
        self._thread = ThreadPoolExecutor(1)
        self._busy: Future[None] | None = None
        texts = {field.name for field in schema if field.type == pa.string()}.difference(few)
        self._writer = pq.ParquetWriter(
            path,
            schema,
            compression={name: "lz4" if name in texts else "none" for name in schema.names},
            use_dictionary=list(few),
            write_statistics=[name for name in _FILTERED if name in schema.names],
            column_encoding={field.name: _DELTA for field in schema if not _is_plain(field.type)},
            store_decimal_as_integer=True,
        )

    def write(self, rows: pa.Table) -> None:
        """Add rows of the part's schema."""
        self._waiting.append(rows)
        self.rows += rows.num_rows
        while sum(table.num_rows for table in self._waiting) >= GROUP_ROWS:
            together = pa.concat_tables(self._waiting)
            self._write_group(together.slice(0, GROUP_ROWS))
            self._waiting = [together.slice(GROUP_ROWS)]

    def _write_group(self, rows: pa.Table) -> None:
        self._wait()
        # Put together, so that the bytes do not depend on the batches.
        self._busy = self._thread.submit(lambda: self._writer.write_table(rows.combine_chunks(), GROUP_ROWS))

    def _wait(self) -> None:
        """One group at a time is compressed, while the rows of the next are typed."""
        if self._busy is not None:
            self._busy.result()
            self._busy = None

    def abandon(self) -> None:
        """Close the file as it is; it is not to be used."""
        self._waiting = []
        self._thread.shutdown()
        self._writer.close()

    def close(self) -> None:
        """Write what is left and close the file."""
        if any(table.num_rows for table in self._waiting):
            self._write_group(pa.concat_tables(self._waiting))
        self._waiting = []
        self._wait()
        self._thread.shutdown()
        self._writer.close()


def in_order(part: Path, others: Path) -> Iterator[pa.Table]:
    """The rows of two parts by their number; each part has its own in order already."""
    more = (pa.Table.from_batches([batch]) for batch in pq.ParquetFile(others).iter_batches(GROUP_ROWS))
    waiting = next(more, None)
    for batch in pq.ParquetFile(part).iter_batches(GROUP_ROWS):
        together = [pa.Table.from_batches([batch])]
        last = together[0].column("row")[-1]
        while waiting is not None:
            count = pc.sum(pc.less(waiting.column("row"), last)).as_py()
            together.append(waiting.slice(0, count))
            if count < waiting.num_rows:
                waiting = waiting.slice(count)
                break
            waiting = next(more, None)
        yield pa.concat_tables(together).sort_by("row")
    if waiting is not None:
        yield waiting
    yield from more
