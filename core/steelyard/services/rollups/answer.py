"""Answers: what is told of a rolled-up unit: its indicators, who its members are, and the units below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from functools import cached_property

import numpy as np

from steelyard.analysis.rollup import Cause
from steelyard.errors import Text
from steelyard.scheme.model import Band
from steelyard.scheme.rollup import ByVolume, Join, RollUp
from steelyard.scoring import Outcome, without_noise
from steelyard.services.cube import Cube
from steelyard.services.rollups.cells import load_cells, rules_of
from steelyard.services.rollups.joining import Groups, Rolled, Way, roll_up
from steelyard.services.rollups.members import RolledMember, members_of
from steelyard.services.rollups.needs import Ledger
from steelyard.services.rollups.pooling import Pool
from steelyard.services.rollups.quotients import Quotients, titled
from steelyard.services.rollups.quotients import Way as MeasureWay
from steelyard.services.rollups.span import Span
from steelyard.services.scheme_entry import SchemeEntry, SchemeNode
from steelyard.services.score_sheet import number
from steelyard.store.units import UnitRecord


@dataclass(frozen=True, slots=True)
class RolledNode:
    """One indicator of a rolled-up unit. Figures are None where there are none; the score is 0…100.

    points: of the node's full mark as the scheme states it. coverage: the share 0…1 by weight of the members
    that count. members: to how many of them it applies, of units in periods where both are joined; counted:
    how many count. feeds: where these are not
    complete, how many it takes, of units in periods; declared: how many of them are declared complete.
    """

    node: SchemeNode
    outcome: Outcome
    cause: Cause
    rate: float | None
    score: float | None
    points: float | None
    coverage: float | None
    band: Band | None
    members: int
    counted: int
    feeds: int | None = None
    declared: int | None = None


class Sheet:
    """All that roll-ups of the units below one are made of, for one span of time."""

    def __init__(
        self,
        known: Cube,
        span: Span,
        nodes: tuple[SchemeNode, ...],
        top: UnitRecord,
        ways: Mapping[str, MeasureWay],
    ) -> None:
        self.known, self.span, self.nodes = known, span, nodes
        self._last_day = span.target.end - timedelta(days=1)
        self.ways = ways
        self.cells = load_cells(known, self.scored(top), span.periods, nodes)
        self.quotients = Quotients()

    def scored(self, unit: UnitRecord) -> tuple[UnitRecord, ...]:
        """The units that the scheme scores at or below one on the span's last day, by code."""
        if self.is_scored(unit):
            return (unit,)
        ids = {each.id for each in self.known.structure.below(unit, self._last_day)}
        return tuple(each for each in self.known.units if each.id in ids)

    def is_scored(self, unit: UnitRecord) -> bool:
        """Whether the scheme scores a unit itself."""
        return unit.unit_type == self.known.entry.scheme.unit_type

    def children(self, unit: UnitRecord) -> tuple[UnitRecord, ...]:
        """The units directly below one that are scored or have such units below, by code."""
        if self.is_scored(unit):
            return ()
        below = self.known.structure.children(unit, self._last_day)
        return tuple(each for each in below if self.scored(each))

    def of(self, units: Sequence[UnitRecord]) -> tuple[RolledUnit, ...]:
        """The roll-ups of units below the top; the rule for units is used for those that are not scored."""
        made: dict[int, RolledUnit] = {}
        for scored in (True, False):
            alike = tuple(unit for unit in units if self.is_scored(unit) is scored)
            if alike:
                rolled = self._of_alike(alike)
                made.update((unit.id, RolledUnit(self, unit, rolled, at)) for at, unit in enumerate(alike))
        return tuple(made[unit.id] for unit in units)

    def _of_alike(self, units: tuple[UnitRecord, ...]) -> Rolled:
        key = tuple(each.id for each in units)
        if key not in self._kept:
            members = [[self.cells.at[each.id] for each in self.scored(unit)] for unit in units]
            groups = Groups.of(members, [self.is_scored(unit) for unit in units])
            self._kept[key] = roll_up(self.cells, groups, self.way(by_units=not self.is_scored(units[0])))
        return self._kept[key]

    def way(self, *, by_units: bool) -> Way:
        """Along which axes is rolled up, and how."""
        way = Way(self.rules, by_units, self.span.is_rolled, self.span.overlaps)
        return replace(way, pool=self._pool) if way.pools else way

    @property
    def rules(self) -> RollUp:
        """The scheme's rules."""
        return rules_of(self.known)

    @property
    def ledger(self) -> Ledger | None:
        """What pooled units need of records; None where nothing is pooled that is computed from any."""
        pools = self.way(by_units=True).pools or self.way(by_units=False).pools
        counts = any(way.wanted is not None for way in self.ways.values())
        return self._pool.ledger if pools and counts else None

    def go_through(self, top: UnitRecord, *, below: bool) -> None:
        """Roll a unit up, and all below it, so that the ledger knows what that takes."""
        level: tuple[UnitRecord, ...] = (top,)
        self.of(level)
        while below and level:
            each = [self.children(unit) for unit in level]
            for units in filter(None, each):
                self.of(units)
            level = tuple(unit for units in each for unit in units)

    def begin_anew(self) -> None:
        """Forget what was rolled up before the ledger had what was needed."""
        self._kept.clear()

    @cached_property
    def _pool(self) -> Pool:
        return Pool(self.cells, self.ways, self.quotients)

    @cached_property
    def _kept(self) -> dict[tuple[int, ...], Rolled]:
        return {}


class RolledUnit:
    """A unit in a period: rolled up from members, or as it is scored itself."""

    def __init__(self, sheet: Sheet, unit: UnitRecord, rolled: Rolled, at: int) -> None:
        self.unit = unit
        self._sheet, self._rolled, self._at = sheet, rolled, at

    @property
    def entry(self) -> SchemeEntry:
        """The installed version of the scheme, whose rules hold."""
        return self._sheet.known.entry

    def entry_of(self, node: SchemeNode) -> SchemeEntry:
        """The version that has a node: the installed one where it does."""
        versions = (self._sheet.known, *self._sheet.known.editions)
        has = (each.entry for each in versions if node.code in each.entry.by_code)
        return next(has, self.entry)

    @property
    def span(self) -> Span:
        """The period, and those that it is made of."""
        return self._sheet.span

    @property
    def of_units(self) -> Join | None:
        """The rule by which units were rolled up; None where the unit is scored itself."""
        return None if self._sheet.is_scored(self.unit) else self._sheet.rules.units

    @property
    def of_periods(self) -> Join | None:
        """The rule by which periods were rolled up; None where the period is one of the scheme's own."""
        return self._sheet.rules.periods if self.span.is_rolled else None

    def title_of(self, rule: ByVolume) -> Text:
        """What the measure is called by which members are weighted."""
        return titled(self.entry, self._sheet.ways, rule.volume)

    @property
    def is_own(self) -> bool:
        """Whether nothing is rolled up: these are the unit's own scores."""
        return self.of_units is None and self.of_periods is None

    @cached_property
    def nodes(self) -> tuple[RolledNode, ...]:
        """The indicators that were asked for."""
        return tuple(self._node(at, node) for at, node in enumerate(self._sheet.nodes))

    @cached_property
    def members(self) -> tuple[RolledMember, ...]:
        """What the last step joined: periods where there are several and they were not pooled, else units.

        Where units and periods are both joined, what does not count of these follows: units in periods.
        Whether they count is said at the first indicator.
        """
        return self.members_at(0)

    def members_at(self, column: int) -> tuple[RolledMember, ...]:
        """The members, and whether they count at one of the indicators that were asked for, by its place."""
        return members_of(self._sheet.cells, self._rolled, self._at, column)

    @property
    def child_count(self) -> int:
        """How many `children` there are."""
        return len(self._sheet.children(self.unit))

    @cached_property
    def children(self) -> tuple[RolledUnit, ...]:
        """The units directly below, by code, with the same indicators in the same period."""
        return self._sheet.of(self._sheet.children(self.unit))

    def _node(self, column: int, node: SchemeNode) -> RolledNode:
        found, at = self._rolled.found, (self._at, column)
        scales = np.array([1, 100, node.full])
        rate, score, points = map(number, without_noise(found.rates[at] * scales).tolist())
        cause = Cause(found.causes.item(at))
        return RolledNode(
            node=node,
            outcome=Outcome(found.outcomes.item(at)),
            cause=Cause.OWN if self.is_own else cause,
            rate=rate,
            score=score,
            points=points,
            coverage=number(without_noise(found.coverages[at]).item()),
            band=None if rate is None else _band(self.entry, rate),
            members=found.members.item(at),
            counted=found.counted.item(at),
            feeds=found.feeds.item(at) if cause is Cause.FEEDS_INCOMPLETE else None,
            declared=found.declared.item(at) if cause is Cause.FEEDS_INCOMPLETE else None,
        )


def _band(entry: SchemeEntry, rate: float) -> Band | None:
    """The band that a rate lies in, the lowest for one below 0; None where the scheme has none."""
    exact = Fraction(repr(rate))
    of = (each for each in entry.bands if exact >= each.from_.resolved(entry.scheme.parameters))
    return next(of, entry.bands[-1] if entry.bands else None)
