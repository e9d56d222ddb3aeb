"""Moving units: below another one from a day on, or to the top."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.services.administration.deed import Change, Deed
from steelyard.services.administration.own_rating import require_not_own_place
from steelyard.services.administration.unit_state import UNIT, find_unit, parent_on
from steelyard.store import parentage, stamps
from steelyard.store.parentage import Placement
from steelyard.store.transaction import Reader, Writer
from steelyard.store.units import UnitRecord


@dataclass(frozen=True, slots=True)
class MoveUnit(Deed[UnitRecord]):
    """Let a unit stand below another from a day on, until the next move on record; without one at the top.

    Its past stays: periods before that day are scored as it stood then.
    """

    name: ClassVar = "unit.move"
    title: ClassVar = Text("移动评价对象", "Move a unit")
    permission: ClassVar = Permission.UNIT_EDIT
    topics: ClassVar = (stamps.STRUCTURE,)

    unit: str
    parent: str | None
    valid_from: date

    async def where(self, reader: Reader, scope: Scope) -> Collection[int] | None:
        """On the unit, where it stands and where it will: no branch gives itself away."""
        found = await find_unit(reader, scope, self.unit)
        new = None if self.parent is None else await find_unit(reader, scope, self.parent)
        old = await parent_on(reader, scope, found, self.valid_from)
        # A unit at the top, and one whose parent is out of sight, are answered alike.
        if new is None or old is None or not scope.sees(old.parent_id):
            return None
        return [found.id, old.parent_id, new.id]

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[UnitRecord]:
        """Record where it stands; InvalidInput (UNIT_CYCLE) where it would stand below itself.

        Forbidden (OWN_RATING) where the actor is rated with it.
        """
        found = await find_unit(writer, scope, self.unit)
        require_not_own_place(actor, found)
        before = await UNIT.state(writer, scope, self.unit)
        if self.parent is None:
            await parentage.detach(writer, scope, found.id, self.valid_from)
        else:
            new = await find_unit(writer, scope, self.parent)
            await parentage.place(writer, scope, [Placement(found.id, new.id, self.valid_from)])
        after = await UNIT.state(writer, scope, self.unit)
        return Change(UNIT.subject(self.unit), before, after, found)
