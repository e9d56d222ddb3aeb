"""The same expressions on engines that know no SQL: measures are not DuckDB's own numbers.

PyArrow computes at once and in memory, pandas has another idea of what is empty; both are reached through
the lazy frames that `compute` asks an engine for, and nothing else is told to them.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import narwhals.stable.v2 as nw
import pandas
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings

from oracle.record_samples import MEASURES, PARTS, TABLE, write
from steelyard.intake.measures.census import take_census
from steelyard.intake.measures.computing import Value, Wanted, calendars_of, compute, tallies_of
from steelyard.intake.measures.engine import Engine, open_engine
from steelyard.intake.measures.parts import Part, TableParts
from steelyard.intake.measures.spans import Feeds
from steelyard.scheme.calendar import BUILT_IN

CALENDARS = BUILT_IN["month"], BUILT_IN["quarter"]


class ArrowEngine(Engine):
    """Frames of PyArrow tables."""

    def __init__(self) -> None:
        """Nothing is connected to."""

    def file(self, path: Path) -> Any:
        """The rows of a Parquet file."""
        return self.table(pq.read_table(path))

    def table(self, table: pa.Table) -> Any:
        """The rows of a table in memory."""
        return nw.from_native(table).lazy()


class PandasEngine(ArrowEngine):
    """Frames of pandas, over columns of Arrow."""

    def table(self, table: pa.Table) -> Any:
        """The rows of a table in memory."""
        return nw.from_native(table.to_pandas(types_mapper=pandas.ArrowDtype)).lazy()


@pytest.fixture(scope="module")
def duckdb() -> Any:
    """One engine for all examples."""
    with open_engine() as opened:
        yield opened


def computed(engine: Engine, parts: Any, measures: Any, folder: Path) -> list[Value]:
    """What an engine makes of parts."""
    wanted = [Wanted(each, CALENDARS) for each in measures]
    files = [write(rows, folder / f"{at}.parquet") for at, rows in enumerate(parts)]
    source = TableParts(TABLE, tuple(Part(at, path) for at, path in enumerate(files)))
    census = take_census(engine, {"jobs": source}, tallies_of(wanted), calendars_of(wanted))
    found = compute(census, wanted, {"jobs": Feeds(())})
    return sorted(
        found, key=lambda each: (each.unit_id, each.period.calendar, each.period.code, each.measure)
    )


FEW = settings(max_examples=8, deadline=None)


@FEW
@given(parts=PARTS, measures=MEASURES)
def test_pyarrow_agrees(duckdb: Engine, parts: Any, measures: Any) -> None:
    # Narwhals has no grouped quantiles on PyArrow.
    without = [each for each in measures if each.quantile is None]
    with TemporaryDirectory() as folder:
        assert computed(ArrowEngine(), parts, without, Path(folder)) == computed(
            duckdb, parts, without, Path(folder)
        )


@FEW
@given(parts=PARTS, measures=MEASURES)
def test_pandas_agrees(duckdb: Engine, parts: Any, measures: Any) -> None:
    with TemporaryDirectory() as folder:
        assert computed(PandasEngine(), parts, measures, Path(folder)) == computed(
            duckdb, parts, measures, Path(folder)
        )
