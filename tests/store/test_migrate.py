"""Databases are created, recognised as old, new or missing, and equal to the code's tables."""

from __future__ import annotations

import asyncio
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from steelyard.errors import ConfigError
from steelyard.store import migrate
from steelyard.store.engine import Database, open_database
from steelyard.store.tables import METADATA

BROKEN = f"""
from alembic import op

revision = "9999"
down_revision = "{migrate.head()}"


def upgrade() -> None:
    op.execute("CREATE TABLE half (id INTEGER)")
    op.execute("this is not SQL")
"""


async def stamp(database: Database, version: str) -> None:
    async with database.bare(write=True) as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = :v").bindparams(v=version))


async def tables(url: str) -> set[str]:
    async with open_database(url) as database, database.bare() as connection:
        return set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))


@pytest.fixture
def other_migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Pretend that the code has one migration more than it has."""

    def pretend(source: str) -> None:
        copy = tmp_path / "100% migrations"
        shutil.copytree(migrate.folder(), copy)
        (copy / "versions" / "9999_more.py").write_text(source)
        monkeypatch.setattr(migrate, "folder", lambda: copy)

    return pretend


async def test_a_fresh_upgrade_equals_the_metadata(empty_url: str) -> None:
    await migrate.upgrade(empty_url)
    assert await migrate.difference(empty_url) == []


async def test_a_table_that_is_missing_is_a_difference(empty_url: str) -> None:
    await migrate.upgrade(empty_url)
    async with open_database(empty_url) as database, database.bare(write=True) as connection:
        await connection.execute(text("DROP TABLE version_stamp"))
    differences = await migrate.difference(empty_url)
    assert [difference[0] for difference in differences] == ["add_table"]


async def test_an_upgrade_can_be_repeated(database_url: str) -> None:
    await migrate.upgrade(database_url)
    assert await migrate.current(database_url) == migrate.head()


async def test_an_upgrade_is_all_or_nothing(empty_url: str, other_migrations: Callable[..., None]) -> None:
    other_migrations(BROKEN)
    with pytest.raises(Exception, match=r"syntax error"):
        await migrate.upgrade(empty_url)
    assert await tables(empty_url) == set()


async def test_two_upgrades_at_once_are_one(empty_url: str) -> None:
    await asyncio.gather(migrate.upgrade(empty_url), migrate.upgrade(empty_url))
    assert await tables(empty_url) == {"alembic_version", *METADATA.tables}


async def test_an_upgraded_database_is_accepted(database: Database) -> None:
    await migrate.require_current(database)


async def test_a_database_that_is_not_there_is_missing(empty_url: str) -> None:
    assert await migrate.current(empty_url) is None
    async with open_database(empty_url) as database:
        with pytest.raises(ConfigError) as caught:
            await migrate.require_current(database)
    assert caught.value.code == "DATABASE_MISSING"


async def test_an_older_database_is_refused_with_what_to_run(
    database: Database, other_migrations: Callable[..., None]
) -> None:
    other_migrations(f'revision = "9999"\ndown_revision = "{migrate.head()}"\n')
    with pytest.raises(ConfigError) as caught:
        await migrate.require_current(database)
    assert caught.value.code == "DATABASE_OUTDATED"
    assert "steelyard db upgrade" in caught.value.text()


async def test_a_newer_database_is_refused(empty_url: str) -> None:
    await migrate.upgrade(empty_url)
    async with open_database(empty_url) as database:
        await stamp(database, "9999")
        with pytest.raises(ConfigError) as required:
            await migrate.require_current(database)
        with pytest.raises(ConfigError) as upgraded:
            await migrate.upgrade(empty_url)
    assert required.value.code == upgraded.value.code == "DATABASE_NEWER"


FOREIGN = [
    "CREATE TABLE unit (number INTEGER)",
    "CREATE TABLE invoice (number INTEGER)",
    "CREATE VIEW unit AS SELECT 1 AS number",
]


async def make(url: str, statement: str) -> None:
    """Make something as another program would: without any of Steelyard's settings."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            connection.execute(statement)
    else:
        async with open_database(url) as database, database.bare(write=True) as connection:
            await connection.execute(text(statement))


@pytest.mark.parametrize("statement", FOREIGN)
async def test_a_database_of_another_program_is_refused(statement: str, empty_url: str) -> None:
    await make(empty_url, statement)
    before = await tables(empty_url)
    with pytest.raises(ConfigError) as caught:
        await migrate.upgrade(empty_url)
    assert caught.value.code == "DATABASE_FOREIGN"
    assert await tables(empty_url) == before


def test_a_file_of_another_program_keeps_every_byte(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    url = f"sqlite:///{path}"
    asyncio.run(make(url, "CREATE TABLE invoice (number INTEGER)"))
    before = path.read_bytes()
    with pytest.raises(ConfigError):
        asyncio.run(migrate.upgrade(url))
    assert path.read_bytes() == before


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_tables_of_extensions_are_nobody_elses(empty_url: str) -> None:
    await make(empty_url, "CREATE TABLE extra (number INTEGER)")
    await make(empty_url, "ALTER EXTENSION plpgsql ADD TABLE extra")
    await migrate.upgrade(empty_url)
    assert await migrate.current(empty_url) == migrate.head()


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_codes_are_collated_by_their_bytes(database: Database) -> None:
    query = (
        "SELECT DISTINCT column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND collation_name IS DISTINCT FROM 'C'"
        " AND data_type = 'character varying'"
    )
    async with database.bare() as connection:
        others = {row[0] for row in await connection.execute(text(query))}
    titles = {"title", "title_zh", "title_en", "name", "stage_zh", "stage_en"}
    texts = {"address", "comment", "contact", "decision_reason", "description", "end_reason", "file_name"}
    texts |= {"reason", "secret", "source", "text", "version_num"}
    assert others == titles | texts


def test_revisions_are_numbered_and_say_from_which_code_can_go_on() -> None:
    names = sorted(script.revision for script in ScriptDirectory(str(migrate.folder())).walk_revisions())
    found = [re.fullmatch(r"(\d{4})(?:_since_(\d{4}))?", name) for name in names]
    numbers = [(int(each[1]), int(each[2] or each[1])) for each in found if each is not None]
    assert [number for number, _ in numbers] == list(range(1, len(names) + 1))
    assert all(since <= number for number, since in numbers)


CARRYING = {
    f"9998_since_{migrate.head()[:4]}": True,
    "9998_since_0001": True,
    "9998_since_9997": False,
    "9999": False,
    "0001_since_0001": False,
}


async def works(database: Database) -> bool:
    try:
        await migrate.require_workable(database)
    except ConfigError:
        return False
    return True


async def test_a_newer_database_says_whether_older_code_can_go_on(empty_url: str) -> None:
    await migrate.upgrade(empty_url)
    found = {}
    async with open_database(empty_url) as database:
        for version in CARRYING:
            await stamp(database, version)
            found[version] = await works(database)
            with pytest.raises(ConfigError):
                await migrate.require_current(database)
    assert found == CARRYING
