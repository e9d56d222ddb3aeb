"""Deeds of units: created, renamed, closed and reopened, given attributes and persons; moves apart."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, InvalidInput, Place, Problem, Text
from steelyard.services.administration import problems as p
from steelyard.services.administration.deed import Change, Deed
from steelyard.services.administration.own_rating import require_not_own_person
from steelyard.services.administration.person_state import find_person
from steelyard.services.administration.texts import LONGEST_CODE, code_problems, text_problems
from steelyard.services.administration.unit_state import UNIT, find_unit
from steelyard.store import attributes, parentage, stamps, units
from steelyard.store.attributes import Setting
from steelyard.store.parentage import Placement
from steelyard.store.spans import BEGINNING
from steelyard.store.transaction import Reader, Writer
from steelyard.store.units import NewUnit, UnitRecord

NAMED = 5
"""How many of the open units below a message names."""


@dataclass(frozen=True, slots=True)
class CreateUnit(Deed[UnitRecord]):
    """Create a unit below another, or at the top without one."""

    name: ClassVar = "unit.create"
    title: ClassVar = Text("新建评价对象", "Create a unit")
    permission: ClassVar = Permission.UNIT_EDIT
    topics: ClassVar = (stamps.STRUCTURE,)

    unit: str
    title_zh: str
    title_en: str
    unit_type: str
    parent: str | None = None
    opened_on: date | None = None

    def problems(self) -> Iterable[Problem]:
        """What is wrong with codes and titles."""
        yield from code_problems("unit", self.unit)
        yield from text_problems("title_zh", self.title_zh)
        yield from text_problems("title_en", self.title_en)
        yield from code_problems("unit_type", self.unit_type)

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[UnitRecord]:
        """Record the unit and where it stands; Conflict (UNIT_EXISTS).

        Codes are unique in the tenant, so whoever may create units learns which are taken: the permission is
        needed on the whole of it.
        """
        tenant = Scope(scope.tenant_id)
        if await units.load(writer, tenant, codes=[self.unit]):
            raise Conflict(Problem(p.UNIT_EXISTS, Place(field="unit"), {"unit": self.unit}))
        new = NewUnit(self.unit, Text(self.title_zh, self.title_en), self.unit_type, self.opened_on)
        made = (await units.ensure(writer, tenant, [new]))[self.unit]
        if self.parent is not None:
            above = await find_unit(writer, scope, self.parent)
            await parentage.place(writer, tenant, [Placement(made.id, above.id)])
        return Change(UNIT.subject(self.unit), None, await UNIT.state(writer, tenant, self.unit), made)


class _OfOneUnit(Deed[UnitRecord]):
    """What changes one unit that is there."""

    __slots__ = ()

    permission: ClassVar = Permission.UNIT_EDIT
    topics: ClassVar = (stamps.STRUCTURE,)

    unit: str

    async def where(self, reader: Reader, scope: Scope) -> Collection[int] | None:
        """On the unit."""
        return [(await find_unit(reader, scope, self.unit)).id]

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[UnitRecord]:
        """Change the unit."""
        found = await find_unit(writer, scope, self.unit)
        before = await UNIT.state(writer, scope, self.unit)
        await self._change(writer, scope, found)
        after = await UNIT.state(writer, scope, self.unit)
        return Change(UNIT.subject(self.unit), before, after, await find_unit(writer, scope, self.unit))

    @abstractmethod
    async def _change(self, writer: Writer, scope: Scope, found: UnitRecord) -> None:
        """Write what is to be different."""


@dataclass(frozen=True, slots=True)
class RenameUnit(_OfOneUnit):
    """Give a unit another title."""

    name: ClassVar = "unit.rename"
    title: ClassVar = Text("更名评价对象", "Rename a unit")

    unit: str
    title_zh: str
    title_en: str

    def problems(self) -> Iterable[Problem]:
        """What is wrong with the titles."""
        yield from text_problems("title_zh", self.title_zh)
        yield from text_problems("title_en", self.title_en)

    async def _change(self, writer: Writer, scope: Scope, found: UnitRecord) -> None:
        await units.rename(writer, scope, found.id, Text(self.title_zh, self.title_en))


@dataclass(frozen=True, slots=True)
class CloseUnit(_OfOneUnit):
    """Close a unit from a day on; all units below it must be closed by then."""

    name: ClassVar = "unit.close"
    title: ClassVar = Text("关闭评价对象", "Close a unit")

    unit: str
    closed_on: date

    async def _change(self, writer: Writer, scope: Scope, found: UnitRecord) -> None:
        if found.closed_on is not None:
            values = {"unit": found.code, "day": found.closed_on}
            raise Conflict(Problem(p.UNIT_IS_CLOSED, Place(field="unit"), values))
        if found.opened_on is not None and self.closed_on <= found.opened_on:
            values = {"day": self.closed_on, "opened": found.opened_on}
            raise InvalidInput(Problem(p.UNIT_CLOSES_EARLY, Place(field="closed_on"), values))
        await self._require_none_open_below(writer, scope, found)
        await units.set_days(writer, scope, found.id, found.opened_on, self.closed_on)

    async def _require_none_open_below(self, writer: Writer, scope: Scope, found: UnitRecord) -> None:
        tenant = Scope(scope.tenant_id)
        links = await parentage.load(writer, tenant, on=self.closed_on)
        below = [link.unit_id for link in links if link.parent_id == found.id]
        still = [
            unit
            for unit in await units.load(writer, tenant, ids=below)
            if unit.closed_on is None or unit.closed_on > self.closed_on
        ]
        if still:
            seen = [unit.code for unit in still if scope.sees(unit.id)]
            named = ", ".join(seen[:NAMED]) + " …" * (len(seen) > NAMED)
            values = {"unit": found.code, "count": len(still), "units": named, "day": self.closed_on}
            raise Conflict(Problem(p.UNIT_HAS_OPEN_UNITS, Place(field="unit"), values))


@dataclass(frozen=True, slots=True)
class ReopenUnit(_OfOneUnit):
    """Open a closed unit again, as if it had never been closed."""

    name: ClassVar = "unit.reopen"
    title: ClassVar = Text("重新启用评价对象", "Reopen a unit")

    unit: str

    async def _change(self, writer: Writer, scope: Scope, found: UnitRecord) -> None:
        if found.closed_on is None:
            raise Conflict(Problem(p.UNIT_IS_OPEN, Place(field="unit"), {"unit": found.code}))
        await units.set_days(writer, scope, found.id, found.opened_on, None)


@dataclass(frozen=True, slots=True)
class SetAttribute(_OfOneUnit):
    """Give a unit an attribute from a day on; without a value it has none from then on."""

    name: ClassVar = "unit.attribute"
    title: ClassVar = Text("设定评价对象的属性", "Set an attribute of a unit")

    unit: str
    attribute: str
    value: str | None
    valid_from: date = BEGINNING

    def problems(self) -> Iterable[Problem]:
        """What is wrong with name and value."""
        yield from code_problems("attribute", self.attribute)
        if self.value is not None:
            yield from text_problems("value", self.value, LONGEST_CODE)

    async def _change(self, writer: Writer, scope: Scope, found: UnitRecord) -> None:
        if self.value is None:
            await attributes.clear(writer, scope, found.id, self.attribute, self.valid_from)
        else:
            setting = Setting(found.id, self.attribute, self.value, self.valid_from)
            await attributes.assign(writer, scope, [setting])


@dataclass(frozen=True, slots=True)
class AssignPerson(_OfOneUnit):
    """Say by pseudonym for which person a unit stands; None for nobody."""

    name: ClassVar = "unit.person"
    title: ClassVar = Text("指定评价对象所代表的人员", "Say for whom a unit stands")

    unit: str
    person: str | None

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[UnitRecord]:
        """Change the unit; Forbidden without person.edit, and (OWN_RATING) where it stands for the actor.

        Who names a pseudonym learns whether there is one: the permission on persons is needed as well.
        """
        actor.require(Permission.PERSON_EDIT)
        await require_not_own_person(writer, scope, actor, await find_unit(writer, scope, self.unit))
        return await _OfOneUnit.apply(self, writer, scope, actor)

    async def _change(self, writer: Writer, scope: Scope, found: UnitRecord) -> None:
        person = None if self.person is None else await find_person(writer, scope, self.person)
        await units.set_person(writer, scope, found.id, None if person is None else person.id)
