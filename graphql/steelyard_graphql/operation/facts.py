"""Facts: what is known of the request that is answered right now, for every line of the log that it causes.

No tokens, no names, no texts of queries, no query strings: an actor is the code of an account, which is a
pseudonym where a person stands behind it.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(slots=True)
class Facts:
    """One request. codes: of the errors in its answers, each once, in the order in which they came."""

    request: str
    actor: str | None = None
    tenant: int | None = None
    operation: str | None = None
    codes: list[str] = field(default_factory=list)

    def as_fields(self) -> dict[str, object]:
        """What is known, by the names that lines of the log use."""
        known = {
            "request": self.request,
            "actor": self.actor,
            "tenant": self.tenant,
            "operation": self.operation,
            "codes": ",".join(self.codes) or None,
        }
        return {name: value for name, value in known.items() if value is not None}


CURRENT: ContextVar[Facts | None] = ContextVar("facts", default=None)
"""The facts of the request to which the running code belongs; None outside of one."""
