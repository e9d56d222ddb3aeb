"""A database of an earlier version keeps its rows when it is upgraded."""

from __future__ import annotations

import asyncio
import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.store import measurements, migrate, parentage, periods, stamps, tenants, units
from steelyard.store.engine import Database, open_database
from steelyard.store.parentage import ParentRecord
from steelyard.store.tenants import TenantState

FIRST = """
INSERT INTO tenant VALUES (1, 'default', '默认', 'Default', 'active', '2025-01-01 00:00:00');
INSERT INTO unit VALUES (1, 1, 'co', '甲', 'Alpha', 'company', '2020-01-01', NULL);
INSERT INTO unit VALUES (2, 1, 's1', '乙', 'Beta', 'shop', NULL, NULL);
INSERT INTO unit_parent VALUES (1, 2, '2024-01-01', NULL, 1);
INSERT INTO calendar VALUES (1, 1, 'month', '月', 'Month', '{}');
INSERT INTO period VALUES (1, 1, 1, '2025-01', '一月', 'January', '2025-01-01', '2025-02-01', 'open');
INSERT INTO measurement VALUES
    (1, 1, 'retail', 2, 1, 'm', 'value', '1', '2025-02-01 00:00:00', 'local', 'import', NULL, NULL, NULL);
INSERT INTO measurement VALUES
    (2, 1, 'retail', 2, 1, 'm', 'value', '2.5', '2025-02-02 00:00:00', 'local', 'import', NULL, NULL, 1);
INSERT INTO current_measurement VALUES (1, 'retail', 1, 2, 'm', 2);
INSERT INTO version_stamp VALUES (1, 'structure', 7);
"""
SCOPE = Scope(1)


@pytest.fixture
async def upgraded_url(empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database that was made at version 0001, filled, and brought up to date."""
    first = tmp_path / "migrations"
    await asyncio.to_thread(shutil.copytree, migrate.folder(), first)
    for later in (first / "versions").glob("*.py"):
        if not later.name.startswith("0001"):
            later.unlink()
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "folder", lambda: first)
        await migrate.upgrade(empty_url)
    async with open_database(empty_url) as database, database.bare(write=True) as connection:
        for statement in FIRST.strip().removesuffix(";").split(";\n"):
            await connection.execute(text(statement))
    assert await migrate.current(empty_url) == "0001"
    await migrate.upgrade(empty_url)
    return empty_url


async def test_the_tables_are_those_of_the_code(upgraded_url: str) -> None:
    assert await migrate.current(upgraded_url) == migrate.head()
    assert await migrate.difference(upgraded_url) == []


async def test_all_rows_are_still_there(upgraded_url: str) -> None:
    async with open_database(upgraded_url) as database, database.read(SCOPE) as reader:
        company, shop = await units.load(reader, SCOPE)
        assert (company.code, company.title, company.opened_on) == (
            "co",
            Text("甲", "Alpha"),
            date(2020, 1, 1),
        )
        assert (shop.code, shop.person_id) == ("s1", None)
        assert await parentage.load(reader, SCOPE) == [ParentRecord(2, 1, date(2024, 1, 1), None)]
        assert [each.code for each in await periods.load(reader, SCOPE)] == ["2025-01"]
        found = await measurements.history(reader, SCOPE, "retail", 2, 1, "m")
        assert [(each.value, each.supersedes) for each in found] == [(1, None), (2.5, 1)]
        assert await stamps.read(reader, SCOPE) == {"structure": 7}


async def test_references_hold_again(upgraded_url: str) -> None:
    async with open_database(upgraded_url) as database:
        with pytest.raises(Exception, match=r"(?i)foreign key"):
            await _refer_to_nobody(database)


async def _refer_to_nobody(database: Database) -> None:
    async with database.write(SCOPE) as writer:
        await units.set_person(writer, SCOPE, 2, 99)


async def test_such_a_tenant_can_be_deleted(upgraded_url: str) -> None:
    async with open_database(upgraded_url) as database, database.write_all() as writer:
        await tenants.set_state(writer, 1, TenantState.SUSPENDED)
        await tenants.delete(writer, 1)
        assert await tenants.load(writer) == []
