"""Cubes: all that was measured for a scheme, and all its scores: units × periods, evaluated once.

A cube stands while nothing of its pack's measurements and of the tenant's structure changes.  It is of the
whole tenant; what a scope may see is decided where units are looked up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from steelyard.access.scope import Scope
from steelyard.errors import NotFound, Problem
from steelyard.scoring import Evaluation, Status, attributes_read, evaluate
from steelyard.scoring.observations import Rows
from steelyard.services import structure
from steelyard.services.context import View
from steelyard.services.observed import last_day, observations_of
from steelyard.services.problems import PERIOD_WITHOUT_DATA
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.structure import Structure
from steelyard.store import current_values, stamps
from steelyard.store.current_values import CurrentValues
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord

_NAMED = 8


@dataclass(frozen=True)
class Cube:
    """The scores of a scheme: `evaluation` has the rows period by period, in each the units by code.

    units: those of the scheme's type. periods: those on record of its calendars, by calendar and start.
    """

    entry: SchemeEntry
    structure: Structure
    units: tuple[UnitRecord, ...]
    periods: tuple[PeriodRecord, ...]
    evaluation: Evaluation

    def unit(self, code: str, scope: Scope) -> UnitRecord:
        """A unit that the scheme scores; NotFound (UNIT_NOT_FOUND, UNIT_NOT_SCORED)."""
        unit = self.structure.seen_by(scope).unit(code)
        self.entry.require_type(code, unit.unit_type)
        return unit

    def asked(
        self,
        codes: Sequence[str] | None,
        below: str | None,
        scope: Scope,
        period: PeriodRecord | None = None,
    ) -> tuple[UnitRecord, ...]:
        """The units of these codes, each once, in this order; else those at or below one, else all, by code.

        The tree is the one of the period's last day, today's without a period. Raises NotFound.
        """
        if codes is not None:
            return tuple(self.unit(code, scope) for code in dict.fromkeys(codes))
        if below is None:
            return self.seen(scope)
        seen = self.structure.seen_by(scope)
        on = None if period is None else last_day(period)
        ids = {unit.id for unit in seen.below(seen.unit(below), on)}
        return tuple(unit for unit in self.units if unit.id in ids)

    def seen(self, scope: Scope) -> tuple[UnitRecord, ...]:
        """The units that may be seen, by code."""
        return self.units if scope.unit_ids is None else tuple(u for u in self.units if scope.sees(u.id))

    def period(self, code: str) -> PeriodRecord:
        """A period on record of the scheme's calendars.

        Raises NotFound: PERIOD_WITHOUT_DATA for one that the calendars know but nobody recorded anything for,
        else PERIOD_NOT_FOUND.
        """
        calendars = [calendar.code for calendar in self.entry.calendars]
        found = self.structure.find_period(code, calendars)
        known = self.entry.period(code)
        if found is None and known is not None:
            measured = [period.code for period in self.measured if period.calendar == known.calendar]
            values = {"period": code, "recorded": ", ".join(measured[-_NAMED:]) or "–"}
            raise NotFound(Problem(PERIOD_WITHOUT_DATA, values=values))
        return found or self.structure.period(code, calendars)

    @cached_property
    def measured(self) -> tuple[PeriodRecord, ...]:
        """The periods in which anything was measured for the scheme, by calendar and start."""
        known = (self.evaluation.observations.status != Status.MISSING).any(axis=0)
        return tuple(each for each in self.periods if known[self.rows(self.units, each)].any())

    def row(self, unit: UnitRecord, period: PeriodRecord) -> int:
        """The row of a unit in a period."""
        return self._period_at[period.id] * len(self.units) + self._unit_at[unit.id]

    def rows(self, units: Sequence[UnitRecord], period: PeriodRecord) -> Rows:
        """The rows of units in a period, in the order of the units."""
        start = self._period_at[period.id] * len(self.units)
        if units is self.units:
            return np.arange(start, start + len(units))
        return np.array([start + self._unit_at[unit.id] for unit in units], dtype=np.intp)

    @cached_property
    def _unit_at(self) -> dict[int, int]:
        return {unit.id: at for at, unit in enumerate(self.units)}

    @cached_property
    def _period_at(self) -> dict[int, int]:
        return {period.id: at for at, period in enumerate(self.periods)}


async def load(view: View, scope: Scope, entry: SchemeEntry) -> Cube:
    """Return the cube of a scheme for the scope's tenant, from memory while its stamps stand."""
    tenant = Scope(scope.tenant_id)

    async def build() -> Cube:
        whole = await structure.load_whole(view, tenant)
        async with view.context.database.read(tenant) as reader:
            values = await current_values.load(
                reader,
                tenant,
                entry.pack,
                measures=entry.measures,
                unit_type=entry.scheme.unit_type,
                calendar=entry.calendars[0].code if len(entry.calendars) == 1 else None,
            )
        return await asyncio.to_thread(_evaluated, entry, whole, values)

    topics = [stamps.STRUCTURE, stamps.pack_topic(entry.pack)]
    return await view.kept(tenant, ("cube", entry.code), topics, build)


def _evaluated(entry: SchemeEntry, whole: Structure, values: CurrentValues) -> Cube:
    order = {calendar.code: number for number, calendar in enumerate(entry.calendars)}
    units = tuple(unit for unit in whole.units if unit.unit_type == entry.scheme.unit_type)
    periods = tuple(
        sorted(
            (period for period in whole.periods if period.calendar in order),
            key=lambda period: (order[period.calendar], period.start, period.code),
        )
    )
    names = set(attributes_read(entry.scheme))
    settings = [setting for setting in whole.settings if setting.name in names]
    observations = observations_of(values, units, periods, tuple(entry.measures), settings)
    scores = evaluate(entry.scheme, observations, rubrics=entry.rubrics)
    return Cube(entry, whole, units, periods, scores)
