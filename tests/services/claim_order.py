"""In which order writers claim topics: two that claim the same ones otherwise wait for each other for ever.

On SQLite nobody would notice, as there is one writer at a time; so every test of a service looks at it.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

import pytest

from steelyard.access.scope import Scope
from steelyard.store import stamps
from steelyard.store.transaction import Writer

ORDER = (
    stamps.TENANTS,
    stamps.STRUCTURE,
    "exemptions",
    "imports",
    "assessments",
    "weights",
    "plans",
    "records",
    "pack",
    stamps.RUNS,
    stamps.CLOSED,
    "objections",
    "notices",
    stamps.PERSONS,
    stamps.ACCESS,
    stamps.POLICIES,
    stamps.ACTS,
)
"""The topics, the first claimed first; of those of records and of packs what comes before the colon."""
Claimed = tuple[str, ...]


class Claims:
    """What each transaction claimed, in order."""

    def __init__(self) -> None:
        self._held = WeakKeyDictionary[Writer, list[tuple[int, str]]]()
        self._out_of_turn: list[Claimed] = []

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        """Note all claims from now on."""
        claim = stamps.claim

        async def noted(writer: Writer, scope: Scope, topic: str) -> None:
            self._note(writer, scope.tenant_id, topic)
            await claim(writer, scope, topic)

        patch.setattr(stamps, "claim", noted)

    @property
    def out_of_turn(self) -> list[Claimed]:
        """What was held, and last what should have been claimed before it."""
        return self._out_of_turn

    def _note(self, writer: Writer, tenant: int, topic: str) -> None:
        held = self._held.setdefault(writer, [])
        if (tenant, topic) in held:
            return
        later = [before for whose, before in held if whose == tenant and _turn(before) > _turn(topic)]
        if later:
            self._out_of_turn.append((*later, topic))
        held.append((tenant, topic))


def _turn(topic: str) -> tuple[int, str]:
    return ORDER.index(topic.partition(":")[0]), topic
