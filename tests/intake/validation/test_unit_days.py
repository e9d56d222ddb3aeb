"""Rows by unit and day: whatever the units and days, and however the rows are cut, each row counts once."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.intake.validation import unit_days
from steelyard.intake.validation.result import Extent
from steelyard.intake.validation.unit_days import UnitDays, extents

ROWS = st.tuples(
    st.integers(1, 5) | st.integers(1, 2**40),
    st.dates(date(2026, 1, 1), date(2026, 1, 9)) | st.dates(date(1000, 1, 1), date(2999, 12, 31)),
)


def table(rows: list[tuple[int, date]]) -> pa.Table:
    units, days = zip(*rows, strict=True) if rows else ((), ())
    return pa.table({"unit_id": pa.array(units, pa.int64()), "day": pa.array(days, pa.date32())})


def counted(pieces: list[list[tuple[int, date]]]) -> pa.Table:
    days = UnitDays()
    for piece in pieces:
        days.add(table(piece))
    return days.table()


@given(st.lists(st.lists(ROWS, max_size=20), max_size=5))
def test_every_row_counts_once(pieces: list[list[tuple[int, date]]]) -> None:
    found = [tuple(row.values()) for row in counted(pieces).to_pylist()]
    expected = Counter(row for piece in pieces for row in piece)
    assert found == [(unit, day, count) for (unit, day), count in sorted(expected.items())]


def test_pieces_are_put_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unit_days, "_PIECES", 2)
    days = UnitDays()
    for _ in range(5):
        days.add(table([(7, date(2026, 3, 1)), (7, date(2026, 3, 2))]))
    assert [row["rows"] for row in days.table().to_pylist()] == [5, 5]
    assert len(days._pieces) == 1


@given(st.lists(ROWS, max_size=30))
def test_extents_are_of_each_unit(rows: list[tuple[int, date]]) -> None:
    by_unit = {unit: sorted(day for each, day in rows if each == unit) for unit, _ in rows}
    expected = [Extent(unit, days[0], days[-1], len(days)) for unit, days in sorted(by_unit.items())]
    assert list(extents(counted([rows]))) == expected
