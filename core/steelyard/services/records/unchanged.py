"""Whether what is held of a table is still what was read: a lock may be lost while its holder works on.

PostgreSQL's locks end with their session, which a network, a pooler or an administrator can take away. Who
then measures on does so over records that somebody else is about to change; it must not be kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from steelyard.access.scope import Scope
from steelyard.errors import Problem, TransientError
from steelyard.services.context import Context
from steelyard.services.records.measuring import tables_read
from steelyard.store import record_imports, stamps
from steelyard.store.problems import LOCK_HELD
from steelyard.store.transaction import Reader, Writer


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The version stamps of what is held of a table and of those that are measured with it."""

    context: Context
    table: str
    seen: Mapping[str, int]

    @classmethod
    async def look(cls, context: Context, scope: Scope, table: str) -> Self:
        """Look at the stamps; what is held is to be read afterwards."""
        async with context.database.read(scope) as reader:
            return cls(context, table, await _stamps(context, reader, scope, table))

    async def require(self, writer: Writer, scope: Scope) -> None:
        """Raise TransientError (LOCK_HELD) where somebody imported, withdrew or declared anything since.

        To be called where the topic of the structure is claimed: whoever does one of these claims it first.
        """
        if await _stamps(self.context, writer, scope, self.table) != self.seen:
            values = {"database": self.context.database.name, "name": self.table}
            raise TransientError(Problem(LOCK_HELD, values=values))


async def _stamps(context: Context, reader: Reader, scope: Scope, table: str) -> dict[str, int]:
    found = await stamps.read(reader, scope)
    tables = (context.packs.record_tables[name] for name in tables_read(context, table))
    topics = [record_imports.topic(each.pack, each.table.table) for each in tables]
    return {topic: found.get(topic, 0) for topic in topics}
