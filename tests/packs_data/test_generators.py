"""The packs' made-up records: as many as asked for, the same for one request, valid unless told otherwise."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from steelyard.packs import GeneratorRequest, load_packs
from steelyard.packs.made_up import BLOCK
from steelyard.records.column import ColumnType

PACKS = load_packs()
TABLES = [
    name for name in PACKS.record_tables if name.partition(".")[0] in ("automotive", "education", "ecommerce")
]
START, END = date(2025, 1, 1), date(2025, 7, 1)


def made(name: str, rows: int = 3_000, seed: int = 7, faults: float = 0.0) -> pa.Table:
    """Made-up rows of a table."""
    generator = PACKS.generator(name)
    assert generator is not None
    request = GeneratorRequest(rows, seed, ("U1", "U2", "U3"), START, END, faults)
    return pa.Table.from_batches(generator.generate(request))


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_text_in_the_order_of_the_declaration(name: str) -> None:
    """Every declared column, and no other."""
    schema = made(name).schema
    assert schema.names == [column.column for column in PACKS.record_tables[name].table.columns]
    assert set(schema.types) == {pa.string()}


@pytest.mark.parametrize("name", TABLES)
def test_a_request_gives_the_same_rows(name: str) -> None:
    """The same for the same seed, others for another."""
    assert made(name, faults=0.1).equals(made(name, faults=0.1))
    assert not made(name).equals(made(name, seed=8))


@pytest.mark.parametrize("name", TABLES)
def test_keys_are_unique_and_required_cells_are_full(name: str) -> None:
    """Also beyond one block of rows."""
    table = PACKS.record_tables[name].table
    found = made(name, BLOCK + 500)
    assert found.num_rows == BLOCK + 500
    assert found.group_by(list(table.key)).aggregate([]).num_rows == found.num_rows
    assert [c.column for c in table.columns if c.required and found[c.column].null_count] == []


@pytest.mark.parametrize("name", TABLES)
def test_cells_are_what_their_columns_take(name: str) -> None:
    """Choices are codes, numbers within their limits, days of the span."""
    table, found = PACKS.record_tables[name].table, made(name)
    for column in table.columns:
        cells = [cell for cell in found[column.column].to_pylist() if cell is not None]
        if column.type == ColumnType.CHOICE:
            assert set(cells) <= set(column.choices)
        if column.at_least is not None and column.at_most is not None:
            low, high = (limit.resolved({}) for limit in (column.at_least, column.at_most))
            assert all(low <= float(cell) <= high for cell in cells)
        if column.column == table.day:
            assert {START <= date.fromisoformat(cell[:10]) < END for cell in cells} == {True}


@pytest.mark.parametrize("name", TABLES)
def test_faults_come_when_asked_for(name: str) -> None:
    """Empty cells that are required, and units that there are not."""
    found, table = made(name, faults=0.2), PACKS.record_tables[name].table
    assert sum(found[c.column].null_count for c in table.columns if c.required) > 0
    assert "UNKNOWN" in found[table.unit].to_pylist()


def test_nothing_is_made_up_without_units() -> None:
    """A request without units is refused."""
    generator = PACKS.generator("ecommerce.orders")
    assert generator is not None
    with pytest.raises(ValueError, match="unit"):
        list(generator.generate(GeneratorRequest(1, 1, (), START, END)))
