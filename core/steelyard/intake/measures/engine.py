"""The engine that records are counted with: DuckDB in process, bounded in memory and threads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import narwhals.stable.v2 as nw
import pyarrow as pa

MEMORY = "512MB"
THREADS = 2

Rows = nw.LazyFrame[duckdb.DuckDBPyRelation]
"""Rows that are not there before they are asked for."""


class Engine:
    """An open engine: what turns files and tables to frames of narwhals."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def file(self, path: Path) -> Rows:
        """The rows of a Parquet file."""
        return nw.from_native(self._connection.read_parquet(str(path)))

    def table(self, table: pa.Table) -> Rows:
        """The rows of a table in memory."""
        return nw.from_native(self._connection.from_arrow(table))

    @contextmanager
    def beside(self) -> Iterator[Engine]:
        """An engine for another thread, within the same bounds; rows of one are no rows of the other."""
        with self._connection.cursor() as connection:
            _draw_nothing(connection)
            yield Engine(connection)


@contextmanager
def open_engine(*, memory: str = MEMORY, threads: int = THREADS) -> Iterator[Engine]:
    """Open an engine; what does not fit into its memory goes to a temporary folder, which it removes."""
    with TemporaryDirectory(prefix="steelyard-measures-") as folder:
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory,
            "threads": str(threads),
            "temp_directory": folder,
            "preserve_insertion_order": "false",
        }
        with duckdb.connect(":memory:", config=config) as connection:
            _draw_nothing(connection)
            yield Engine(connection)


def _draw_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    # Where Python has no script it would draw a bar over whatever is on the screen.
    connection.execute("SET enable_progress_bar = false")
