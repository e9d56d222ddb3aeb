"""Bringing a database to the version of the code, and refusing to work with one that is not.

The migrations are in the folder `migrations/` of a checkout; a wheel carries them inside this package.
Whoever changes a table adds a file to `migrations/versions`: `difference` tells whether the two agree.

A revision is called `0008`, or `0008_since_0006` where code that knows revisions up to 0006 can go on
working with the database after it, as after one that only adds. So an older server goes on while newer ones
take over; what nobody needs any more goes with a later revision, once no such server is left.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection

from steelyard.errors import ConfigError, Kind, Problem
from steelyard.store.engine import Database, open_database
from steelyard.store.problems import (
    DATABASE_FOREIGN,
    DATABASE_MISSING,
    DATABASE_NEWER,
    DATABASE_OUTDATED,
)
from steelyard.store.tables import METADATA

_LOCK = 0x5374_6565_6C79_6172
"""The key of PostgreSQL's advisory lock under which one process migrates at a time."""

_SINCE = re.compile(r"(?P<number>[0-9]{4})_since_(?P<oldest>[0-9]{4})")
_VERSION_TABLE = "alembic_version"
_RELATIONS = {
    "sqlite": r"""
        SELECT name FROM sqlite_schema
        WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name
        """,
    # What an extension brings along, as a database may have from its template, is nobody's data.
    "postgresql": """
        SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE nspname = current_schema() AND relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT EXISTS (
            SELECT FROM pg_depend
            WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e'
        ) ORDER BY relname
        """,
}
_NAMED_MOST = 5
"""Tables of another program that a message names."""


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
    is older than the database, or (DATABASE_FOREIGN) where it is another program's.
    """
    async with (
        open_database(url, create=True, alter=True) as database,
        database.bare(write=True) as connection,
    ):
        if database.dialect == "postgresql":
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)").bindparams(key=_LOCK))
        found = await connection.run_sync(_heads)
        _refuse_unknown(database, found)
        if found is None:
            await _refuse_foreign(database, connection)
        await connection.run_sync(_upgrade)
        if database.dialect == "sqlite":
            await _check_references(connection)


async def require_current(database: Database) -> None:
    """Raise ConfigError unless the database is there and at the version of the code."""
    found = await _version(database)
    if found is None:
        raise _refused(DATABASE_MISSING, database, None)
    _refuse_unknown(database, found)
    if found != head():
        raise _refused(DATABASE_OUTDATED, database, found)


async def require_workable(database: Database) -> None:
    """Raise ConfigError unless the code can work with the database: its own version, or a newer that says so.

    Whoever copies the database as a whole needs `require_current`: older code does not know all of it.
    """
    found = await _version(database)
    if found is None or not _carries(found):
        await require_current(database)


async def difference(url: str) -> list[Any]:
    """What the database's tables have and the code's tables have not, or the other way round."""
    async with open_database(url) as database, database.bare() as connection:
        return await connection.run_sync(_difference)


def _carries(found: str) -> bool:
    """Tell whether a version is newer than the code and says that the code can go on with it."""
    said = _SINCE.fullmatch(found)
    return said is not None and said["oldest"] <= head()[:4] < said["number"]


async def _version(database: Database) -> str | None:
    if database.is_missing():
        return None
    async with database.bare() as connection:
        return await connection.run_sync(_heads)


def _refuse_unknown(database: Database, found: str | None) -> None:
    known = {script.revision for script in _scripts().walk_revisions()}
    if found is not None and found not in known:
        raise _refused(DATABASE_NEWER, database, found)


async def _refuse_foreign(database: Database, connection: AsyncConnection) -> None:
    rows = await connection.execute(text(_RELATIONS[database.dialect]))
    names = [name for (name,) in rows if name != _VERSION_TABLE]
    if names:
        listed = ", ".join((*names[:_NAMED_MOST], *(["…"] if len(names) > _NAMED_MOST else [])))
        raise ConfigError(Problem(DATABASE_FOREIGN, values={"database": database.name, "tables": listed}))


async def _check_references(connection: AsyncConnection) -> None:
    # They were not held while tables were rebuilt; before the commit they must be whole again.
    broken = (await connection.execute(text("PRAGMA foreign_key_check"))).all()
    if broken:
        raise RuntimeError(f"the migration broke {len(broken)} references, the first in {broken[0][0]}")


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
