"""Queries over what is being validated: DuckDB in process, opened when something is asked.

Most files need none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType

import duckdb
import pyarrow as pa

MEMORY, THREADS = "400MB", 2


class Queries:
    """Runs queries within bounds of memory and threads; what does not fit goes to `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Queries:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close what was opened."""
        if "_connection" in self.__dict__:
            self._connection.close()

    def sql(self, query: str) -> duckdb.DuckDBPyRelation:
        """What a query finds, not asked for yet."""
        return self._connection.sql(query)

    @contextmanager
    def table(self, name: str, table: pa.Table) -> Iterator[None]:
        """Let queries know a table by this name."""
        self._connection.register(name, table)
        try:
            yield
        finally:
            self._connection.unregister(name)

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        # Insertion order is kept, as callers count on it.
        config: dict[str, str | bool | int | float | list[str]] = {
            "threads": str(THREADS),
            "memory_limit": MEMORY,
            "temp_directory": str(self._folder),
        }
        connection = duckdb.connect(":memory:", config=config)
        connection.execute("SET enable_progress_bar = false")
        return connection
