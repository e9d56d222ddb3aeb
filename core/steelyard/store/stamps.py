"""Version stamps: a number for each topic, raised in the transaction that changes what it stands for.

Whoever keeps something in memory compares stamps, all of a tenant's in one statement.  The row of a stamp
is also the lock of its topic: writers claim it before they read what they are about to change.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.dialects import postgresql, sqlite

from steelyard.access.scope import Scope
from steelyard.store.tables import VERSION_STAMP
from steelyard.store.transaction import Reader, Writer

_TENANTS = 256

STRUCTURE = "structure"
"""Units, their parents and attributes, calendars, periods, scheme versions, weight sets."""
RUNS = "runs"
"""Which runs are current."""
CLOSED = "closed"
"""Which runs of closed periods are current."""
ACCESS = "access"
"""Accounts, what they were granted, and how they are known."""
PERSONS = "persons"
"""Pseudonyms, and the names behind them."""
POLICIES = "policies"
"""What the tenant decided otherwise than usual."""
TENANTS = "tenants"
"""Which tenants there are; of the tenant that operates the installation."""
ACTS = "acts"
"""The chain of acts. It is claimed after all others, so that nobody waits for each other."""


def pack_topic(pack: str) -> str:
    """The topic of the measurements in the namespace of `pack`."""
    return f"pack:{pack}"


async def read(reader: Reader, scope: Scope) -> dict[str, int]:
    """Return the stamps by topic; a topic without a stamp has never changed (0)."""
    return {row.topic: row.stamp for row in await reader.rows(_of_tenant(scope.tenant_id))}


@lru_cache(_TENANTS)
def _of_tenant(tenant_id: int) -> Select[Any]:
    """A tenant's query: every request asks it, and to write it anew takes as long."""
    table = VERSION_STAMP.c
    return select(table.topic, table.stamp).where(table.tenant_id == tenant_id)


async def claim(writer: Writer, scope: Scope, topic: str) -> None:
    """Hold the topic until the transaction ends: other writers of it wait, readers do not.

    What is recorded is of the time when the first topic was had.
    """
    insert = postgresql.insert if writer.is_postgresql else sqlite.insert
    new = insert(VERSION_STAMP).values(tenant_id=scope.tenant_id, topic=topic, stamp=0)
    same = {"stamp": VERSION_STAMP.c.stamp}
    await writer.run(new.on_conflict_do_update(index_elements=["tenant_id", "topic"], set_=same))
    if not writer.has_waited:
        writer.look_at_clock()


async def advance(writer: Writer, scope: Scope, topic: str) -> None:
    """Raise the stamp of a topic that was claimed."""
    table = VERSION_STAMP.c
    mine = (table.tenant_id == scope.tenant_id) & (table.topic == topic)
    await writer.run(update(VERSION_STAMP).where(mine).values(stamp=table.stamp + 1))
