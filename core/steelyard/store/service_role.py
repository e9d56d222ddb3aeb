"""The role as which the service works on PostgreSQL: it owns nothing, and may do what the service does.

Row-level security holds for whoever owns the tables as well (FORCE), but an owner can take it away, and a
superuser or a role with BYPASSRLS is not held by it at all.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from steelyard.errors import ConfigError, NotFound, Problem
from steelyard.store import migrate
from steelyard.store.engine import Database, open_database
from steelyard.store.problems import (
    DATABASE_NOT_POSTGRESQL,
    DATABASE_ROLE_NOT_FOUND,
    DATABASE_ROLE_POWERFUL,
    DATABASE_ROLE_UNFIT,
    DATABASE_WALL_DOWN,
)
from steelyard.store.tables import METADATA, TENANT
from steelyard.store.tables.appended import APPENDED

_POWERS = """
SELECT rolname, rolsuper, rolbypassrls, EXISTS (
    SELECT FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
        AND pg_has_role(pg_roles.oid, relowner, 'MEMBER')
) AS owns FROM pg_roles WHERE rolname = coalesce(:role, current_user)
"""
_OPEN = """
SELECT relname FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relname = any(:tables)
    AND NOT (relrowsecurity AND relforcerowsecurity)
ORDER BY relname
"""


async def grant(url: str, role: str) -> None:
    """Give a role of PostgreSQL that is there what the service needs, and take from it whatever is more.

    `url` is that of the owner.  Raises ConfigError (DATABASE_NOT_POSTGRESQL, DATABASE_ROLE_UNFIT, and where
    the database does not fit this version) and NotFound (DATABASE_ROLE_NOT_FOUND).
    """
    async with open_database(url) as database:
        if database.dialect != "postgresql":
            raise ConfigError(Problem(DATABASE_NOT_POSTGRESQL, values={"database": database.name}))
        await migrate.require_current(database)
        async with database.bare(write=True) as connection:
            found = await _powers(connection, role)
            if found is None:
                raise NotFound(Problem(DATABASE_ROLE_NOT_FOUND, values={"role": role}))
            if power := _power(found):
                raise ConfigError(Problem(DATABASE_ROLE_UNFIT, values={"role": role, "power": power}))
            for statement in await _grants(connection, role):
                await connection.execute(text(statement))


async def weaknesses(database: Database) -> list[Problem]:
    """Warn of what makes the wall between tenants weaker than it could be; nothing on SQLite."""
    if database.dialect != "postgresql":
        return []
    async with database.bare() as connection:
        found = await _powers(connection, None)
        down = await connection.execute(text(_OPEN), {"tables": list(METADATA.tables)})
        names = ", ".join(row.relname for row in down)
    problems = []
    if found is not None and (power := _power(found)):
        problems.append(Problem(DATABASE_ROLE_POWERFUL, values={"role": found.rolname, "power": power}))
    if names:
        problems.append(Problem(DATABASE_WALL_DOWN, values={"tables": names}))
    return problems


async def _powers(connection: AsyncConnection, role: str | None) -> Any:
    return (await connection.execute(text(_POWERS), {"role": role})).first()


def _power(found: Any) -> str | None:
    if found.rolsuper:
        return "SUPERUSER"
    if found.rolbypassrls:
        return "BYPASSRLS"
    return "OWNER" if found.owns else None


async def _grants(connection: AsyncConnection, role: str) -> list[str]:
    quote = connection.dialect.identifier_preparer.quote_identifier
    schema = quote(str(await connection.scalar(text("SELECT current_schema()"))))
    named = quote(str(await connection.scalar(text("SELECT current_database()"))))
    to, database = (each.replace(":", r"\:") for each in (quote(role), named))
    kept = {TENANT, *APPENDED}
    changed = ", ".join(table.name for table in METADATA.sorted_tables if table not in kept)
    appended = ", ".join(table.name for table in METADATA.sorted_tables if table in APPENDED)
    return [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {to}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM {to}",
        f"GRANT USAGE ON SCHEMA {schema} TO {to}",
        # Everybody may, unless somebody took it from them: many rows come in through temporary tables.
        f"GRANT TEMPORARY ON DATABASE {database} TO {to}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {to}",
        f"GRANT SELECT ON alembic_version TO {to}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {changed} TO {to}",
        # By its code the policies know the tenant whose acts and measurements never go.
        f"GRANT SELECT, INSERT, UPDATE (state), DELETE ON tenant TO {to}",
        # The policies let go of these only with their tenant.
        f"GRANT SELECT, INSERT, DELETE ON {appended} TO {to}",
    ]
