"""Keys that rise: told only where none of them can be there twice, and given back where that ends."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.intake.validation import rising
from steelyard.intake.validation.rising import RisingKeys

TYPES: list[tuple[pa.DataType, list[Any]]] = [
    (pa.string(), ["", "A", "AB", "Z", "单"]),
    (pa.int64(), [-3, 0, 8]),
    (pa.decimal128(18, 2), [Decimal("-0.50"), Decimal("0.01"), Decimal("7.00")]),
    (pa.bool_(), [False, True]),
    (pa.timestamp("us"), [datetime(2026, 1, 1), datetime(2026, 1, 1, 0, 0, 1)]),
]


def rows(shops: list[Any], numbers: list[Any]) -> pa.Table:
    return pa.table({"shop": shops, "number": numbers})


@pytest.mark.parametrize(("type_", "values"), TYPES, ids=lambda each: str(each)[:20])
def test_values_of_each_type_rise(type_: pa.DataType, values: list[Any]) -> None:
    table = pa.table({"key": pa.array(values, type_)})
    assert RisingKeys(["key"]).go_on(table)
    assert not RisingKeys(["key"]).go_on(table.take(list(reversed(range(len(values))))))
    assert not RisingKeys(["key"]).go_on(pa.concat_tables([table, table]))


def test_one_column_that_rises_is_enough() -> None:
    keys = RisingKeys(["shop", "number"])
    assert keys.go_on(rows(["B", "A", "B"], [1, 2, 3]))
    assert keys.go_on(rows(["A"], [4]))


def test_it_is_the_same_column_throughout() -> None:
    keys = RisingKeys(["shop", "number"])
    assert keys.go_on(rows(["A", "B"], [2, 1]))
    assert not keys.go_on(rows(["A", "A"], [3, 4]))


@pytest.mark.parametrize("number", [2, 1], ids=["the last key again", "an earlier one"])
def test_a_key_that_does_not_rise_ends_it_and_gives_back_all(number: int) -> None:
    keys = RisingKeys(["number"])
    assert keys.go_on(rows(["A", "A"], [1, 2]))
    assert keys.go_on(rows([], []))
    assert not keys.go_on(rows(["A"], [number]))
    assert [each.column("number").to_pylist() for each in keys.forget()] == [[1, 2]]
    assert not keys.go_on(rows(["A"], [9]))
    assert keys.forget() == []


def test_more_is_not_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rising, "KEPT_BYTES", 24)
    keys = RisingKeys(["number"])
    assert keys.go_on(rows(["A", "A"], [1, 2]))
    assert not keys.go_on(rows(["A", "A"], [3, 4]))
    assert [each.num_rows for each in keys.forget()] == [2]


@given(st.lists(st.lists(st.integers(0, 30), max_size=6), max_size=5))
def test_no_key_is_there_twice_where_all_rose(pieces: list[list[int]]) -> None:
    keys, told = RisingKeys(["number"]), list[int]()
    for piece in pieces:
        if not keys.go_on(pa.table({"number": pa.array(piece, pa.int64())})):
            return
        told += piece
    assert len(set(told)) == len(told)
