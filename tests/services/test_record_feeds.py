"""Late feeds: which records are expected of whom, until when, and who is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import StatementCounter
from services.conftest import Seat
from services.repair_pack import JOBS, SCHEME, TABLE, garages_on, import_jobs
from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Forbidden, NotFound, Text
from steelyard.services import measurements, structure
from steelyard.services.administration.calendars import ClosePeriod
from steelyard.services.administration.perform import perform
from steelyard.services.administration.units import CloseUnit
from steelyard.services.records import remeasuring
from steelyard.services.records.feeds import late_feeds
from steelyard.services.records.findings import findings
from steelyard.store import units
from steelyard.store.engine import Database
from steelyard.store.units import NewUnit

TODAY = date(2025, 3, 6)
"""The day on which what was due of February is late."""


@pytest.fixture
async def garages(database: Database, tmp_path: Path) -> AsyncIterator[Seat]:
    """A seat with three garages; of January there are jobs of two, of February of one."""
    async with garages_on(database, tmp_path) as seat:
        await import_jobs(seat, tmp_path)
        yield seat


async def late(seat: Seat, today: date = TODAY, **options: Any) -> list[str]:
    found = await late_feeds(*seat, today=today, **options)
    assert [each.table.name for each in found] == [TABLE] * len(found)
    return [f"{each.due} {each.unit.code} {each.period.code}" for each in found]


async def test_feeds_are_late_from_the_day_on_by_which_they_were_due(garages: Seat) -> None:
    """They are expected from the first month of which there is anything, and the first due come first."""
    assert await late(garages, date(2025, 3, 5)) == ["2025-02-06 G3 2025-01"]
    of_march = ["2025-03-06 G2 2025-02", "2025-03-06 G3 2025-02"]
    assert await late(garages) == ["2025-02-06 G3 2025-01", *of_march]


async def test_months_of_which_nobody_sent_anything_are_late_too(garages: Seat) -> None:
    assert len(await late(garages, date(2025, 4, 6))) == 3 + 3


async def test_what_came_or_was_declared_complete_is_not_late(garages: Seat, tmp_path: Path) -> None:
    await remeasuring.declare_feed(*garages, table=TABLE, units=["G3"], period_codes=["2025-01", "2025-02"])
    await import_jobs(garages, tmp_path, JOBS.splitlines()[0] + "\n7,G2,2025-02-03,,1\n", name="b.csv")
    assert await late(garages) == []


async def test_what_was_withdrawn_is_late_again(garages: Seat, tmp_path: Path) -> None:
    done = await import_jobs(garages, tmp_path, JOBS.splitlines()[0] + "\n7,G2,2025-02-03,,1\n", name="b.csv")
    assert done.record is not None
    await remeasuring.withdraw(*garages, import_id=done.record.id, reason="another file")
    assert "2025-03-06 G2 2025-02" in await late(garages)


async def test_closed_periods_and_closed_units_are_not_waited_for(garages: Seat) -> None:
    view, actor, scope = garages
    await perform(view, actor, scope, ClosePeriod("month", "2025-01"), reason="over")
    await perform(view, actor, scope, CloseUnit("G3", date(2025, 2, 1)), reason="shut")
    assert await late((view.context.view(), actor, scope)) == ["2025-03-06 G2 2025-02"]


async def test_where_nothing_came_yet_feeds_are_expected_from_the_first_period_on_record(
    database: Database, tmp_path: Path
) -> None:
    async with garages_on(database, tmp_path) as seat:
        assert await late(seat) == []
        where = {"scheme": SCHEME, "unit": "G1", "period": "2025-01"}
        await measurements.record(*seat, **where, measure="jobs", value="3")
        assert len(await late(seat, date(2025, 2, 6))) == 3


async def test_one_table_or_one_unit(garages: Seat) -> None:
    assert await late(garages, unit="G2", table=TABLE) == ["2025-03-06 G2 2025-02"]
    with pytest.raises(NotFound, match="RECORD_TABLE_NOT_FOUND"):
        await late(garages, table="repair.nothing")
    with pytest.raises(NotFound, match="UNIT_NOT_FOUND"):
        await late(garages, unit="NOBODY")


async def test_only_those_who_may_read_records_are_told(garages: Seat) -> None:
    view, _, scope = garages
    second = (await structure.load(*garages)).unit("G2").id
    rights = {Permission.SCORE_READ: None, Permission.RECORD_READ: frozenset({second})}
    actor = Actor("ann", Text("ann", "ann"), rights)
    assert await late((view, actor, scope)) == ["2025-03-06 G2 2025-02"]
    with pytest.raises(Forbidden):
        await late((view, actor, scope), unit="G3")
    narrow = replace(scope, unit_ids=frozenset({second}))
    assert await late((view, actor, narrow)) == ["2025-03-06 G2 2025-02"]


async def test_more_units_need_no_more_statements(
    garages: Seat, database: Database, count_statements: StatementCounter
) -> None:
    view, actor, scope = garages
    counted = []
    for number in range(2):
        await _more_garages(database, scope, number)
        await late((view.context.view(), actor, scope))
        with count_statements(database) as statements:
            await late((view.context.view(), actor, scope))
        counted.append(len(statements))
    assert counted == [2, 2]


async def _more_garages(database: Database, scope: Scope, number: int) -> None:
    news = [NewUnit(f"M{number}-{each}", Text("m", "m"), "garage") for each in range(20 * number)]
    async with database.write(scope) as writer:
        await units.ensure(writer, scope, news)


async def test_findings_are_kept_until_records_come(
    garages: Seat, tmp_path: Path, database: Database, count_statements: StatementCounter
) -> None:
    """The stamps are looked at; the rest is there."""
    view, actor, scope = garages
    where = {"scheme": SCHEME, "unit": "G1", "period": "2025-01", "today": TODAY}

    async def counted() -> tuple[int, list[int]]:
        with count_statements(database) as statements:
            found = await findings(view.context.view(), actor, scope, **where)
        return len(statements), [each.flagged for each in found]

    await structure.load(*garages)
    assert await counted() == (3, [1])
    assert await counted() == (1, [1])
    await import_jobs(
        garages, tmp_path, "number,garage,done,again,invoice\n8,G1,2025-01-09,,\n", name="c.csv"
    )
    assert (await counted())[1] == [2]
    await remeasuring.measure_table(*garages, table=TABLE)
    assert (await counted())[0] > 1
