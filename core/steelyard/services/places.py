"""Places: how many of something there are at a time, for a tenant and for each of its accounts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.errors import Kind, Problem, TransientError


@dataclass(slots=True)
class Places:
    """The places of one process; `kind` says that none is left."""

    kind: Kind
    per_tenant: int
    per_account: int
    _taken: Counter[tuple[int, str | None]] = field(default_factory=Counter)

    def take(self, actor: Actor, scope: Scope) -> None:
        """Take a place. Raises TransientError where none is left."""
        of_tenant, of_account = self._taken[scope.tenant_id, None], self._taken[scope.tenant_id, actor.id]
        if of_tenant >= self.per_tenant or of_account >= self.per_account:
            values = {"per_tenant": self.per_tenant, "per_account": self.per_account}
            raise TransientError(Problem(self.kind, values=values))
        self._taken.update(((scope.tenant_id, None), (scope.tenant_id, actor.id)))

    @property
    def taken(self) -> int:
        """How many places are taken, of all tenants."""
        return sum(count for (_, account), count in self._taken.items() if account is None)

    def leave(self, actor: Actor, scope: Scope) -> None:
        """Give a place back that was taken."""
        for key in ((scope.tenant_id, None), (scope.tenant_id, actor.id)):
            self._taken[key] -= 1
            if not self._taken[key]:
                del self._taken[key]
