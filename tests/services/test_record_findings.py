"""What is said beside a scorecard: what checks of records flagged, and what is late."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.conftest import Seat
from services.repair_pack import JOBS, SCHEME, TABLE, garages_on, import_jobs
from steelyard.errors import Text
from steelyard.records.check import Quality
from steelyard.services.records import remeasuring
from steelyard.services.records.findings import RecordFinding, findings
from steelyard.store.engine import Database

DUE = date(2025, 3, 6)


@pytest.fixture
async def garages(database: Database, tmp_path: Path) -> AsyncIterator[Seat]:
    """A seat with three garages."""
    async with garages_on(database, tmp_path) as seat:
        yield seat


async def found(seat: Seat, period: str, unit: str = "G1", **options: Any) -> tuple[RecordFinding, ...]:
    return await findings(*seat, scheme=SCHEME, unit=unit, period=period, **options)


async def test_what_a_check_flags_is_told_in_two_languages(garages: Seat, tmp_path: Path) -> None:
    await import_jobs(garages, tmp_path)
    [finding] = await found(garages, "2025-01", today=DUE)
    assert (finding.table, finding.check, finding.quality) == (TABLE, "no-invoice", Quality.COMPLETE)
    assert (finding.examined, finding.flagged) == (3, 1)
    assert finding.sentence == Text(
        "不完整：未开票（检查 3 条，其中 1 条）。", "Incomplete: No invoice (1 of 3 records checked)."
    )


async def test_rows_that_are_not_among_the_examined_are_not_counted(garages: Seat, tmp_path: Path) -> None:
    await import_jobs(garages, tmp_path)
    [finding] = await found(garages, "2025-02", today=DUE)
    assert (finding.check, finding.examined, finding.flagged) == ("dear", 1, 1)


async def test_rows_that_should_be_there_by_now_are_late(garages: Seat, tmp_path: Path) -> None:
    """From the day on by which they were due, until there are some."""
    await import_jobs(garages, tmp_path)
    where = {"unit": "G2", "period": "2025-02"}
    assert await found(garages, **where, today=date(2025, 3, 5)) == ()
    [finding] = await found(garages, **where, today=DUE)
    assert (finding.check, finding.quality) == (None, Quality.TIMELY)
    assert finding.sentence == Text(
        "不及时：“工单”应在 2025-03-06 前到齐，本周期尚无记录。",
        "Late: Jobs was due before 2025-03-06; there are no records of this period yet.",
    )
    await import_jobs(garages, tmp_path, JOBS.splitlines()[0] + "\n7,G2,2025-02-03,,1\n", name="b.csv")
    assert await found(garages, **where, today=DUE) == ()


async def test_what_is_declared_complete_is_not_late(garages: Seat, tmp_path: Path) -> None:
    await import_jobs(garages, tmp_path)
    await remeasuring.declare_feed(*garages, table=TABLE, units=["G2"], period_codes=["2025-02"])
    assert await found(garages, "2025-02", "G2", today=DUE) == ()


async def test_what_was_flagged_goes_with_its_rows(garages: Seat, tmp_path: Path) -> None:
    """Once an import is withdrawn, nothing is said of its rows, though no part is left."""
    result = await import_jobs(garages, tmp_path)
    assert result.record is not None
    await remeasuring.withdraw(*garages, import_id=result.record.id, reason="another file")
    assert await found(garages, "2025-01", today=date(2025, 1, 31)) == ()
