"""Many rows reach PostgreSQL by COPY, and are held to all that other rows are held to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput, Text
from steelyard.store import import_jobs, measurements
from steelyard.store.copying import COPIED_FROM
from steelyard.store.engine import Database
from steelyard.store.import_jobs import JobRecord, JobState
from steelyard.store.measurements import Origin, Reading, Source
from steelyard.store.tables import IMPORT_JOB
from steelyard.store.tenancy import Tenancy

ORIGIN = Origin(LOCAL_ADMINISTRATOR, Source.RECORDS)
TIME = datetime(2025, 1, 2, 3, 4, 5, 678901, UTC)
JOB = JobRecord(
    job="j",
    kind="records",
    target="甲 \u2028'\"\\N\t",
    file_name="",
    state=JobState.RUNNING,
    stage=Text("等待", "Waiting"),
    done=1,
    total=2,
    cancel=True,
    import_id=None,
    problems=[{"code": "A", "message": {"zh": "甲"}, "place": None}],
    started_at=TIME,
    started_by="x",
    told_at=TIME,
)


@pytest.fixture
def dialect() -> str:
    """SQLite has no COPY."""
    return "postgresql"


def jobs(tenant_id: int, **other: Any) -> list[dict[str, Any]]:
    """Rows enough to be copied."""
    given = {name: getattr(JOB, name) for name in JobRecord.__slots__ if name not in ("stage", "state")}
    row = {**given, "tenant_id": tenant_id, "state": "running", "stage_zh": "等待", "stage_en": "Waiting"}
    return [{**row, **other, "job": f"j{number}"} for number in range(COPIED_FROM)]


async def test_what_was_measured_is_what_is_there(
    database: Database, scope: Scope, unit_ids: dict[str, int], period_ids: dict[str, int]
) -> None:
    (unit, *_), (period, *_) = unit_ids.values(), period_ids.values()
    names = [f"m{number}" for number in range(COPIED_FROM)]
    async with database.write(scope) as writer:
        # In one transaction: the second supersedes the first.
        for turn in (1, 2):
            readings = [
                Reading(unit, period, name, Fraction(number, turn), n=turn)
                for number, name in enumerate(names)
            ]
            told = await measurements.record(writer, scope, "retail", readings, ORIGIN)
            assert told.recorded == len(names)
    async with database.read(scope) as reader:
        found = await measurements.records(reader, scope, "retail", unit_ids=[unit], period_ids=[period])
    assert {each.measure: each.value for each in found} == {
        name: Fraction(number, 2) for number, name in enumerate(names)
    }
    assert {(each.n, each.status, each.import_id) for each in found} == {(2, "value", None)}
    assert all(each.supersedes is not None and each.recorded_at == writer.now for each in found)


async def test_every_kind_of_value_comes_through(database: Database, scope: Scope) -> None:
    async with database.write(scope) as writer:
        await writer.append(IMPORT_JOB, jobs(scope.tenant_id))
    async with database.read(scope) as reader:
        assert await import_jobs.find(reader, scope, "j7") == replace(JOB, job="j7")


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"done": -1}, DBAPIError),
        ({"file_name": "\0"}, InvalidInput),
        ({"file_name": "\ud800"}, InvalidInput),
    ],
    ids=["constraint", "zero byte", "half a character"],
)
async def test_what_no_row_may_be(
    change: dict[str, Any], kind: type[Exception], database: Database, scope: Scope
) -> None:
    with pytest.raises(kind):
        async with database.write(scope) as writer:
            await writer.append(IMPORT_JOB, jobs(scope.tenant_id, **change))
    async with database.read(scope) as reader:
        assert await import_jobs.find(reader, scope, "j0") is None


async def test_the_policies_hold(database: Database, scope: Scope) -> None:
    """Also where the statement guard is got round: rows are of the transaction's tenant."""
    other = scope.tenant_id + 1
    async with database.write(scope) as writer:
        writer.tenancy = Tenancy(other)
        with pytest.raises(DBAPIError, match="row-level security"):
            await writer.append(IMPORT_JOB, jobs(other))
