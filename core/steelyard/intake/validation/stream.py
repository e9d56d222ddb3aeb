"""Batches of text in, typed rows out, beside the texts that they came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from steelyard.intake.cell import Fault
from steelyard.intake.validation.header import Header
from steelyard.intake.validation.part import part_schema
from steelyard.intake.validation.plain import DOUBTFUL, LOOKED_UP, plain_query
from steelyard.intake.validation.queries import Queries
from steelyard.intake.validation.texts import odd_texts, without_blanks
from steelyard.intake.validation.usual import UsualForms
from steelyard.intake.validation.value import cell_reader
from steelyard.records.column import ColumnType
from steelyard.records.table import RecordTable

CHUNK = 65_536
"""Rows that are looked at together, at least."""
_REMEMBERED = 10_000


class TypedStream:
    """Iterates over (typed rows with `doubtful`, the texts that they came from), in the file's order."""

    def __init__(
        self,
        batches: Iterator[pa.RecordBatch],
        header: Header,
        table: RecordTable,
        units: Mapping[str, int],
        queries: Queries,
    ) -> None:
        self._batches = batches
        self._header = header
        self._table = table
        self._queries = queries
        self._query = plain_query(table, "cells")
        self._wanted = pa.schema([*part_schema(table), pa.field(DOUBTFUL, pa.bool_())])
        self._usual = UsualForms(table)
        unit = header.positions[table.unit]
        self._lookups = [_Lookup(f"c{unit}", pa.int64(), lambda text: units.get(text.strip()))]
        for at, column in enumerate(table.columns):
            if column.type in LOOKED_UP:
                place = header.positions[column.column]
                type_ = pa.bool_() if column.type is ColumnType.FLAG else pa.string()
                reader = cell_reader(column, timedelta(0))
                self._lookups.append(_Lookup(None if place is None else f"c{place}", type_, reader, f"v{at}"))
        self._schema = self._schema_of_cells()

    def __iter__(self) -> Iterator[tuple[pa.Table, pa.Table]]:
        waiting: list[_Batch] = []
        count = 0
        for batch in self._batches:
            if batch.num_rows:
                # At once, not when there are enough of them: meanwhile the next one is read.
                cells = self._prepare(batch)
                waiting.append(_Batch(batch, cells, self._usual.typed(cells)))
                count += batch.num_rows
            if count >= CHUNK:
                yield self._typed(waiting), _texts(waiting)
                waiting, count = [], 0
        if waiting:
            yield self._typed(waiting), _texts(waiting)

    def _schema_of_cells(self) -> pa.Schema:
        fields = [("row", pa.int64()), (DOUBTFUL, pa.bool_()), ("unit_id", pa.int64())]
        types = {lookup.name: lookup.type for lookup in self._lookups}
        names = [f"v{at}" for at in range(len(self._table.columns))]
        return pa.schema([*fields, *((name, types.get(name, pa.string())) for name in names)])

    def _typed(self, batches: list[_Batch]) -> pa.Table:
        """The rows of some batches; the query sees those together that have other than the usual forms."""
        asked = self._asked([each.cells for each in batches if each.usual is None])
        at = 0
        found: list[pa.Table] = []
        for each in batches:
            count = each.texts.num_rows
            if each.usual is None:
                found.append(asked.slice(at, count))
                at += count
            else:
                typed, sure = pa.Table.from_batches([each.usual]), pa.repeat(pa.scalar(False), count)
                found.append(typed.append_column(self._wanted.field(DOUBTFUL), sure))
        return pa.concat_tables(found)

    def _asked(self, cells: list[pa.RecordBatch]) -> pa.Table:
        """What the query makes of cells; it keeps their order and their number."""
        if not cells:
            return self._wanted.empty_table()
        with self._queries.table("cells", pa.Table.from_batches(cells)):
            return self._queries.sql(self._query).to_arrow_table().cast(self._wanted)

    def _prepare(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The cells of a batch, looked up or trimmed, as the query reads them."""
        columns: dict[str, pa.Array] = {"row": batch.column("row")}
        doubtful = pc.is_valid(batch.column("fault"))
        for lookup in self._lookups:
            columns[lookup.name], open_ = lookup.values(batch)
            if open_ is not None:
                doubtful = pc.or_(doubtful, open_)
        for at, column in enumerate(self._table.columns):
            place = self._header.positions[column.column]
            if place is None:
                columns.setdefault(f"v{at}", pa.nulls(batch.num_rows, pa.string()))
            elif column.type not in LOOKED_UP:
                texts = columns[f"v{at}"] = without_blanks(batch.column(f"c{place}"))
                if column.type is ColumnType.TEXT and (odd := odd_texts(texts)) is not None:
                    doubtful = pc.or_(doubtful, odd)
        columns[DOUBTFUL] = doubtful
        arrays = [columns[name] for name in self._schema.names]
        return pa.RecordBatch.from_arrays(arrays, schema=self._schema)


@dataclass(frozen=True, slots=True)
class _Batch:
    """A batch as it came, its cells, and its rows where all cells have the usual forms."""

    texts: pa.RecordBatch
    cells: pa.RecordBatch
    usual: pa.RecordBatch | None


def _texts(batches: list[_Batch]) -> pa.Table:
    return pa.Table.from_batches([each.texts for each in batches])


class _Lookup:
    """A column with few different texts: each is read once."""

    def __init__(
        self,
        source: str | None,
        type_: pa.DataType,
        read: Callable[[str], object],
        name: str = "unit_id",
    ) -> None:
        self.name = name
        self.type = type_
        self._source = source
        self._read = lru_cache(_REMEMBERED)(read)

    def values(self, batch: pa.RecordBatch) -> tuple[pa.Array, pa.BooleanArray | None]:
        """The values of a batch, and where there is a text without a value; None: nowhere."""
        if self._source is None:
            return pa.nulls(batch.num_rows, self.type), None
        encoded = batch.column(self._source).dictionary_encode()
        read = [self._read(text) for text in encoded.dictionary.to_pylist()]
        known = [None if isinstance(value, Fault) else value for value in read]
        values = pa.array(known, self.type).take(encoded.indices)
        open_ = [isinstance(value, Fault) for value in read]
        if not any(open_):
            return values, None
        return values, pc.fill_null(pa.array(open_, pa.bool_()).take(encoded.indices), False)
