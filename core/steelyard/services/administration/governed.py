"""Governed rows: what acts answer for. Each kind of subject can tell the states of its rows as they are."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass

from steelyard.access.scope import Scope
from steelyard.services.administration.canonical import State
from steelyard.store.transaction import Reader

ReadStates = Callable[[Reader, Scope, Collection[str] | None], Awaitable[Mapping[str, State]]]
"""The states of a tenant's rows by key: of all, or of those with these keys that are there.

With keys no other row is looked at: one that cannot be read stands in the way of nobody else.
"""


@dataclass(frozen=True, slots=True)
class Governed:
    """A kind of subject, `kind:key` in acts; `read` tells its rows as they stand now.

    key: what acts call a row, by the columns that name it.
    """

    kind: str
    read: ReadStates
    key: Callable[..., str] = str

    def subject(self, key: str) -> str:
        """How acts call the row with that key."""
        return f"{self.kind}:{key}"

    async def state(self, reader: Reader, scope: Scope, key: str) -> State | None:
        """The row's state as it stands now; None where it is not there."""
        return (await self.read(reader, Scope(scope.tenant_id), [key])).get(key)
