"""Made-up records under their own declarations: all are valid, or all but those made bad on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from steelyard.intake.adapters.adapter import Rows
from steelyard.intake.validation.result import Validated
from steelyard.intake.validation.validate import validate
from steelyard.packs import GeneratorRequest, load_packs

PACKS = load_packs()
TABLES = [
    name for name in PACKS.record_tables if name.partition(".")[0] in ("automotive", "education", "ecommerce")
]
UNITS = {"U1": 1, "U2": 2, "U3": 3}
ROWS = 4_000


def made(name: str, faults: float) -> pa.Table:
    """Made-up rows of a table."""
    generator = PACKS.generator(name)
    assert generator is not None
    request = GeneratorRequest(ROWS, 11, tuple(UNITS), date(2024, 1, 1), date(2025, 1, 1), faults)
    return pa.Table.from_batches(generator.generate(request))


def batches(table: pa.Table) -> Iterator[pa.RecordBatch]:
    """The batches that an adapter would read."""
    for batch in table.combine_chunks().to_batches():
        empty = pa.nulls(batch.num_rows, pa.string())
        names = ["row", "fault", "raw", *(f"c{place}" for place in range(batch.num_columns))]
        yield pa.RecordBatch.from_arrays(
            [pa.array(range(1, batch.num_rows + 1)), empty, empty, *batch.columns], names
        )


def validated(name: str, table: pa.Table, folder: Path) -> Validated:
    """What validation makes of the rows."""
    rows = Rows(tuple(table.schema.names), batches(table))
    declared = PACKS.record_tables[name].table
    return validate(rows, declared, UNITS, folder, report=lambda _: None, cancelled=lambda: False)


def bad(name: str, table: pa.Table) -> int:
    """How many rows are bad, by their cells alone: a word that no good row has, or a key twice."""
    declared = PACKS.record_tables[name].table
    required = {column.column for column in declared.columns if column.required}
    words = {"??", "2025-02-30", "N/A?", "UNKNOWN"}
    seen: set[tuple[str | None, ...]] = set()
    found = 0
    for row in table.to_pylist():
        if not words.isdisjoint(row.values()) or any(row[column] is None for column in required):
            found += 1
            continue
        key = tuple(row[column] for column in declared.key)
        found += key in seen
        seen.add(key)
    return found


@pytest.mark.parametrize("name", TABLES)
def test_every_row_without_faults_is_stored(name: str, tmp_path: Path) -> None:
    """Nothing is rejected, blank or ignored."""
    found = validated(name, made(name, 0.0), tmp_path)
    assert (found.stored, found.rejected, found.blank, found.ignored) == (ROWS, 0, 0, ())


@pytest.mark.parametrize("name", TABLES)
def test_the_rejected_are_the_rows_that_were_made_bad(name: str, tmp_path: Path) -> None:
    """Every bad row, and no other."""
    table = made(name, 0.1)
    found = validated(name, table, tmp_path)
    expected = bad(name, table)
    assert ROWS * 0.05 < expected < ROWS * 0.15
    assert (found.stored, found.rejected) == (ROWS - expected, expected)
