"""Hashes of keys: equal for equal values, whatever rows are beside them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.intake.validation.hashing import hashed

KINDS: list[tuple[pa.DataType, st.SearchStrategy[Any]]] = [
    (pa.string(), st.text("ab甲\0", max_size=20)),
    (pa.int64(), st.integers(-(10**17), 10**17)),
    (pa.decimal128(18, 2), st.integers(-(10**6), 10**6).map(lambda cents: Decimal(cents) / 100)),
    (pa.bool_(), st.booleans()),
    (pa.date32(), st.dates(date(1990, 1, 1), date(2100, 1, 1))),
    (pa.timestamp("us"), st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1))),
]


@pytest.mark.parametrize(("kind", "values"), KINDS, ids=[str(kind) for kind, _ in KINDS])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_hashes_are_equal_where_keys_are(kind: pa.DataType, values: Any, data: st.DataObject) -> None:
    """Also of rows in several batches, and of some rows of a larger table."""
    keys = data.draw(st.lists(st.tuples(values, st.text("xyz", max_size=9)), min_size=1, max_size=12))
    cut = data.draw(st.integers(0, len(keys)))
    table = pa.table({"a": pa.array([a for a, _ in keys], kind), "b": pa.array([b for _, b in keys])})
    hashes = hashed(table, ("a", "b")).tolist()
    assert len(set(hashes)) == len(set(keys))
    assert len(set(zip(hashes, keys, strict=True))) == len(set(keys))
    assert hashed(table.slice(cut), ("a", "b")).tolist() == hashes[cut:]
    parts = pa.concat_tables([table.slice(0, cut), table.slice(cut)])
    assert hashed(parts, ("a", "b")).tolist() == hashes


def test_no_text_runs_into_the_next() -> None:
    table = pa.table({"a": ["x", "xy", ""], "b": ["yz", "z", "xyz"]})
    assert len(set(hashed(table, ("a", "b")).tolist())) == 3


def test_no_rows_have_no_hashes() -> None:
    table = pa.schema([("a", pa.int64()), ("b", pa.string())]).empty_table()
    assert hashed(table, ("a", "b")).tolist() == []


def test_hashes_of_numbers_in_a_row_are_spread() -> None:
    """Their first bits choose a place in a filter, which has many: few numbers share one."""
    table = pa.table({"a": [f"GD{number:08}" for number in range(100_000)]})
    assert len(set((hashed(table, ("a",)) >> 41).tolist())) > 99_000
