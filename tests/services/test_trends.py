"""Scores along a calendar, with its gaps."""

from __future__ import annotations

from typing import Any

import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.errors import NotFound
from steelyard.packs import load_packs
from steelyard.services import importing, trends
from steelyard.services.context import Context, context_on
from steelyard.store.engine import Database

SPEED: dict[str, Any] = {"scheme": SCHEME, "unit": "S1", "node": "SPEED"}


async def test_the_months_on_record(seat: Seat) -> None:
    points = await trends.trend(*seat, **SPEED)
    assert [(point.period.code, point.score, point.change) for point in points] == [
        ("2025-01", 90, None),
        ("2025-02", 92, pytest.approx(2)),
    ]
    assert points[0].band is not None
    assert (points[0].band.code, points[0].passed) == ("A", True)


async def test_periods_before_the_first_are_gaps(seat: Seat) -> None:
    points = await trends.trend(*seat, **SPEED, until="2025-01", length=3)
    assert [(point.period.code, point.score, point.outcome is None) for point in points] == [
        ("2024-11", None, True),
        ("2024-12", None, True),
        ("2025-01", 90, False),
    ]


async def test_another_calendar(seat: Seat) -> None:
    points = await trends.trend(*seat, **SPEED, calendar="quarter")
    assert [point.period.code for point in points] == ["2025-Q1"]


async def test_a_gap_in_between_is_not_bridged(empty: Context) -> None:
    seat = empty.view(), LOCAL_ADMINISTRATOR, empty.scope
    table = b"unit,period,SPEED\nS1,2025-01,90%\nS1,2025-03,80%\n"
    await importing.import_table(*seat, scheme=SCHEME, data=table, file="t.csv", create_units=True)
    points = await trends.trend(*seat, **SPEED)
    assert [(point.period.code, point.score, point.change) for point in points] == [
        ("2025-01", 90, None),
        ("2025-02", None, None),
        ("2025-03", 80, None),
    ]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"calendar": "year"}, "CALENDAR_NOT_NAMED"),
        ({"until": "2024-11"}, "PERIOD_WITHOUT_DATA"),
        ({"node": "SLOW"}, "NODE_NOT_FOUND"),
    ],
)
async def test_what_is_not_there(seat: Seat, changed: dict[str, str], code: str) -> None:
    with pytest.raises(NotFound) as caught:
        await trends.trend(*seat, **{**SPEED, **changed})
    assert caught.value.code == code


async def test_a_year_before_and_the_average_of_three(empty: Context) -> None:
    seat = empty.view(), LOCAL_ADMINISTRATOR, empty.scope
    rows = "S1,2024-03,70%\nS1,2025-01,90%\nS1,2025-02,84%\nS1,2025-03,78%\n"
    table = f"unit,period,SPEED\n{rows}".encode()
    await importing.import_table(*seat, scheme=SCHEME, data=table, file="t.csv", create_units=True)
    (point,) = await trends.trend(*seat, **SPEED, length=1)
    assert (point.change, point.year_change, point.average) == (-6, 8, 84)
    assert point.limits is None


QUARTERS = {"2024-Q1": 70, "2024-Q2": 72, "2024-Q4": 80, "2025-Q1": 84, "2025-Q2": 78, "2025-Q3": 90}


async def test_quarters_with_a_gap(empty: Context) -> None:
    seat = empty.view(), LOCAL_ADMINISTRATOR, empty.scope
    rows = "".join(f"S1,{quarter},{score}%\n" for quarter, score in QUARTERS.items())
    table = f"unit,period,SPEED\n{rows}".encode()
    await importing.import_table(*seat, scheme=SCHEME, data=table, file="t.csv", create_units=True)
    points = await trends.trend(*seat, **SPEED, calendar="quarter")
    shown = [
        (point.period.code, point.score, point.change, point.year_change, point.average) for point in points
    ]
    assert shown == [
        ("2024-Q1", 70, None, None, None),
        ("2024-Q2", 72, 2, None, None),
        ("2024-Q3", None, None, None, None),
        ("2024-Q4", 80, None, None, None),
        ("2025-Q1", 84, 4, 14, None),
        ("2025-Q2", 78, -6, 6, pytest.approx(242 / 3)),
        ("2025-Q3", 90, 12, None, 84),
    ]


async def test_terms_follow_each_other_over_years(database: Database) -> None:
    scheme, node = "education.campus-management", "CM.MANAGE"
    terms = {"2024-spring": 3, "2024-autumn": 4, "2025-spring": 5, "2025-summer": 3}
    rows = "".join(f"C1,{term},{answer}\n" for term, answer in terms.items())
    async with context_on(database, load_packs()) as context:
        seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
        table = f"unit,period,CM.MANAGE\n{rows}".encode()
        await importing.import_table(*seat, scheme=scheme, data=table, file="t.csv", create_units=True)
        points = await trends.trend(*seat, scheme=scheme, unit="C1", node=node, calendar="term")
    shown = [(point.period.code, point.score, point.change, point.year_change) for point in points]
    assert shown == [
        ("2024-spring", 50, None, None),
        ("2024-summer", None, None, None),
        ("2024-autumn", 75, None, None),
        ("2025-spring", 100, 25, 50),
        ("2025-summer", 50, -50, None),
    ]
    assert points[-1].average == 75


async def test_a_gap_makes_no_range_of_the_limits(empty: Context) -> None:
    seat = empty.view(), LOCAL_ADMINISTRATOR, empty.scope
    # But for the gap between them, the step from 70 to 90 would widen the limits.
    scores = {month: 70 + month % 2 for month in range(1, 7)} | {
        month: 90 + month % 2 for month in range(8, 13)
    }
    rows = "".join(f"S1,2025-{month:02},{score}%\n" for month, score in scores.items())
    table = f"unit,period,SPEED\n{rows}".encode()
    await importing.import_table(*seat, scheme=SCHEME, data=table, file="t.csv", create_units=True)
    limits = (await trends.trend(*seat, **SPEED))[0].limits
    assert limits is not None
    assert limits.upper - limits.lower == pytest.approx(2 * 3 / 1.128)


async def test_what_lies_outside_of_the_limits_is_unusual(empty: Context) -> None:
    seat = empty.view(), LOCAL_ADMINISTRATOR, empty.scope
    rows = "".join(f"S1,2025-{month:02},{81 if month % 2 else 80}%\n" for month in range(1, 12))
    table = f"unit,period,SPEED\n{rows}S1,2025-12,60%\n".encode()
    await importing.import_table(*seat, scheme=SCHEME, data=table, file="t.csv", create_units=True)
    points = await trends.trend(*seat, **SPEED)
    assert [point.period.code for point in points if point.is_unusual] == ["2025-12"]
