"""Which records a check flags: as many as its finding says, page by page, for those who may read records."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from services.conftest import Seat
from services.repair_pack import RECORDS, SCHEME, TABLE, garages_on, import_jobs
from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.errors import Forbidden, NotFound, Text
from steelyard.intake.measures.behind import Asked
from steelyard.services.records.findings import findings
from steelyard.services.records.flagged import records_flagged
from steelyard.store.engine import Database

MORE = """\
      - {check: twice, title: {zh: 重复, en: Twice}, quality: accurate, duplicate: [done, again]}
      - check: far
        title: {zh: 离群, en: Far}
        quality: accurate
        outlier: {column: invoice, rule: iqr, times: 3}
"""
ROWS = [
    *(f"{n},G1,2025-01-{n + 1:02},false,{100 + n}" for n in range(1, 10)),
    "20,G1,2025-01-05,false,9000",
    "21,G1,2025-01-31,true,",
    "22,G1,2025-01-30,true,",
    "23,G2,2025-01-02,false,100",
    "24,G1,2025-02-02,false,",
]


@pytest.fixture
async def garages(database: Database, tmp_path: Path) -> AsyncIterator[Seat]:
    """A seat with jobs, some of which a check of each kind flags."""
    records = RECORDS.replace("    source: the garages", f"{MORE}    source: the garages")
    async with garages_on(database, tmp_path, records) as seat:
        await import_jobs(seat, tmp_path, "\n".join(["number,garage,done,again,invoice", *ROWS, ""]))
        yield seat


async def flagged(seat: Seat, check: str, unit: str = "G1", **asked: Any) -> tuple[list[str], int]:
    found = await records_flagged(
        *seat, table=TABLE, check=check, unit=unit, period="2025-01", asked=Asked(**{"limit": 20, **asked})
    )
    return [each.values["number"] for each in found.rows], found.total


@pytest.mark.parametrize(
    ("check", "expected"),
    [("no-invoice", ["22", "21"]), ("dear", ["20"]), ("twice", ["20"]), ("far", ["20"])],
)
async def test_the_records_that_a_check_flags(garages: Seat, check: str, expected: list[str]) -> None:
    """By day and key; as many as the finding beside the scorecard says."""
    assert await flagged(garages, check) == (expected, len(expected))
    found = await findings(*garages, scheme=SCHEME, unit="G1", period="2025-01")
    assert {each.check: each.flagged for each in found}[check] == len(expected)


async def test_a_duplicate_may_be_of_another_units_record(garages: Seat) -> None:
    assert await flagged(garages, "twice", "G2") == (["23"], 1)


async def test_pages_of_flagged_records(garages: Seat) -> None:
    assert await flagged(garages, "no-invoice", limit=1) == (["22"], 2)
    assert await flagged(garages, "no-invoice", after=("2025-01-30", "22")) == (["21"], 2)


async def test_a_table_without_parts_has_none(database: Database, tmp_path: Path) -> None:
    async with garages_on(database, tmp_path) as seat:
        await import_jobs(seat, tmp_path, "number,garage,done,again,invoice\n1,NOBODY,2025-01-02,,\n")
        with pytest.raises(NotFound, match="PERIOD_NOT_FOUND"):
            await flagged(seat, "dear")


async def test_what_is_not_there(garages: Seat) -> None:
    with pytest.raises(NotFound, match="RECORD_CHECK_NOT_FOUND"):
        await flagged(garages, "deer")
    with pytest.raises(NotFound, match="UNIT_NOT_FOUND"):
        await flagged(garages, "dear", "G9")


async def test_flagged_records_need_the_permission_for_records(garages: Seat) -> None:
    view, _, scope = garages
    rights = {each: None for each in Permission if each is not Permission.RECORD_READ}
    with pytest.raises(Forbidden):
        await flagged((view, Actor("ann", Text("ann", "ann"), rights), scope), "dear")
