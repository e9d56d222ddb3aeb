"""Bringing a database to the version of the code, and refusing to work with one that is not.

The migrations are in the folder `migrations/` of a checkout; a wheel carries them inside this package.
Whoever changes a table adds a file to `migrations/versions`: `difference` tells whether the two agree.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from steelyard.errors import ConfigError, Kind, Problem
from steelyard.store.engine import Database, open_database
from steelyard.store.problems import DATABASE_MISSING, DATABASE_NEWER, DATABASE_OUTDATED
from steelyard.store.tables import METADATA

_LOCK = 0x5374_6565_6C79_6172
"""The key of PostgreSQL's advisory lock under which one process migrates at a time."""


def folder() -> Path:
    """Where the migrations are."""
    here = Path(__file__).resolve()
    packed = here.parent / "migrations"
    return packed if packed.is_dir() else here.parents[3] / "migrations"


def head() -> str:
    """The version that this code works with."""
    return str(_scripts().get_current_head())


async def current(url: str) -> str | None:
    """The version of the database at `url`; None where there is no Steelyard database."""
    async with open_database(url) as database:
        return await _version(database)


async def upgrade(url: str) -> None:
    """Create the database's tables or bring them up to date: all of it or nothing.

    A SQLite file is created where there is none.  Raises ConfigError (DATABASE_NEWER) where the code
    is older than the database.
    """
    async with open_database(url, create=True) as database, database.write() as writer:
        if writer.is_postgresql:
            await writer.run(text("SELECT pg_advisory_xact_lock(:key)").bindparams(key=_LOCK))
        found = await writer.connection.run_sync(_heads)
        _refuse_unknown(database, found)
        await writer.connection.run_sync(_upgrade)


async def require_current(database: Database) -> None:
    """Raise ConfigError unless the database is there and at the version of the code."""
    found = await _version(database)
    if found is None:
        raise _refused(DATABASE_MISSING, database, None)
    _refuse_unknown(database, found)
    if found != head():
        raise _refused(DATABASE_OUTDATED, database, found)


async def difference(url: str) -> list[Any]:
    """What the database's tables have and the code's tables have not, or the other way round."""
    async with open_database(url) as database, database.read() as reader:
        return await reader.connection.run_sync(_difference)


async def _version(database: Database) -> str | None:
    if database.is_missing():
        return None
    async with database.read() as reader:
        return await reader.connection.run_sync(_heads)


def _refuse_unknown(database: Database, found: str | None) -> None:
    known = {script.revision for script in _scripts().walk_revisions()}
    if found is not None and found not in known:
        raise _refused(DATABASE_NEWER, database, found)


def _refused(kind: Kind, database: Database, found: str | None) -> ConfigError:
    values = {"database": database.name, "found": found, "expected": head()}
    return ConfigError(Problem(kind, values=values))


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(folder()))


def _heads(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _upgrade(connection: Connection) -> None:
    config = Config(attributes={"connection": connection})
    # The folder's name may contain the `%` that Alembic's options would interpolate.
    config.set_main_option("script_location", str(folder()).replace("%", "%%"))
    command.upgrade(config, "head")


def _difference(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_server_default": True})
    return list(compare_metadata(context, METADATA))
