"""The query at work: batches of text in, typed rows out, beside the texts that they came from."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import lru_cache

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from steelyard.intake.cell import Fault
from steelyard.intake.validation.header import Header
from steelyard.intake.validation.part import part_schema
from steelyard.intake.validation.plain import DOUBTFUL, LOOKED_UP, plain_query
from steelyard.intake.validation.texts import odd_texts, without_blanks
from steelyard.intake.validation.value import cell_reader
from steelyard.records.column import ColumnType
from steelyard.records.table import RecordTable

CHUNK = 65_536
"""Rows that come out of the query at a time."""
_REMEMBERED = 10_000


class TypedStream:
    """Iterates over (typed rows with `doubtful`, the texts that they came from), in the file's order."""

    def __init__(
        self,
        batches: Iterator[pa.RecordBatch],
        header: Header,
        table: RecordTable,
        units: Mapping[str, int],
        database: duckdb.DuckDBPyConnection,
    ) -> None:
        self._batches = batches
        self._header = header
        self._table = table
        self._database = database
        self._texts: deque[pa.RecordBatch] = deque()
        self._failed: BaseException | None = None
        unit = header.positions[table.unit]
        self._lookups = [_Lookup(f"c{unit}", pa.int64(), lambda text: units.get(text.strip()))]
        for at, column in enumerate(table.columns):
            if column.type in LOOKED_UP:
                place = header.positions[column.column]
                type_ = pa.bool_() if column.type is ColumnType.FLAG else pa.string()
                reader = cell_reader(column, timedelta(0))
                self._lookups.append(_Lookup(None if place is None else f"c{place}", type_, reader, f"v{at}"))

    def __iter__(self) -> Iterator[tuple[pa.Table, pa.Table]]:
        schema = self._schema()
        source = pa.RecordBatchReader.from_batches(schema, self._prepared(schema))
        wanted = pa.schema([*part_schema(self._table), pa.field(DOUBTFUL, pa.bool_())])
        self._database.register("cells", source)
        try:
            query = plain_query(self._table, "cells")
            for batch in self._database.sql(query).to_arrow_reader(CHUNK):
                typed = pa.Table.from_batches([batch]).cast(wanted)
                yield typed, self._texts_of(typed.num_rows)
        except Exception:
            if self._failed is not None:
                raise self._failed from None
            raise
        finally:
            self._database.unregister("cells")

    def _schema(self) -> pa.Schema:
        fields = [("row", pa.int64()), (DOUBTFUL, pa.bool_()), ("unit_id", pa.int64())]
        types = {lookup.name: lookup.type for lookup in self._lookups}
        names = [f"v{at}" for at in range(len(self._table.columns))]
        return pa.schema([*fields, *((name, types.get(name, pa.string())) for name in names)])

    def _prepared(self, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        """What the query reads; a failure of the source is kept, because the query would hide it."""
        try:
            for batch in self._batches:
                if batch.num_rows:
                    self._texts.append(batch)
                    yield self._prepare(batch, schema)
        except Exception as error:
            self._failed = error
            raise

    def _prepare(self, batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
        columns: dict[str, pa.Array] = {"row": batch.column("row")}
        doubtful = pc.is_valid(batch.column("fault"))
        for lookup in self._lookups:
            columns[lookup.name], open_ = lookup.values(batch)
            doubtful = pc.or_(doubtful, open_)
        for at, column in enumerate(self._table.columns):
            place = self._header.positions[column.column]
            if place is None:
                columns.setdefault(f"v{at}", pa.nulls(batch.num_rows, pa.string()))
            elif column.type not in LOOKED_UP:
                texts = columns[f"v{at}"] = without_blanks(batch.column(f"c{place}"))
                if column.type is ColumnType.TEXT:
                    doubtful = pc.or_(doubtful, odd_texts(texts))
        columns[DOUBTFUL] = doubtful
        return pa.RecordBatch.from_arrays([columns[name] for name in schema.names], schema=schema)

    def _texts_of(self, count: int) -> pa.Table:
        """The next rows as they came in: the query keeps their order and their number."""
        taken = []
        while count:
            batch = self._texts.popleft()
            if batch.num_rows > count:
                self._texts.appendleft(batch.slice(count))
            taken.append(batch.slice(0, count))
            count -= taken[-1].num_rows
        return pa.Table.from_batches(taken)


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

    def values(self, batch: pa.RecordBatch) -> tuple[pa.Array, pa.Array]:
        """The values of a batch, and where there is a text without a value."""
        if self._source is None:
            return pa.nulls(batch.num_rows, self.type), pa.repeat(pa.scalar(False), batch.num_rows)
        encoded = batch.column(self._source).dictionary_encode()
        read = [self._read(text) for text in encoded.dictionary.to_pylist()]
        known = [None if isinstance(value, Fault) else value for value in read]
        open_ = pa.array([isinstance(value, Fault) for value in read], pa.bool_())
        values = pa.array(known, self.type).take(encoded.indices)
        return values, pc.fill_null(open_.take(encoded.indices), False)
