"""Tables of measurements into the database."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.errors import InvalidInput
from steelyard.services import importing, measurements, structure
from steelyard.services.context import Context
from steelyard.services.importing import ImportResult
from steelyard.services.progress import Progress
from steelyard.store.measurements import Source

HEAD = "unit,period,SPEED,KINDNESS\n"
LONG = "0.123456789012345678901"


async def imported(seat: Seat, table: str, **options: Any) -> ImportResult:
    return await importing.import_table(
        *seat, scheme=SCHEME, data=table.encode(), file="march.csv", **options
    )


async def recorded(seat: Seat, unit: str, period: str) -> dict[str, Fraction | None]:
    found = await measurements.records(*seat, scheme=SCHEME, period=period, units=[unit])
    return {record.measure: record.value for record in found[unit]}


async def test_every_cell_is_recorded_or_says_nothing(writing_seat: Seat) -> None:
    result = await imported(writing_seat, f"{HEAD}S1,2025-03,98%,{LONG}\nS2,2025-03,n/a,\n")
    assert (result.new, result.rows, result.columns) == (True, 2, ("SPEED", "KINDNESS"))
    assert (result.recorded, result.unchanged, result.empty) == (3, 0, 1)
    assert await recorded(writing_seat, "S1", "2025-03") == {
        "SPEED": Fraction(49, 50),
        "KINDNESS": Fraction(LONG),
    }
    assert await recorded(writing_seat, "S2", "2025-03") == {"SPEED": None}


async def test_every_measurement_knows_its_row(writing_seat: Seat) -> None:
    result = await imported(writing_seat, f"{HEAD}\nS1,2025-03,98%,\n")
    found = await measurements.records(*writing_seat, scheme=SCHEME, period="2025-03", units=["S1"])
    record = found["S1"][0]
    assert result.record is not None
    assert (record.row, record.source, record.import_id) == (3, Source.IMPORT, result.record.id)


async def test_the_same_content_twice_is_one_import(writing_seat: Seat) -> None:
    table = f"{HEAD}S1,2025-03,98%,\n"
    first = await imported(writing_seat, table)
    again = await imported(writing_seat, table)
    assert (again.new, again.recorded, again.unchanged) == (False, 0, 0)
    assert again.record == first.record


async def test_a_corrected_table_supersedes_and_an_empty_cell_does_not(writing_seat: Seat) -> None:
    await imported(writing_seat, f"{HEAD}S1,2025-03,98%,90%\n")
    result = await imported(writing_seat, f"{HEAD}S1,2025-03,97%,\n")
    assert (result.recorded, result.unchanged) == (1, 0)
    assert await recorded(writing_seat, "S1", "2025-03") == {
        "SPEED": Fraction(97, 100),
        "KINDNESS": Fraction(9, 10),
    }


async def test_the_period_may_stand_beside_the_table(writing_seat: Seat) -> None:
    table = "unit,SPEED\nS1,98%\n"
    await imported(writing_seat, table, period="2025-03")
    again = await imported(writing_seat, table, period="2025-04")
    assert again.new
    assert await recorded(writing_seat, "S1", "2025-04") == {"SPEED": Fraction(49, 50)}


async def test_a_dry_run_keeps_nothing(writing_seat: Seat) -> None:
    table = f"{HEAD}N1,2025-04,98%,1\nS1,2025-01,90%,0\n"
    result = await imported(writing_seat, table, dry_run=True, create_units=True)
    assert (result.record, result.new, result.recorded, result.unchanged) == (None, True, 3, 1)
    assert result.units_created == ("N1",)
    known = await structure.load(writing_seat[0].context.view(), *writing_seat[1:])
    assert not known.has_unit("N1")
    assert known.find_period("2025-04") is None
    assert (await imported(writing_seat, table, create_units=True)).new


async def test_units_are_created_only_when_told(empty: Context) -> None:
    seat = empty.view(), LOCAL_ADMINISTRATOR, empty.scope
    table = f"{HEAD}N1,2025-03,98%,\nN1,2025-04,98%,\nN2,2025-03,,\n"
    with pytest.raises(InvalidInput) as caught:
        await imported(seat, table)
    assert [(each.code, each.place.row, each.values["rows"]) for each in caught.value.problems] == [
        ("IMPORT_UNKNOWN_UNIT", 2, 2),
        ("IMPORT_UNKNOWN_UNIT", 4, 1),
    ]
    result = await imported(seat, table, create_units=True)
    assert result.units_created == ("N1", "N2")
    known = await structure.load(seat[0], *seat[1:])
    assert [(unit.code, unit.unit_type) for unit in known.units] == [("N1", "shop"), ("N2", "shop")]


async def test_attributes_hold_from_the_period_on(writing_seat: Seat) -> None:
    await imported(
        writing_seat, "unit,period,size,SPEED\nS1,2025-03,large,98%\nS1,2025-02,small,\nS2,2025-03,,1\n"
    )
    known = await structure.load(*writing_seat)
    shop = known.unit("S1")
    assert known.attributes(shop, date(2025, 1, 31)) == {}
    assert known.attributes(shop, date(2025, 2, 1)) == {"size": "small"}
    assert known.attributes(shop, date(2025, 3, 1)) == {"size": "large"}
    assert known.attributes(known.unit("S2")) == {}


async def test_large_tables_are_recorded_in_parts(
    writing_seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 4)
    seen: list[Progress] = []
    rows = "".join(f"S1,2025-{month:02},90%,80%\n" for month in range(1, 8))
    result = await imported(writing_seat, HEAD + rows, progress=seen.append)
    assert (result.recorded, result.unchanged) == (12, 2)
    done = [(each.done, each.total) for each in seen if each.stage is importing.RECORDING]
    assert done == [(0, 7), (2, 7), (4, 7), (6, 7), (7, 7)]


@pytest.mark.parametrize(
    ("table", "options", "problems"),
    [
        (f"{HEAD}S11,2025-03,1,1\n", {}, [("IMPORT_UNKNOWN_UNIT", 2, "unit")]),
        (f"{HEAD}NORTH,2025-03,1,1\n", {"create_units": True}, [("UNIT_NOT_SCORED", 2, "unit")]),
        (
            f"{HEAD}S1,2025-13,1,1\nS1,2025,1,1\n",
            {},
            [
                ("IMPORT_UNKNOWN_PERIOD", 2, "period"),
                ("IMPORT_UNKNOWN_PERIOD", 3, "period"),
            ],
        ),
        ("unit,SPEED\nS1,1\n", {}, [("IMPORT_NO_PERIOD", None, None)]),
        ("unit,SPEED\nS1,1\n", {"period": "2025"}, [("IMPORT_UNKNOWN_PERIOD", 2, "period")]),
        (
            "unit,period,size,SPEED\nS1,2025-01,large,1\nS1,2025-Q1,small,1\n",
            {},
            [("IMPORT_ATTRIBUTE_DIFFERS", 3, "size")],
        ),
        (
            f"{HEAD}S1,2025-03,98,fast\n",
            {},
            [("TABLE_RATE_ABOVE_ONE", 2, "SPEED"), ("TABLE_NOT_A_NUMBER", 2, "KINDNESS")],
        ),
    ],
)
async def test_bad_tables(
    writing_seat: Seat,
    table: str,
    options: dict[str, Any],
    problems: list[tuple[str, int | None, str | None]],
) -> None:
    with pytest.raises(InvalidInput) as caught:
        await imported(writing_seat, table, **options)
    found = caught.value.problems
    assert [(each.code, each.place.row, each.place.field) for each in found] == problems
    assert all(each.text("zh") and each.text("en") for each in found)
