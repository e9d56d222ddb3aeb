"""The records behind a number: which, how they count, page by page, and who may see them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from services.conftest import Seat
from services.repair_pack import SCHEME, garages_on, import_jobs
from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.errors import Forbidden, InvalidInput, NotFound, Text
from steelyard.intake.measures.behind import Asked, BehindRow, KeyInvalid, Page
from steelyard.services import measurements, structure
from steelyard.services.administration.calendars import ClosePeriod
from steelyard.services.administration.perform import perform
from steelyard.services.importing import import_table
from steelyard.services.records.behind import (
    Behind,
    BehindEntry,
    BehindRecords,
    BehindTable,
    behind,
    records_behind,
)
from steelyard.services.records.listing import list_imports
from steelyard.services.records.remeasuring import withdraw
from steelyard.store.engine import Database

MORE = """\
number,garage,done,again,invoice
2,G1,2025-01-03,true,300
6,G1,2025-01-09,false,7
"""


@pytest.fixture
async def garages(database: Database, tmp_path: Path) -> AsyncIterator[Seat]:
    """A seat with two imports of jobs, of which the second corrects a job of the first."""
    async with garages_on(database, tmp_path) as seat:
        await import_jobs(seat, tmp_path)
        await import_jobs(seat, tmp_path, MORE, name="more.csv")
        yield seat


async def of_january(seat: Seat, measure: str, unit: str = "G1") -> Behind | None:
    return await behind(*seat, scheme=SCHEME, unit=unit, period="2025-01", measure=measure)


async def page(seat: Seat, measure: str, unit: str = "G1", **asked: Any) -> Page[BehindRow]:
    found = await of_january(seat, measure, unit)
    assert isinstance(found, BehindRecords)
    return await records_behind(*seat, found, Asked(**{"limit": 20, **asked}))


def numbers(found: Page[BehindRow]) -> list[str]:
    return [each.values["number"] for each in found.rows]


async def test_records_above_and_below_the_line(garages: Seat) -> None:
    """The latest import's row of each key, by day and key, with its file and its row."""
    found = await page(garages, "again_share")
    told = [(each.file, each.row, each.values["number"], each.above, each.below) for each in found.rows]
    assert told == [
        ("jobs.csv", 2, "1", True, True),
        ("more.csv", 2, "2", True, True),
        ("more.csv", 3, "6", False, True),
        ("jobs.csv", 4, "3", False, True),
    ]
    assert (found.start, found.total) == (0, 4)


async def test_a_record_has_all_columns(garages: Seat) -> None:
    [first, *_] = (await page(garages, "mean_invoice")).rows
    assert first.values["invoice"] == Decimal("100.10")
    assert list(first.values) == ["number", "garage", "done", "again", "invoice"]


async def test_pages_follow_each_other_both_ways(garages: Seat) -> None:
    """A page begins after the last record of the one before, whatever imports they came by."""
    whole = await page(garages, "again_share")
    assert numbers(whole) == ["1", "2", "6", "3"]
    second = await page(garages, "again_share", limit=2, after=whole.rows[0].key)
    assert (numbers(second), second.start, second.total) == (["2", "6"], 1, 4)
    back = await page(garages, "again_share", limit=2, before=whole.rows[3].key, backward=True)
    assert (numbers(back), back.start) == (["2", "6"], 1)
    last = await page(garages, "again_share", limit=3, backward=True)
    assert (numbers(last), last.start) == (["2", "6", "3"], 1)
    between = {"after": whole.rows[0].key, "before": whole.rows[2].key}
    assert numbers(await page(garages, "again_share", **between)) == ["2"]


async def test_a_cursor_outlives_its_record(garages: Seat) -> None:
    assert numbers(await page(garages, "again_share", after=("2025-01-03", "1999"))) == ["2", "6", "3"]


@pytest.mark.parametrize("key", [("2025-01-03",), ("yesterday", "1"), ()])
async def test_what_is_no_key_is_refused(garages: Seat, key: tuple[str, ...]) -> None:
    with pytest.raises(KeyInvalid):
        await page(garages, "again_share", after=key)


async def test_nothing_recorded_has_nothing_behind_it(garages: Seat) -> None:
    assert await of_january(garages, "manner") is None


async def test_a_garage_without_records_has_none(garages: Seat) -> None:
    found = await of_january(garages, "jobs", "G3")
    assert isinstance(found, BehindRecords)
    assert found.measurement is None
    assert (await page(garages, "jobs", "G3")).rows == ()


async def test_what_was_entered_by_hand_says_by_whom(garages: Seat) -> None:
    """A correction stands in the place of what was computed."""
    where = {"scheme": SCHEME, "unit": "G1", "period": "2025-01"}
    await measurements.record(*garages, **where, measure="jobs", value="7")
    found = await of_january(garages, "jobs")
    assert isinstance(found, BehindEntry)
    assert (found.measurement.value, found.measurement.recorded_by) == (7, garages[1].id)


async def test_what_stood_in_a_table_says_where(garages: Seat) -> None:
    """Who does not see all units is told of the file only where they imported it."""
    data = b"unit,period,manner\nG2,2025-01,5\nG1,2025-01,8\n"
    await import_table(*garages, scheme=SCHEME, data=data, file="manner.csv")
    found = await of_january(garages, "manner")
    assert isinstance(found, BehindTable)
    assert (found.file, found.row, found.column, found.measurement.value) == ("manner.csv", 3, "manner", 8)
    view, actor, scope = garages
    own = frozenset({(await structure.load(*garages)).unit("G1").id})
    other = replace(actor, id="ann")
    hidden = await of_january((view, other, replace(scope, unit_ids=own)), "manner")
    assert isinstance(hidden, BehindTable)
    assert (hidden.file, hidden.row) == (None, None)
    told = await of_january((view, actor, replace(scope, unit_ids=own)), "manner")
    assert isinstance(told, BehindTable)
    assert told.file == "manner.csv"


async def test_measures_of_no_scheme_are_refused(garages: Seat) -> None:
    with pytest.raises(InvalidInput, match="MEASURE_NOT_READ"):
        await of_january(garages, "jubs")


@pytest.mark.parametrize("missing", [Permission.RECORD_READ, Permission.MEASUREMENT_READ])
async def test_both_permissions_are_needed(garages: Seat, missing: Permission) -> None:
    """Who sees a number does not therefore see its records."""
    view, _, scope = garages
    rights = {each: None for each in Permission if each is not missing}
    actor = Actor("ann", Text("ann", "ann"), rights)
    with pytest.raises(Forbidden):
        await page((view, actor, scope), "jobs")


async def test_a_garage_out_of_scope_is_not_there(garages: Seat) -> None:
    view, actor, scope = garages
    other = (await structure.load(*garages)).unit("G2").id
    narrow = replace(scope, unit_ids=frozenset({other}))
    with pytest.raises(NotFound, match="UNIT_NOT_FOUND"):
        await of_january((view, actor, narrow), "jobs")


async def test_a_closed_period_shows_the_records_that_it_was_computed_from(
    garages: Seat, tmp_path: Path
) -> None:
    before = numbers(await page(garages, "jobs"))
    await perform(*garages, ClosePeriod("month", "2025-01"), reason="over")
    late = "number,garage,done,again,invoice\n9,G1,2025-01-20,false,70\n"
    await import_jobs(garages, tmp_path, late, name="late.csv")
    assert numbers(await page(garages, "jobs")) == before
    second, third = sorted(each.id for each in await list_imports(*garages))[-2:]
    await withdraw(*garages, import_id=second, reason="wrong file")
    assert numbers(await page(garages, "jobs")) == before
    await withdraw(*garages, import_id=third, reason="wrong file, too")
    assert numbers(await page(garages, "jobs")) == before
