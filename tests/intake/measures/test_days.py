"""Rows counted by unit and day make the same counts by unit and period as the rows do."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import pyarrow as pa
import pytest

from steelyard.errors import Text
from steelyard.intake.measures.days import cells_of_days
from steelyard.scheme.calendar import BUILT_IN, Calendar, Part

TERM = Calendar(
    "term",
    Text("学期", "Term"),
    (
        Part("spring", Text("春季学期", "Spring term"), (3, 1), (7, 1)),
        Part("autumn", Text("秋季学期", "Autumn term"), (9, 1), (1, 16)),
    ),
)


def table(rows: Sequence[tuple[int, date]]) -> pa.Table:
    counted = Counter(rows)
    return pa.table(
        {
            "unit_id": pa.array([unit for unit, _ in counted], pa.int64()),
            "day": pa.array([day for _, day in counted], pa.date32()),
            "rows": pa.array(list(counted.values()), pa.int64()),
        }
    )


@pytest.mark.parametrize(
    "calendars",
    [(BUILT_IN["month"],), tuple(BUILT_IN.values()), (TERM,), (TERM, BUILT_IN["quarter"])],
    ids=lambda each: "+".join(one.code for one in each),
)
@pytest.mark.parametrize("seed", range(5))
def test_each_row_is_counted_in_each_period_that_has_its_day(
    calendars: Sequence[Calendar], seed: int
) -> None:
    drawn = random.Random(seed)
    first = date(2024, 1, 1) + timedelta(days=drawn.randrange(400))
    rows = [
        (drawn.choice((3, 4, 9_000_000_000)), first + timedelta(days=drawn.randrange(800)))
        for _ in range(300)
    ]
    expected = Counter(
        (unit, calendar.code, period.code)
        for unit, day in rows
        for calendar in calendars
        for year in range(2022, 2028)
        for period in (calendar.at(year, part) for part in range(len(calendar.parts)))
        if period.start <= day < period.end
    )
    assert cells_of_days(table(rows), calendars) == dict(expected)


def test_no_rows_are_in_no_period() -> None:
    assert cells_of_days(table([]), tuple(BUILT_IN.values())) == {}
