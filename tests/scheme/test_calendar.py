"""Calendars: codes, dates, neighbours, and what makes no calendar."""

from datetime import date

import pytest

from steelyard.errors import InvalidInput, Text
from steelyard.scheme.calendar import BUILT_IN, MONTH, QUARTER, YEAR, Calendar, Part, find_period

TERM = Calendar(
    "term",
    Text("学期", "Term"),
    (
        Part("spring", Text("春季学期", "Spring term"), (3, 1), (7, 1)),
        Part("summer", Text("夏季学期", "Summer term"), (6, 15), (9, 1)),
        Part("autumn", Text("秋季学期", "Autumn term"), (9, 1), (1, 16)),
    ),
)
CALENDARS = {**BUILT_IN, "term": TERM}


@pytest.mark.parametrize(
    ("calendar", "code", "start", "end"),
    [
        ("month", "2025-01", date(2025, 1, 1), date(2025, 2, 1)),
        ("month", "2024-02", date(2024, 2, 1), date(2024, 3, 1)),
        ("month", "2025-12", date(2025, 12, 1), date(2026, 1, 1)),
        ("quarter", "2025-Q1", date(2025, 1, 1), date(2025, 4, 1)),
        ("quarter", "2025-Q4", date(2025, 10, 1), date(2026, 1, 1)),
        ("year", "2014", date(2014, 1, 1), date(2015, 1, 1)),
        ("term", "2025-spring", date(2025, 3, 1), date(2025, 7, 1)),
        ("term", "2025-autumn", date(2025, 9, 1), date(2026, 1, 16)),
    ],
)
def test_a_code_names_a_half_open_span(calendar: str, code: str, start: date, end: date) -> None:
    period = CALENDARS[calendar].period(code)
    assert (period.calendar, period.code) == (calendar, code)
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    ("calendar", "code"),
    [
        ("month", "2025-1"),
        ("month", "2025-13"),
        ("month", "2025-00"),
        ("month", "2025"),
        ("month", "２０２５-01"),
        ("month", " 2025-01"),
        ("quarter", "2025-q1"),
        ("quarter", "2025-Q5"),
        ("year", "14"),
        ("year", "0000"),
        ("year", "9999"),
        ("year", "2014-"),
        ("term", "2025-winter"),
        ("term", ""),
    ],
)
def test_other_codes_are_refused(calendar: str, code: str) -> None:
    assert CALENDARS[calendar].find(code) is None
    with pytest.raises(InvalidInput) as caught:
        CALENDARS[calendar].period(code)
    assert caught.value.code == "PERIOD_INVALID"


@pytest.mark.parametrize(
    ("calendar", "code", "previous", "last_year"),
    [
        ("month", "2025-01", "2024-12", "2024-01"),
        ("quarter", "2025-Q3", "2025-Q2", "2024-Q3"),
        ("year", "2014", "2013", "2013"),
        ("term", "2025-spring", "2024-autumn", "2024-spring"),
        ("year", "1900", "1899", "1899"),
    ],
)
def test_neighbours(calendar: str, code: str, previous: str, last_year: str) -> None:
    chosen = CALENDARS[calendar]
    period = chosen.period(code)
    assert chosen.previous(period).code == previous
    assert chosen.same_period_last_year(period).code == last_year


def test_parts_may_overlap_and_leave_gaps() -> None:
    spring, summer = TERM.period("2025-spring"), TERM.period("2025-summer")
    autumn, next_spring = TERM.period("2025-autumn"), TERM.period("2026-spring")
    assert summer.start < spring.end
    assert autumn.end < next_spring.start


def test_order_is_by_start_and_the_shorter_first() -> None:
    codes = ["2025-Q1", "2025-01", "2025", "2024-12"]
    periods = [find_period(code, (MONTH, QUARTER, YEAR)) for code in codes]
    known = [period for period in periods if period is not None]
    assert [p.code for p in sorted(known, key=lambda p: p.order)] == [
        "2024-12",
        "2025-01",
        "2025-Q1",
        "2025",
    ]


def test_a_code_of_no_calendar_is_not_found() -> None:
    assert find_period("week 3", CALENDARS.values()) is None


@pytest.mark.parametrize(
    ("calendar", "code", "zh", "en"),
    [
        ("month", "2025-01", "2025年1月", "January 2025"),
        ("quarter", "2025-Q1", "2025年第1季度", "Q1 2025"),
        ("year", "2025", "2025年", "2025"),
        ("term", "2025-spring", "2025年春季学期", "Spring term 2025"),
    ],
)
def test_titles(calendar: str, code: str, zh: str, en: str) -> None:
    assert CALENDARS[calendar].period(code).title == Text(zh, en)


def _part(code: str, start: tuple[int, int] = (1, 1), end: tuple[int, int] = (7, 1)) -> Part:
    return Part(code, Text(code, code), start, end)


@pytest.mark.parametrize(
    ("code", "parts", "problem"),
    [
        ("", (_part("a"),), "CALENDAR_BAD_CODE"),
        ("half", (), "CALENDAR_EMPTY"),
        ("half", (_part("a-b"),), "CALENDAR_BAD_CODE"),
        ("half", (_part(""), _part("b")), "CALENDAR_BAD_CODE"),
        ("half", (_part("a"), _part("a")), "CALENDAR_DUPLICATE_PART"),
        ("half", (_part("a", (2, 29)),), "CALENDAR_BAD_DATE"),
        ("half", (_part("a", end=(13, 1)),), "CALENDAR_BAD_DATE"),
        ("half", (_part("a", (7, 1)), _part("b", (1, 1))), "CALENDAR_UNORDERED"),
    ],
)
def test_what_is_no_calendar(code: str, parts: tuple[Part, ...], problem: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        Calendar(code, Text(code, code), parts)
    assert [found.code for found in caught.value.problems] == [problem]


def test_all_faults_of_a_calendar_are_reported_together() -> None:
    with pytest.raises(InvalidInput) as caught:
        Calendar("half", Text("半年", "Half"), (_part("a", (2, 30)), _part("a", (1, 1), (0, 1))))
    assert {found.code for found in caught.value.problems} == {
        "CALENDAR_DUPLICATE_PART",
        "CALENDAR_BAD_DATE",
        "CALENDAR_UNORDERED",
    }
