"""Cubes: all that was measured for a scheme, and all its scores: units × periods, evaluated once.

It is built of the whole tenant; what a scope shows of it is a cube in which there is nothing else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

import numpy as np

from steelyard.access.scope import Scope
from steelyard.errors import ConfigError, NotFound, Problem
from steelyard.scheme.calendar import Calendar
from steelyard.scheme.rule import StreakRule
from steelyard.scoring import Evaluation, Status, attributes_read, evaluate
from steelyard.scoring.observations import Rows
from steelyard.services import exemptions, standing_values, structure
from steelyard.services.cache import Cache
from steelyard.services.context import View
from steelyard.services.observed import last_day, observations_of
from steelyard.services.problems import PERIOD_WITHOUT_DATA
from steelyard.services.scheme_entry import SchemeEntry, SchemeNode
from steelyard.services.structure import Structure
from steelyard.services.weights import sets
from steelyard.services.weights.in_force import Settled, in_force, overlays
from steelyard.services.weights.standards import InForce, Shared
from steelyard.store.current_values import CurrentValues
from steelyard.store.exemptions import ExemptionRecord
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord
from steelyard.store.weight_sets import Content, WeightSetRecord

_NAMED = 8
_SCOPES = 8


@dataclass(frozen=True)
class Cube:
    """The scores of a scheme: `evaluation` has the rows period by period, in each the units by code.

    units: those of the scheme's type. periods: those on record of its calendars, by calendar and start.
    weight_sets: by period the one in force, None where the scheme's own weights hold. standards: by period
    the pass lines and targets of the units that are not the scheme's own.
    is_whole: whether no unit of the tenant that the scheme scores is left out.
    others: by period id the cubes that show closed periods which this one does not: they were evaluated with
    another version of the scheme. unreadable: by period id why a closed period cannot be shown at all.
    """

    entry: SchemeEntry
    structure: Structure
    units: tuple[UnitRecord, ...]
    periods: tuple[PeriodRecord, ...]
    weight_sets: tuple[WeightSetRecord | None, ...]
    standards: tuple[InForce, ...]
    evaluation: Evaluation
    is_whole: bool = True
    others: Mapping[int, Cube] = field(default_factory=dict)
    unreadable: Mapping[int, Problem] = field(default_factory=dict)

    def edition(self, period: PeriodRecord) -> Cube:
        """The cube that shows a period: this one, or for a closed period that of its own version.

        Raises ConfigError (CLOSED_VERSION_UNREADABLE, CLOSED_RESULTS_DAMAGED).
        """
        if period.id in self.unreadable:
            raise ConfigError(self.unreadable[period.id])
        return self.others.get(period.id, self)

    def find_edition(self, period: PeriodRecord) -> Cube | None:
        """As `edition`, but None where a period cannot be shown."""
        return None if period.id in self.unreadable else self.edition(period)

    def place(self, node: SchemeNode) -> int | None:
        """Where a node stands in this version of the scheme: by its code, a root as the root; else None."""
        return 0 if node.parent is None else self.evaluation.index.get(node.code)

    def node(self, code: str | None, shown: Cube) -> SchemeNode:
        """A node, the root for None: as in the edition `shown`, else in any that has it.

        NotFound (NODE_NOT_FOUND) by `shown`.
        """
        versions = (shown, self, *self.editions)
        has = next((each for each in versions if code in each.entry.by_code), shown)
        return has.entry.node(code)

    def scores(self, units: Sequence[UnitRecord]) -> bool:
        """Whether units are of the type that this version of the scheme scores; all are of one type."""
        return all(unit.unit_type == self.entry.scheme.unit_type for unit in units[:1])

    def unit(self, code: str) -> UnitRecord:
        """A unit that the scheme scores; NotFound (UNIT_NOT_FOUND, UNIT_NOT_SCORED)."""
        unit = self.structure.unit(code)
        self.entry.require_type(code, unit.unit_type)
        return unit

    def asked(
        self,
        codes: Sequence[str] | None,
        below: str | None = None,
        period: PeriodRecord | None = None,
    ) -> tuple[UnitRecord, ...]:
        """The units of these codes, each once, in this order; else those at or below one, else all, by code.

        The tree is the one of the period's last day, today's without a period. Raises NotFound.
        """
        if codes is not None:
            return tuple(self.unit(code) for code in dict.fromkeys(codes))
        if below is None:
            return self.units
        on = None if period is None else last_day(period)
        ids = {unit.id for unit in self.structure.below(self.structure.unit(below), on)}
        return tuple(unit for unit in self.units if unit.id in ids)

    @property
    def editions(self) -> tuple[Cube, ...]:
        """The cubes of other versions, each once."""
        return tuple({id(cube): cube for cube in self.others.values()}.values())

    @cached_property
    def calendars(self) -> tuple[Calendar, ...]:
        """The scheme's calendars, then those of other versions."""
        every = (calendar for cube in (self, *self.editions) for calendar in cube.entry.calendars)
        return tuple({calendar.code: calendar for calendar in every}.values())

    @cached_property
    def on_record(self) -> tuple[PeriodRecord, ...]:
        """The periods of these calendars that are on record, by calendar and start."""
        every = {period.id: period for cube in (self, *self.editions) for period in cube.periods}
        return self._ordered(every.values())

    def period(self, code: str) -> PeriodRecord:
        """A period on record of the scheme's calendars.

        Raises NotFound: PERIOD_WITHOUT_DATA for one that the calendars know but nobody recorded anything for,
        else PERIOD_NOT_FOUND.
        """
        calendars = [calendar.code for calendar in self.calendars]
        found = self.structure.find_period(code, calendars)
        known = self.entry.period(code)
        if found is None and known is not None:
            measured = [period.code for period in self.measured if period.calendar == known.calendar]
            values = {"period": code, "recorded": ", ".join(measured[-_NAMED:]) or "–"}
            raise NotFound(Problem(PERIOD_WITHOUT_DATA, values=values))
        return found or self.structure.period(code, calendars)

    @cached_property
    def measured(self) -> tuple[PeriodRecord, ...]:
        """The periods in which anything was measured for the scheme, by calendar and start.

        Of a closed period it is told by its own version, which may read other measures.
        """
        known = (self.evaluation.observations.status != Status.MISSING).any(axis=0)
        own = [each for each in self.periods if known[self.rows(self.units, each)].any()]
        shown = {period.id: period for cube in self.editions for period in cube.measured}
        others = [shown[id] for id in self.others if id in shown]
        return self._ordered([*(each for each in own if each.id not in self.others), *others])

    def _ordered(self, periods: Iterable[PeriodRecord]) -> tuple[PeriodRecord, ...]:
        order = {calendar.code: number for number, calendar in enumerate(self.calendars)}
        return tuple(sorted(periods, key=lambda each: (order[each.calendar], each.start, each.code)))

    def position(self, unit: UnitRecord) -> int:
        """Where a unit stands among the units, from 0."""
        return self._unit_at[unit.id]

    def weight_set(self, period: PeriodRecord) -> WeightSetRecord | None:
        """The weight set in force in a period; None where the scheme's own weights hold."""
        return self.weight_sets[self._period_at[period.id]]

    def content(self, period: PeriodRecord) -> Content:
        """What is laid over the scheme in a period."""
        found = self.weight_set(period)
        return Content() if found is None else found.content

    def targets(self, period: PeriodRecord, unit: UnitRecord) -> Mapping[str, Fraction]:
        """The targets of a unit by node code, as rates."""
        targets = self.standards[self._period_at[period.id]].targets
        return targets.each[int(targets.of[self._unit_at[unit.id]])]

    def standards_of(self, units: Sequence[UnitRecord], period: PeriodRecord) -> InForce:
        """The pass lines and targets of some units in a period, where they are not the scheme's own."""
        found = self.standards[self._period_at[period.id]]
        at = np.array([self._unit_at[unit.id] for unit in units], dtype=np.intp)
        lines, targets = (Shared(each.each, each.of[at]) for each in (found.lines, found.targets))
        return InForce(lines, targets)

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
    def cuts(self) -> Cache:
        """What is left of the cube in the scopes that asked last."""
        return Cache(_SCOPES)

    @cached_property
    def _unit_at(self) -> dict[int, int]:
        return {unit.id: at for at, unit in enumerate(self.units)}

    @cached_property
    def _period_at(self) -> dict[int, int]:
        return {period.id: at for at, period in enumerate(self.periods)}


async def build(
    view: View,
    tenant: Scope,
    entry: SchemeEntry,
    *,
    used: Mapping[int, WeightSetRecord | None] | None = None,
) -> Cube:
    """Evaluate a scheme for a tenant, with the weight sets that are published.

    used: by period id, the weight sets of the only periods that are asked for; None for the scheme's own.
    """
    whole = await structure.load_whole(view, tenant)
    values = await standing_values.load(view, tenant, entry)
    known = [each for each in await sets.every(view, tenant, entry) if each.published_at is not None]
    units = tuple(unit for unit in whole.units if unit.unit_type == entry.scheme.unit_type)
    exempt = exemptions.known_by(await exemptions.every(view, tenant), entry, None)
    return await asyncio.to_thread(evaluated, entry, whole, units, values, known, used, exempt)


def evaluated(
    entry: SchemeEntry,
    whole: Structure,
    units: tuple[UnitRecord, ...],
    values: CurrentValues,
    published: Sequence[WeightSetRecord],
    decided: Mapping[int, WeightSetRecord | None] | None,
    exempt: Sequence[ExemptionRecord],
) -> Cube:
    """Evaluate what stands, or stood once, of some units. decided: as `used` of `build`."""
    periods = _periods(entry, whole, decided)
    names = set(attributes_read(entry.scheme))
    settings = [setting for setting in whole.settings if setting.name in names]
    observed = observations_of(values, units, periods, tuple(entry.measures), settings)
    observations = exemptions.exempted(observed, exempt, whole, units, periods)
    decided = decided or {}
    used = tuple(decided[each.id] if each.id in decided else in_force(published, each) for each in periods)
    settled = [
        Settled.of(Content() if found is None else found.content, whole, units, period)
        for found, period in zip(used, periods, strict=True)
    ]
    scores = evaluate(entry.scheme, observations, overlay=overlays(settled), rubrics=entry.rubrics)
    return Cube(entry, whole, units, periods, used, tuple(each.standards for each in settled), scores)


def _periods(entry: SchemeEntry, whole: Structure, asked: Collection[int] | None) -> tuple[PeriodRecord, ...]:
    """The scheme's periods on record by calendar and start: all, or these and, for streaks, those before."""
    order = {calendar.code: number for number, calendar in enumerate(entry.calendars)}
    of_scheme = [period for period in whole.periods if period.calendar in order]
    if asked is not None:
        looks_back = any(isinstance(rule, StreakRule) for rule in entry.scheme.rules)
        last = {each.calendar: each.start for each in sorted(of_scheme, key=_start) if each.id in asked}
        of_scheme = [
            each
            for each in of_scheme
            if each.id in asked or (looks_back and each.start < last.get(each.calendar, each.start))
        ]
    return tuple(sorted(of_scheme, key=lambda each: (order[each.calendar], each.start, each.code)))


def _start(period: PeriodRecord) -> date:
    return period.start
