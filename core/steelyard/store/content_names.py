"""What the database knows of a tenant's files: the identity of their folder, and which ones rows name."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from steelyard.access.scope import Scope
from steelyard.store.tables import ASSESSMENT_EVIDENCE, CONTENT_FOLDER, PLAN_EVIDENCE, RECORD_IMPORT
from steelyard.store.transaction import Reader, Writer

_NAMING = (
    RECORD_IMPORT.c.part,
    RECORD_IMPORT.c.rejects,
    ASSESSMENT_EVIDENCE.c.content,
    PLAN_EVIDENCE.c.content,
)


async def load(reader: Reader, scope: Scope) -> frozenset[str]:
    """Return the contents that rows of the tenant name: parts, rejects and evidence; three statements."""
    found: set[str] = set()
    for column in _NAMING:
        mine = column.table.c.tenant_id == scope.tenant_id
        rows = await reader.rows(select(column).where(mine, column.is_not(None)))
        found |= {row[0] for row in rows}
    return frozenset(found)


async def identity(reader: Reader, scope: Scope) -> str | None:
    """Return what the tenant's folder is known by; None where it never had one."""
    table = CONTENT_FOLDER.c
    row = await reader.first(select(table.identity).where(table.tenant_id == scope.tenant_id))
    return None if row is None else str(row.identity)


async def introduce(writer: Writer, scope: Scope, offered: str) -> str:
    """Know the tenant's folder by `offered`, unless it is known already; return what it is known by."""
    insert = postgresql.insert if writer.is_postgresql else sqlite.insert
    new = insert(CONTENT_FOLDER).values(tenant_id=scope.tenant_id, identity=offered, made_at=writer.now)
    await writer.run(new.on_conflict_do_nothing())
    return await identity(writer, scope) or offered
