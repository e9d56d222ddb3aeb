"""Many rows reach SQLite in one go, as they would one by one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput
from steelyard.store import import_jobs
from steelyard.store.bulk import BOUND_FROM
from steelyard.store.engine import Database
from steelyard.store.tables import IMPORT_JOB

TIME = datetime(2025, 1, 2, 3, 4, 5, 678901, UTC)


@pytest.fixture
def dialect() -> str:
    """PostgreSQL has ways of its own."""
    return "sqlite"


def jobs(tenant_id: int, number: int, **other: Any) -> list[dict[str, Any]]:
    """Rows with every kind of value."""
    row = {
        "tenant_id": tenant_id,
        "kind": "records",
        "target": "甲 \u2028'\"\\N\t:x ?",
        "file_name": "",
        "state": "running",
        "stage_zh": "等待",
        "stage_en": "Waiting",
        "done": 1,
        "total": 2,
        "cancel": True,
        "import_id": None,
        "problems": [{"code": "A", "message": {"zh": "甲"}, "place": None}],
        "started_at": TIME,
        "started_by": "x",
        "told_at": TIME,
        **other,
    }
    return [{**row, "job": f"j{each}"} for each in range(number)]


NUMBERS = [BOUND_FROM - 1, BOUND_FROM]
"""Fewer rows go the usual way."""


@pytest.mark.parametrize("number", NUMBERS)
async def test_every_kind_of_value_comes_through(database: Database, scope: Scope, number: int) -> None:
    async with database.write(scope) as writer:
        await writer.append(IMPORT_JOB, jobs(scope.tenant_id, number))
    async with database.read(scope) as reader:
        found = await import_jobs.find(reader, scope, "j7")
    assert found is not None
    assert (found.target, found.cancel, found.import_id) == ("甲 \u2028'\"\\N\t:x ?", True, None)
    assert found.problems == [{"code": "A", "message": {"zh": "甲"}, "place": None}]
    assert found.started_at == TIME


@pytest.mark.parametrize("number", NUMBERS)
async def test_a_row_of_the_same_key_is_replaced(database: Database, scope: Scope, number: int) -> None:
    async with database.write(scope) as writer:
        for done in (1, 2):
            await writer.upsert(IMPORT_JOB, jobs(scope.tenant_id, number, done=done))
    async with database.read(scope) as reader:
        found = await import_jobs.find(reader, scope, "j7")
    assert found is not None
    assert found.done == 2


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(
    ("change", "kind"),
    [({"done": -1}, DBAPIError), ({"file_name": "\ud800"}, InvalidInput)],
    ids=["constraint", "half a character"],
)
async def test_what_no_row_may_be(
    change: dict[str, Any], kind: type[Exception], number: int, database: Database, scope: Scope
) -> None:
    with pytest.raises(kind):
        async with database.write(scope) as writer:
            await writer.append(IMPORT_JOB, jobs(scope.tenant_id, number, **change))
    async with database.read(scope) as reader:
        assert await import_jobs.find(reader, scope, "j7") is None
