"""The engine that records are counted with: what it is told when it is opened."""

from __future__ import annotations

import duckdb
import narwhals.stable.v2 as nw
import pyarrow as pa

from steelyard.intake.measures.engine import open_engine


def test_it_draws_no_bar_over_the_screen() -> None:
    """It would, of what takes more than two seconds, where Python runs without a script."""
    with open_engine() as engine:
        rows = nw.to_native(engine.table(pa.table({"a": [1]})))
        assert isinstance(rows, duckdb.DuckDBPyRelation)
        found = rows.query("rows", "SELECT current_setting('enable_progress_bar') FROM rows").fetchall()
    assert found == [(False,)]
