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
from steelyard.services import structure
from steelyard.services.records.behind import Behind, behind
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


async def of_january(seat: Seat, measure: str, **options: Any) -> Behind:
    where = {"scheme": SCHEME, "unit": "G1", "period": "2025-01"}
    return await behind(*seat, **{**where, "measure": measure, **options})


async def test_records_above_and_below_the_line(garages: Seat) -> None:
    """The latest import's row of each key, with its file and its row."""
    found = await of_january(garages, "again_share")
    told = [(each.file, each.row, each.values["number"], each.above, each.below) for each in found.rows]
    assert told == [
        ("jobs.csv", 2, "1", True, True),
        ("jobs.csv", 4, "3", False, True),
        ("more.csv", 2, "2", True, True),
        ("more.csv", 3, "6", False, True),
    ]
    assert found.after is None


async def test_a_record_has_all_columns(garages: Seat) -> None:
    [first, *_] = (await of_january(garages, "mean_invoice")).rows
    assert first.values["invoice"] == Decimal("100.10")
    assert list(first.values) == ["number", "garage", "done", "again", "invoice"]


async def test_pages_follow_each_other(garages: Seat) -> None:
    """A page begins after the last row of the one before, across imports."""
    numbers, after = [], None
    for _ in range(4):
        page = await of_january(garages, "again_share", first=1, after=after)
        numbers += [each.values["number"] for each in page.rows]
        after = page.after
    assert numbers == ["1", "3", "2", "6"]
    assert after is None


async def test_a_measure_that_is_not_computed_has_no_records(garages: Seat) -> None:
    found = await of_january(garages, "manner")
    assert (found.table, found.rows) == (None, ())


async def test_a_garage_without_records_has_none(garages: Seat) -> None:
    assert (await of_january(garages, "jobs", unit="G3")).rows == ()


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
        await of_january((view, actor, scope), "jobs")


async def test_a_garage_out_of_scope_is_not_there(garages: Seat) -> None:
    view, actor, scope = garages
    other = (await structure.load(*garages)).unit("G2").id
    narrow = replace(scope, unit_ids=frozenset({other}))
    with pytest.raises(NotFound, match="UNIT_NOT_FOUND"):
        await of_january((view, actor, narrow), "jobs")
