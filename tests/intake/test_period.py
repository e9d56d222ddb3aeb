from __future__ import annotations

import pytest

from intake.table_schemes import RATE, leaf, scheme
from steelyard.errors import Text
from steelyard.intake.table import Table, read_table_text
from steelyard.scheme.calendar import BUILT_IN, Calendar, Part

TERM = Calendar(
    code="term",
    title=Text("学期", "Term"),
    parts=(Part("spring", Text("春季", "Spring"), (3, 1), (7, 1)),),
)
CALENDARS = {**BUILT_IN, "term": TERM}


def read(calendar: list[str], *periods: str) -> Table:
    tested = scheme(leaf("A", RATE), calendar=calendar)
    rows = "".join(f"x,{period},1\n" for period in periods)
    return read_table_text(f"unit,考核周期,A\n{rows}", "t.csv", tested, calendars=CALENDARS)


PLACED = [
    (["month"], ["2025-02", "2025-01"], ["month", "month"]),
    (["quarter", "term"], ["2025-spring", "2025-Q1"], ["term", "quarter"]),
    ([], ["2025", "2025-Q1", "2025-01"], ["year", "quarter", "month"]),
]
IN_ORDER = [
    (["quarter"], ["2025-01", "2025-Q1"], ["TABLE_PERIODS_OF_NO_CALENDAR"]),
    (["season"], ["2025-Q1"], ["TABLE_PERIODS_OF_NO_CALENDAR"]),
    ([], ["second", "first", "2025"], []),
]


@pytest.mark.parametrize(("calendar", "periods", "expected"), PLACED)
def test_codes_of_the_scheme_s_calendars_are_placed(
    calendar: list[str], periods: list[str], expected: list[str]
) -> None:
    table = read(calendar, *periods)
    assert [key.calendar for key in table.observations.periods] == expected
    assert all(key.start is not None for key in table.observations.periods)
    assert table.warnings == ()


@pytest.mark.parametrize(("calendar", "periods", "warnings"), IN_ORDER)
def test_other_codes_stand_in_order_of_first_appearance(
    calendar: list[str], periods: list[str], warnings: list[str]
) -> None:
    table = read(calendar, *periods)
    assert [(key.code, key.calendar) for key in table.observations.periods] == [(p, None) for p in periods]
    assert [warning.code for warning in table.warnings] == warnings


def test_without_periods_there_is_one_with_the_empty_code() -> None:
    table = read_table_text("unit,A\nx,1\ny,1\n", "t.csv", scheme(leaf("A", RATE), calendar=["month"]))
    assert [key.code for key in table.observations.periods] == [""]
    assert table.observations.period.tolist() == [0, 0]
    assert table.warnings == ()


def test_an_empty_period_column_is_none() -> None:
    assert [key.code for key in read(["month"], "").observations.periods] == [""]
