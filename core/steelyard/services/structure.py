"""Structure: a tenant's units, their tree and attributes, its calendars and periods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from steelyard.access.actor import Actor
from steelyard.access.problems import UNIT_NOT_FOUND
from steelyard.access.scope import Scope
from steelyard.services import seen_periods
from steelyard.services.context import View
from steelyard.services.problems import not_found
from steelyard.store import attributes, calendars, parentage, periods, stamps, units
from steelyard.store.attributes import AttributeRecord
from steelyard.store.calendars import CalendarRecord
from steelyard.store.parentage import ParentRecord
from steelyard.store.periods import PeriodRecord, PeriodState
from steelyard.store.problems import PERIOD_NOT_FOUND
from steelyard.store.units import UnitRecord

_SCOPES = 16
"""Of how many scopes a structure keeps what they show."""


@dataclass(frozen=True)
class Structure:
    """What a tenant consists of, at one moment and in memory; what is dated is kept with its days.

    Where a method takes a day `on`, None is today.
    """

    units: tuple[UnitRecord, ...]
    parents: tuple[ParentRecord, ...]
    settings: tuple[AttributeRecord, ...]
    calendars: tuple[CalendarRecord, ...]
    periods: tuple[PeriodRecord, ...]

    def unit(self, code: str) -> UnitRecord:
        """The unit with this code; NotFound (UNIT_NOT_FOUND)."""
        if code not in self._units_by_code:
            raise not_found(UNIT_NOT_FOUND, "unit", code, self._units_by_code)
        return self._units_by_code[code]

    def has_unit(self, code: str) -> bool:
        """Tell whether there is a unit with this code."""
        return code in self._units_by_code

    def unit_by_id(self, id: int) -> UnitRecord | None:
        """The unit with this database id."""
        return self._units_by_id.get(id)

    def period(self, code: str, calendars: Sequence[str] = ()) -> PeriodRecord:
        """The period on record with this code, of the first of `calendars` (all if none) that has it.

        Raises NotFound (PERIOD_NOT_FOUND).
        """
        found = self.find_period(code, calendars)
        if found is None:
            of_these = (each.code for each in self.periods if not calendars or each.calendar in calendars)
            raise not_found(PERIOD_NOT_FOUND, "period", code, of_these, calendars="")
        return found

    def find_period(self, code: str, calendars: Sequence[str] = ()) -> PeriodRecord | None:
        """As `period`, but None where there is none."""
        named = calendars or [calendar.code for calendar in self.calendars]
        found = (self._periods_by_code.get((calendar, code)) for calendar in named)
        return next((period for period in found if period is not None), None)

    def period_by_id(self, id: int) -> PeriodRecord | None:
        """The period with this database id."""
        return self._periods_by_id.get(id)

    def parent(self, unit: UnitRecord, on: date | None = None) -> UnitRecord | None:
        """The unit above; None at the top, and where it is out of scope."""
        found = _in_force(self._parents_by_unit[unit.id], on)
        return None if found is None else self._units_by_id.get(found.parent_id)

    def children(self, unit: UnitRecord | None, on: date | None = None) -> tuple[UnitRecord, ...]:
        """The units directly below one, by code; for None those at the top."""
        if unit is None:
            return tuple(each for each in self.units if self.parent(each, on) is None)
        links = (link for link in self._parents_by_parent[unit.id] if _holds(link, on))
        below = (self._units_by_id.get(link.unit_id) for link in links)
        return tuple(sorted((each for each in below if each is not None), key=lambda each: each.code))

    def below(self, unit: UnitRecord, on: date | None = None) -> tuple[UnitRecord, ...]:
        """The unit and all below it, parents first."""
        return tuple(self._walk(unit, on or date.today()))

    def attributes(self, unit: UnitRecord, on: date | None = None) -> Mapping[str, str]:
        """The unit's attributes by name."""
        return {each.name: each.value for each in self._settings_by_unit[unit.id] if _holds(each, on)}

    def values_of(self, name: str, on: date | None = None) -> Iterator[tuple[int, str]]:
        """What an attribute is on a day: the ids of the units that have it, and its values."""
        for each in self._settings_by_name[name]:
            if _holds(each, on):
                yield each.unit_id, each.value

    def attribute_history(self, unit: UnitRecord) -> tuple[AttributeRecord, ...]:
        """The unit's attributes of all times, by name and day."""
        return tuple(self._settings_by_unit[unit.id])

    def seen_by(self, scope: Scope, measured: frozenset[int]) -> Structure:
        """What may be seen in a scope, in `measured` periods of which something is recorded there.

        Closed periods are closed for everybody. Calendars are on record because of somebody: only who sees
        all units sees all of them.
        """
        if scope.unit_ids is None:
            return self
        key = scope.unit_ids, measured
        if key not in self._seen:
            self._seen[key] = self._narrowed(scope, measured)
            if len(self._seen) > _SCOPES:
                del self._seen[next(iter(self._seen))]
        return self._seen[key]

    def _narrowed(self, scope: Scope, measured: frozenset[int]) -> Structure:
        seen = tuple(each for each in self.periods if each.id in measured or each.state is PeriodState.CLOSED)
        named = {period.calendar for period in seen}
        return replace(
            self,
            units=tuple(each for each in self.units if scope.sees(each.id)),
            parents=tuple(
                each for each in self.parents if scope.sees(each.unit_id) and scope.sees(each.parent_id)
            ),
            settings=tuple(each for each in self.settings if scope.sees(each.unit_id)),
            calendars=tuple(each for each in self.calendars if each.code in named),
            periods=seen,
        )

    def _walk(self, unit: UnitRecord, on: date) -> Iterator[UnitRecord]:
        yield unit
        for child in self.children(unit, on):
            yield from self._walk(child, on)

    @cached_property
    def _seen(self) -> dict[tuple[frozenset[int], frozenset[int]], Structure]:
        return {}

    @cached_property
    def _units_by_code(self) -> dict[str, UnitRecord]:
        return {unit.code: unit for unit in self.units}

    @cached_property
    def _units_by_id(self) -> dict[int, UnitRecord]:
        return {unit.id: unit for unit in self.units}

    @cached_property
    def _periods_by_code(self) -> dict[tuple[str, str], PeriodRecord]:
        return {(period.calendar, period.code): period for period in self.periods}

    @cached_property
    def _periods_by_id(self) -> dict[int, PeriodRecord]:
        return {period.id: period for period in self.periods}

    @cached_property
    def _parents_by_unit(self) -> Mapping[int, list[ParentRecord]]:
        links = defaultdict[int, list[ParentRecord]](list)
        for link in self.parents:
            links[link.unit_id].append(link)
        return links

    @cached_property
    def _parents_by_parent(self) -> Mapping[int, list[ParentRecord]]:
        links = defaultdict[int, list[ParentRecord]](list)
        for link in self.parents:
            links[link.parent_id].append(link)
        return links

    @cached_property
    def _settings_by_name(self) -> Mapping[str, list[AttributeRecord]]:
        settings = defaultdict[str, list[AttributeRecord]](list)
        for setting in self.settings:
            settings[setting.name].append(setting)
        return settings

    @cached_property
    def _settings_by_unit(self) -> Mapping[int, list[AttributeRecord]]:
        settings = defaultdict[int, list[AttributeRecord]](list)
        for setting in self.settings:
            settings[setting.unit_id].append(setting)
        return settings


async def load(view: View, actor: Actor, scope: Scope) -> Structure:
    """Return the tenant's structure as the scope shows it; from memory while its stamp stands."""
    whole = await load_whole(view, scope)
    return whole if scope.unit_ids is None else await narrowed(view, scope, whole)


async def narrowed(view: View, scope: Scope, whole: Structure) -> Structure:
    """Return what a scope shows of a structure: only what is recorded of its units puts a period there."""
    seen = tuple(unit for unit in whole.units if scope.sees(unit.id))
    return whole.seen_by(scope, await seen_periods.load(view, scope, seen))


async def load_whole(view: View, scope: Scope) -> Structure:
    """Return the structure of the scope's tenant, seen or not: what cubes are built on. Five statements."""
    tenant = Scope(scope.tenant_id)

    async def read() -> Structure:
        async with view.context.database.read(tenant) as reader:
            return Structure(
                units=tuple(await units.load(reader, tenant)),
                parents=tuple(await parentage.load(reader, tenant)),
                settings=tuple(await attributes.load(reader, tenant)),
                calendars=tuple(await calendars.load(reader, tenant)),
                periods=tuple(await periods.load(reader, tenant)),
            )

    return await view.kept(tenant, "structure", [stamps.STRUCTURE], read)


def _holds(record: ParentRecord | AttributeRecord, on: date | None) -> bool:
    day = on or date.today()
    return record.valid_from <= day and (record.valid_to is None or day < record.valid_to)


def _in_force(links: Sequence[ParentRecord], on: date | None) -> ParentRecord | None:
    return next((link for link in links if _holds(link, on)), None)
