"""From batches of text to a typed part and a file of rejected rows: every row is in one of them, or blank."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from steelyard.intake.adapters.adapter import Rows
from steelyard.intake.adapters.problems import ROW_FAULTS
from steelyard.intake.formula import unguarded
from steelyard.intake.validation.doubtful import RowReader, is_blank
from steelyard.intake.validation.duplicate import TEXT, SeenKeys, Waiting, duplicates_query
from steelyard.intake.validation.header import Header, find_header
from steelyard.intake.validation.part import PartWriter, few_texts, in_order, part_schema
from steelyard.intake.validation.plain import DOUBTFUL
from steelyard.intake.validation.problems import DUPLICATE
from steelyard.intake.validation.queries import Queries
from steelyard.intake.validation.rejects import RejectsWriter, Wrong
from steelyard.intake.validation.result import Cancelled, IsCancelled, Report, Validated
from steelyard.intake.validation.stream import CHUNK, TypedStream
from steelyard.intake.validation.unit_days import UnitDays, extents
from steelyard.records.table import RecordTable

PART, REJECTS = "part.parquet", "rejects.csv"


def validate(
    rows: Rows,
    table: RecordTable,
    units: Mapping[str, int],
    folder: Path,
    *,
    report: Report,
    cancelled: IsCancelled,
) -> Validated:
    """Type all rows by `table`; units: unit_id by code. Writes at most PART and REJECTS into `folder`.

    Reads `rows` to their end and closes them. Raises InvalidInput where the file as a whole cannot be read as
    this table (no header, a required column missing, two columns for one) or the source cannot be read on,
    Cancelled once `cancelled()` is true; then nothing is left in `folder`.
    """
    header = find_header(rows, table)
    if header.row != rows.header_row and header.row is not None:
        rows = rows.with_header(header.row)
    headings = sum(head.row < header.row for head in rows.head) if header.row is not None else 0
    with rows, Queries(folder) as queries:
        work = _Validation(header, table, units, folder, queries)
        try:
            work.read(rows, report, cancelled)
            return work.finished(headings)
        except BaseException:
            work.abandon()
            raise


def _unguarded(batch: pa.RecordBatch) -> pa.RecordBatch:
    """A batch of a rejects file, its cells as they were in the file that was rejected."""
    first = batch.schema.get_field_index("c0")
    columns = [*batch.columns[:first], *map(unguarded, batch.columns[first:])]
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)


class _Validation:
    """One validation at work: the two files, and what waits for the end."""

    def __init__(
        self,
        header: Header,
        table: RecordTable,
        units: Mapping[str, int],
        folder: Path,
        queries: Queries,
    ) -> None:
        self._header = header
        self._table = table
        self._units = units
        self._folder = folder
        self._queries = queries
        self._schema = part_schema(table)
        self._part = PartWriter(folder / PART, self._schema, few_texts(table))
        self._rejects = RejectsWriter(folder / REJECTS, header)
        self._waiting = Waiting(folder, self._schema, len(header.headers))
        # A code is told from others by its unit, which is looked up already.
        self._seen = SeenKeys(tuple("unit_id" if each == table.unit else each for each in table.key))
        self._reader = RowReader(table, header, units)
        self._days = UnitDays()
        self._blank = 0

    def read(self, rows: Rows, report: Report, cancelled: IsCancelled) -> None:
        """Read all rows: into the part, the rejects, or aside until all keys are known."""
        done = 0
        batches = map(_unguarded, rows.batches) if self._header.of_rejects else rows.batches
        for typed, texts in TypedStream(batches, self._header, self._table, self._units, self._queries):
            if cancelled():
                raise Cancelled
            self._take(typed, texts)
            done += typed.num_rows
            report(done)

    def _take(self, typed: pa.Table, texts: pa.Table) -> None:
        doubtful = typed.column(DOUBTFUL)
        good = typed.drop_columns([DOUBTFUL])
        if pc.any(doubtful).as_py():
            good, texts = self._settled(good, texts, doubtful)
        seen = self._seen.add(good)
        if seen.any():
            mask = pa.array(seen)
            self._waiting.add(good.filter(mask), texts.filter(mask))
            good = good.filter(pa.array(~seen))
        self._part.write(good)
        self._days.add(good)

    def _settled(
        self, rows: pa.Table, texts: pa.Table, doubtful: pa.ChunkedArray
    ) -> tuple[pa.Table, pa.Table]:
        """The rows that are good, in order, with their texts; the others are written to the rejects."""
        positions = np.flatnonzero(doubtful.to_numpy())
        repaired: list[dict[str, object]] = []
        kept: list[int] = []
        for position, text in zip(positions.tolist(), texts.take(positions).to_pylist(), strict=True):
            values = self._read(text)
            if values is not None:
                repaired.append(values)
                kept.append(position)
        plain = pc.invert(doubtful)
        good = rows.filter(plain)
        if not repaired:
            return good, texts.filter(plain)
        order = np.argsort(np.concatenate([np.flatnonzero(plain.to_numpy()), kept]))
        together = pa.concat_tables([good, pa.Table.from_pylist(repaired, schema=self._schema)])
        texts = pa.concat_tables([texts.filter(plain), texts.take(kept)])
        return together.take(order), texts.take(order)

    def _read(self, text: dict[str, Any]) -> dict[str, object] | None:
        """A doubtful row as the part has it; None where it is blank or rejected."""
        row = text["row"]
        cells = [text[f"c{at}"] for at in range(len(self._header.headers))]
        if text["fault"] is not None:
            self._rejects.write_line(row, text["raw"] or "", Wrong("", "", ROW_FAULTS[text["fault"]], {}))
        elif is_blank([cells[at] for at in self._header.own]):
            self._blank += 1
        else:
            read = self._reader.read(row, cells)
            if isinstance(read, dict):
                return read
            self._rejects.write(row, cells, read)
        return None

    def finished(self, headings: int) -> Validated:
        """Settle what waits, close the files and say what is in them."""
        self._part.close()
        if self._waiting.close():
            self._settle_duplicates()
        self._rejects.close()
        self._waiting.path.unlink(missing_ok=True)
        stored, rejected = self._part.rows, self._rejects.rows
        days = self._days.table()
        for path, rows in ((self._part.path, stored), (self._rejects.path, rejected)):
            if not rows:
                path.unlink()
        return Validated(
            part=self._part.path if stored else None,
            rejects=self._rejects.path if rejected else None,
            stored=stored,
            rejected=rejected,
            blank=self._blank,
            headings=headings,
            extents=tuple(extents(days)),
            days=days,
            ignored=self._header.ignored,
            rejections=dict(sorted(self._rejects.counts.items())),
            problems=tuple(self._rejects.listed),
        )

    def _settle_duplicates(self) -> None:
        """Reject the waiting rows that are duplicates; the others go to their places in the part."""
        query = duplicates_query(self._waiting.path, self._part.path, self._table.key)
        others = PartWriter(self._folder / "others.parquet", self._schema)
        for batch in self._queries.sql(query).to_arrow_reader(CHUNK):
            rows = pa.Table.from_batches([batch])
            again = pc.not_equal(rows.column("row"), rows.column("first_row"))
            for row in rows.filter(again).to_pylist():
                cells = [row[f"{TEXT}{at}"] for at in range(len(self._header.headers))]
                self._rejects.write(row["row"], cells, [self._duplicate(row["first_row"], cells)])
            good = rows.filter(pc.invert(again)).select(self._schema.names).cast(self._schema)
            others.write(good)
            self._days.add(good)
        others.close()
        if others.rows:
            self._merge(others)
        others.path.unlink()

    def _merge(self, others: PartWriter) -> None:
        merged = PartWriter(self._folder / "merged.parquet", self._schema, few_texts(self._table))
        for rows in in_order(self._part.path, others.path):
            merged.write(rows)
        merged.close()
        self._part.rows = merged.rows
        merged.path.replace(self._part.path)

    def _duplicate(self, first: int, cells: list[str | None]) -> Wrong:
        columns = {column.column: column.title for column in self._table.columns}
        titles = [columns[code] for code in self._table.key]
        values = {
            "first": first,
            "columns_zh": "、".join(title.zh for title in titles),
            "columns_en": ", ".join(title.en for title in titles),
        }
        places = [self._header.positions[code] for code in self._table.key]
        cell = ", ".join(cells[place] or "" for place in places if place is not None)
        return Wrong(", ".join(self._table.key), cell, DUPLICATE, values)

    def abandon(self) -> None:
        """Remove all that was written."""
        self._part.abandon()
        self._rejects.close()
        self._waiting.close()
        for name in (PART, REJECTS, "waiting.parquet", "others.parquet", "merged.parquet"):
            (self._folder / name).unlink(missing_ok=True)
