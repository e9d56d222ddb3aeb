"""Creation: the units, periods and calendars that a use case makes or changes beside its own work.

An import that names new units or periods, or gives units attributes, does not ask for deeds of its own: one
act tells of all that it made.
"""

from __future__ import annotations

from collections.abc import Collection

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.services.administration import chain
from steelyard.services.administration.batch import States, batch
from steelyard.services.administration.canonical import State
from steelyard.services.administration.period_state import CALENDAR, PERIOD
from steelyard.services.administration.unit_state import UNIT
from steelyard.store import stamps
from steelyard.store.acts import ActRecord
from steelyard.store.transaction import Writer


class Creation:
    """What was there before, of all calendars and periods and of the units that are watched."""

    def __init__(self, scope: Scope, before: States) -> None:
        self._scope = scope
        self._units: set[str] = set()
        self._before = dict(before)

    @classmethod
    async def begin(cls, writer: Writer, scope: Scope) -> Creation:
        """Look at calendars and periods before any is made."""
        await stamps.claim(writer, scope, stamps.STRUCTURE)
        tenant = Scope(scope.tenant_id)
        return cls(tenant, await _times(writer, tenant))

    async def watch(self, writer: Writer, units: Collection[str]) -> None:
        """Look at units, by code, before they are made or changed; at each once."""
        new = set(units) - self._units
        self._before |= await _units(writer, self._scope, new)
        self._units |= new

    async def record(
        self, writer: Writer, actor: Actor, deed: str, name: str, reason: str
    ) -> ActRecord | None:
        """Append one act that tells of all that is new or different; None where nothing is.

        To be called last in a transaction, as `chain.append`.
        """
        now = {**await _times(writer, self._scope), **await _units(writer, self._scope, self._units)}
        changed = {subject: state for subject, state in now.items() if self._before.get(subject) != state}
        if not changed:
            return None
        before = {subject: self._before[subject] for subject in changed if subject in self._before}
        change = batch(f"{deed}/{name}", before, changed)
        return await chain.append(writer, self._scope, actor, deed, change, reason=reason)


async def _units(writer: Writer, tenant: Scope, units: Collection[str]) -> States:
    states = await UNIT.read(writer, tenant, units) if units else {}
    return {UNIT.subject(key): state for key, state in states.items()}


async def _times(writer: Writer, tenant: Scope) -> States:
    found: dict[str, State] = {}
    for governed in (CALENDAR, PERIOD):
        states = await governed.read(writer, tenant, None)
        found |= {governed.subject(key): state for key, state in states.items()}
    return found
