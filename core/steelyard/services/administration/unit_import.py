"""Importing units: a table of them created and changed by one deed, all of it or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.problems import UNIT_NOT_FOUND
from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput, Kind, Place, Problem, Text
from steelyard.scheme.suggestion import suggested
from steelyard.services.administration import problems as p
from steelyard.services.administration import unit_table_problems as u
from steelyard.services.administration.batch import batch
from steelyard.services.administration.canonical import State, digest
from steelyard.services.administration.deed import Change, Deed, input_of
from steelyard.services.administration.own_rating import require_not_own_place
from steelyard.services.administration.unit_state import UNIT
from steelyard.services.administration.unit_table import UnitRow, row_problems
from steelyard.services.problems import not_found
from steelyard.store import attributes, parentage, stamps, units
from steelyard.store.attributes import Setting
from steelyard.store.parentage import Placement
from steelyard.store.spans import BEGINNING
from steelyard.store.transaction import Reader, Writer
from steelyard.store.units import NewUnit, UnitRecord

SUGGESTED = 20
"""For how many unknown parents the nearest known one is looked for."""


@dataclass(frozen=True, slots=True)
class UnitsImported:
    """How many units a table created, changed, and found as they were."""

    created: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class ImportUnits(Deed[UnitsImported]):
    """Create and change the units of a table.

    A unit that is there is changed in what its row says; its new parent and attributes hold from
    `valid_from`, those of a new unit as of always. One act tells of all of them.
    """

    name: ClassVar = "unit.import"
    title: ClassVar = Text("批量导入评价对象", "Import units")
    permission: ClassVar = Permission.UNIT_EDIT
    topics: ClassVar = (stamps.STRUCTURE,)

    file: str
    rows: tuple[UnitRow, ...]
    valid_from: date

    def problems(self) -> Iterable[Problem]:
        """What is wrong with the rows by themselves, wherever they come from."""
        return row_problems(self.rows, self.file)

    def waits(self, second_person: Collection[str]) -> bool:
        """A table moves and closes units, too: what asks for consent to these, asks for it here."""
        return not {self.name, "unit.move", "unit.close"}.isdisjoint(second_person)

    async def where(self, reader: Reader, scope: Scope) -> Collection[int] | None:
        """On every unit of the table and on every parent it names; on the whole tenant where one is new.

        Never on no unit at all, which everybody would be allowed: NotFound where a parent is out of scope.
        """
        named = {row.unit for row in self.rows} | {row.parent for row in self.rows if row.parent}
        found = {unit.code: unit.id for unit in await units.load(reader, scope, codes=named)}
        if not self.rows or any(row.unit not in found for row in self.rows):
            return None
        unknown = sorted(named - found.keys())
        if unknown and scope.unit_ids is not None:
            raise not_found(UNIT_NOT_FOUND, "unit", unknown[0], ())
        moving = [found[row.unit] for row in self.rows if row.parent and row.unit in found]
        links = await parentage.load(reader, Scope(scope.tenant_id), on=self.valid_from, unit_ids=moving)
        above = {link.parent_id for link in links}
        if len(links) < len(moving) or not all(map(scope.sees, above)):
            return None
        return {*found.values(), *above}

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[UnitsImported]:
        """Check the rows against what is there, and record them."""
        tenant = Scope(scope.tenant_id)
        codes = [row.unit for row in self.rows]
        named = {*codes, *(row.parent for row in self.rows if row.parent)}
        known = {unit.code: unit for unit in await units.load(writer, tenant, codes=named)}
        # What is out of sight is not there, but its code is taken.
        hidden = {code for code, unit in known.items() if not scope.sees(unit.id)}
        known = {code: unit for code, unit in known.items() if code not in hidden}
        problems = list(self._problems(known, await self._near(writer, scope, known)))
        problems += (
            self._problem(p.UNIT_EXISTS, row, "unit", unit=row.unit)
            for row in self.rows
            if row.unit in hidden
        )
        if problems:
            raise InvalidInput(problems)
        before = await UNIT.read(writer, tenant, codes)
        await self._record(writer, tenant, known)
        after = await UNIT.read(writer, tenant, codes)
        changed = {code: state for code, state in after.items() if before.get(code) != state}
        for code in changed.keys() & before.keys():
            if before[code]["parents"] != changed[code]["parents"]:
                require_not_own_place(actor, known[code])
        told = batch(
            f"unit.import/{digest(input_of(self))}",
            _subjects({code: before[code] for code in changed if code in before}),
            _subjects(changed),
            file=self.file,
        )
        created = len(after) - len(before)
        counts = UnitsImported(created, len(changed) - created, len(after) - len(changed))
        return Change(told.subject, told.before, told.after, counts)

    async def _near(self, reader: Reader, scope: Scope, known: Collection[str]) -> list[str]:
        """The codes that an unknown parent may be meant to be; none are looked for where all are known."""
        codes = [row.unit for row in self.rows]
        if {row.parent for row in self.rows if row.parent} <= {*known, *codes}:
            return []
        return [*codes, *(unit.code for unit in await units.load(reader, scope))]

    def _problems(self, known: Mapping[str, UnitRecord], codes: Sequence[str]) -> Iterator[Problem]:
        new = {row.unit for row in self.rows} - known.keys()
        unknown = 0
        for row in self.rows:
            there = known.get(row.unit)
            if there is None:
                wanted = {"type": row.unit_type, "title_zh": row.title_zh or row.title_en}
                missing = ", ".join(name for name, cell in wanted.items() if not cell)
                if missing:
                    yield self._problem(u.UNIT_NEW_WITHOUT, row, "unit", unit=row.unit, missing=missing)
            elif row.unit_type not in (None, there.unit_type):
                values = {"unit": row.unit, "found": there.unit_type, "expected": row.unit_type}
                yield self._problem(u.UNIT_TYPE_DIFFERS, row, "type", **values)
            if row.parent and row.parent not in known and row.parent not in new:
                near = suggested(row.parent, codes if unknown < SUGGESTED else ())
                unknown += 1
                yield self._problem(u.UNIT_PARENT_UNKNOWN, row, "parent", **{**near, "parent": row.parent})
            opened, closed = _days(row, there)
            if opened is not None and closed is not None and closed <= opened:
                yield self._problem(u.UNIT_DAYS, row, "closed_on", opened=opened, closed=closed)

    def _problem(self, kind: Kind, row: UnitRow, field: str, **values: object) -> Problem:
        return Problem(kind, Place(self.file, row=row.line, field=field), values)

    async def _record(self, writer: Writer, tenant: Scope, known: Mapping[str, UnitRecord]) -> None:
        new = [row for row in self.rows if row.unit not in known]
        made = await units.ensure(writer, tenant, [_new_unit(row) for row in new])
        wanted = [(known[row.unit], _changed(known[row.unit], row)) for row in self.rows if row.unit in known]
        await units.change(writer, tenant, [now for there, now in wanted if now != there])
        ids = {code: unit.id for code, unit in {**known, **made}.items()}
        since = {row.unit: BEGINNING if row.unit in made else self.valid_from for row in self.rows}
        placements = [
            Placement(ids[row.unit], ids[row.parent], since[row.unit]) for row in self.rows if row.parent
        ]
        await parentage.place(writer, tenant, placements)
        settings = [
            Setting(ids[row.unit], name, value, since[row.unit])
            for row in self.rows
            for name, value in row.attributes
        ]
        await attributes.assign(writer, tenant, settings)


def _changed(there: UnitRecord, row: UnitRow) -> UnitRecord:
    title = Text(row.title_zh or there.title.zh, row.title_en or there.title.en)
    opened_on, closed_on = _days(row, there)
    return replace(there, title=title, opened_on=opened_on, closed_on=closed_on)


def _days(row: UnitRow, there: UnitRecord | None) -> tuple[date | None, date | None]:
    """When a unit is open: what the row says, else as it was."""
    if there is None:
        return row.opened_on, row.closed_on
    return row.opened_on or there.opened_on, row.closed_on or there.closed_on


def _new_unit(row: UnitRow) -> NewUnit:
    title = Text(row.title_zh or row.title_en or "", row.title_en or row.title_zh or "")
    return NewUnit(row.unit, title, row.unit_type or "", row.opened_on, row.closed_on)


def _subjects(states: Mapping[str, State]) -> dict[str, State]:
    return {UNIT.subject(code): state for code, state in states.items()}
