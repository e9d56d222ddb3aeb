"""Joining: the way from members to groups, by the rule for units and the one for periods.

Data are pooled first. Scores are joined within each period first, unit to group, and then period to period.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from steelyard.analysis.rollup import Joined, Membership, Part, join, parts
from steelyard.scheme.rollup import RollUp
from steelyard.scoring import Outcome
from steelyard.scoring.observations import Codes, Floats, Rows
from steelyard.services.rollups.cells import Cells
from steelyard.services.rollups.pooling import Pairs, Pool

POOLED = "pooled"


@dataclass(frozen=True)
class Groups:
    """Which units of the cells belong to which group, as pairs; scored: groups that are one such unit."""

    unit: Rows
    group: Rows
    scored: tuple[bool, ...]

    @classmethod
    def of(cls, members: Sequence[Sequence[int]], scored: Sequence[bool]) -> Groups:
        """Groups of units by their places among the cells' units."""
        numbers = np.repeat(np.arange(len(members)), [len(each) for each in members])
        units = np.array([at for each in members for at in each], dtype=np.intp)
        return cls(units, numbers, tuple(scored))

    def __len__(self) -> int:
        """How many groups there are."""
        return len(self.scored)


@dataclass(frozen=True)
class Step:
    """What the last step joined: of_units or periods, each a member (m,), what it had (m, nodes).

    label: (m,) its place among the cells' units or periods. pooled: whether data were pooled, so that nothing
    was weighed.
    """

    of_units: bool
    label: Rows
    rates: Floats
    outcomes: Codes
    membership: Membership
    pooled: bool = False


@dataclass(frozen=True)
class Crossed:
    """Units in periods, where both are joined: whose groups' they are, and what they weigh, (periods, units).

    weights: None where data were pooled, so that nothing was weighed.
    """

    groups: Groups
    weights: Floats | None = None


@dataclass(frozen=True)
class Rolled:
    """What groups come to, and the last step to it; crossed: None where it is the only one.

    Where both axes are joined, `found` counts units in periods.
    """

    found: Joined
    step: Step
    crossed: Crossed | None = None


@dataclass(frozen=True)
class Way:
    """Along which axes is rolled up, and by which rules; pool: the cells' data, where any are pooled."""

    rules: RollUp
    by_units: bool
    by_periods: bool
    overlapping: bool = False
    pool: Pool | None = None

    @property
    def pools_units(self) -> bool:
        """Whether the units' data are pooled."""
        return self.by_units and self.rules.units == POOLED

    @property
    def pools_periods(self) -> bool:
        """Whether the periods' data are pooled."""
        return self.by_periods and self.rules.periods == POOLED

    @property
    def pools(self) -> bool:
        """Whether any data are pooled."""
        return self.pools_units or self.pools_periods


def roll_up(cells: Cells, groups: Groups, way: Way) -> Rolled:
    """Roll cells up to groups."""
    if way.pool is None or not way.pools:
        return _scores(cells, groups, way, _units_joined)
    if way.pools_units and way.by_periods and not way.pools_periods:
        return _scores(cells, groups, way, _units_pooled)
    if way.pools_periods and way.by_units and not way.pools_units:
        return _periods_pooled(cells, groups, way, way.pool)
    return _all_pooled(cells, groups, way, way.pool)


_WithinPeriod = Callable[[Cells, Groups, Way, int], Joined]


def _scores(cells: Cells, groups: Groups, way: Way, within: _WithinPeriod) -> Rolled:
    """Units within each period, then periods."""
    each = [within(cells, groups, way, period) for period in range(len(cells.periods))]
    if not way.by_periods:
        weights = _unit_weights(cells.weights(way.rules.units)[0], groups)
        membership = Membership(groups.unit, groups.group, weights, len(groups))
        step = Step(True, np.arange(len(cells.units)), cells.rates[0], cells.outcomes[0], membership)
        return Rolled(each[0], step)
    rates = np.concatenate([found.rates for found in each])
    outcomes = np.concatenate([found.outcomes for found in each])
    weights = np.concatenate([_period_weights(cells, groups, way, at) for at in range(len(each))])
    label, group = np.divmod(np.arange(len(rates)), len(groups))
    membership = Membership(np.arange(len(rates)), group, weights, len(groups))
    found = join(rates, outcomes, membership)
    shares = np.concatenate([one.coverages for one in each])
    found = replace(found, coverages=_coverages(shares, found, membership))
    step = Step(False, label, rates, outcomes, membership)
    if not way.by_units:
        return Rolled(found, step)
    members = np.concatenate([one.members for one in each])
    counted = np.concatenate([one.counted for one in each])
    weighed = None if way.pools_units else cells.weights(way.rules.units)
    return Rolled(_counting(found, members, counted, step), step, Crossed(groups, weighed))


def _units_joined(cells: Cells, groups: Groups, way: Way, period: int) -> Joined:
    weights = _unit_weights(cells.weights(way.rules.units)[period], groups)
    membership = Membership(groups.unit, groups.group, weights, len(groups))
    return join(cells.rates[period], cells.outcomes[period], membership)


def _units_pooled(cells: Cells, groups: Groups, way: Way, period: int) -> Joined:
    if way.pool is None:
        raise ValueError("nothing to pool")
    cell = period * len(cells.units) + groups.unit
    return way.pool.pooled(Pairs(cell, groups.group, len(groups)))


def _periods_pooled(cells: Cells, groups: Groups, way: Way, pool: Pool) -> Rolled:
    """The data of each unit's periods, then units."""
    units, periods = len(cells.units), len(cells.periods)
    pairs = Pairs(np.arange(units * periods), np.tile(np.arange(units), periods), units)
    of_units = pool.pooled(pairs, overlapping=way.overlapping)
    weights = _unit_weights(_sums(cells.weights(way.rules.units)), groups)
    membership = Membership(groups.unit, groups.group, weights, len(groups))
    found = join(of_units.rates, of_units.outcomes, membership)
    # Where no unit has a figure because none can have one, that is the reason.
    for group in range(len(groups)):
        of_group = groups.unit[groups.group == group]
        nothing = found.outcomes[group] == Outcome.MISSING
        found.causes[group][nothing] = of_units.causes[of_group].max(axis=0, initial=0)[nothing]
        found.feeds[group] = of_units.feeds[of_group].sum(axis=0)
        found.declared[group] = of_units.declared[of_group].sum(axis=0)
    found = replace(found, coverages=_coverages(of_units.coverages, found, membership))
    step = Step(True, np.arange(units), of_units.rates, of_units.outcomes, membership)
    return Rolled(_counting(found, of_units.members, of_units.counted, step), step, Crossed(groups))


def _all_pooled(cells: Cells, groups: Groups, way: Way, pool: Pool) -> Rolled:
    """The data of all units in all periods."""
    units, periods = len(cells.units), len(cells.periods)
    starts = np.repeat(np.arange(periods) * units, len(groups.unit))
    pairs = Pairs(starts + np.tile(groups.unit, periods), np.tile(groups.group, periods), len(groups))
    found = pool.pooled(pairs, overlapping=way.by_periods and way.overlapping)
    best = cells.outcomes.min(axis=0) if periods else cells.outcomes[:1].min(axis=0)
    if way.by_units:
        alone = cells.rates[0] if periods == 1 else np.full_like(cells.rates[0], np.nan)
        membership = Membership(groups.unit, groups.group, np.ones(len(groups.unit)), len(groups))
        step = Step(True, np.arange(units), alone, best, membership, pooled=True)
        return Rolled(found, step, Crossed(groups) if way.by_periods else None)
    label = np.repeat(np.arange(periods), units)
    membership = Membership(pairs.cell, pairs.row, np.ones(len(pairs.cell)), len(groups))
    nodes = cells.rates.shape[2]
    of_cells = cells.rates.reshape(-1, nodes), cells.outcomes.reshape(-1, nodes)
    return Rolled(found, Step(False, label, *of_cells, membership, pooled=True))


def _counting(found: Joined, members: Rows, counted: Rows, step: Step) -> Joined:
    """Count units in periods, (m, nodes) of each member of the last step: none of one that does not count."""
    of = step.membership.member
    part = parts(step.outcomes[of], step.membership.weight[:, np.newaxis])
    of_members, of_counted = np.zeros_like(found.members), np.zeros_like(found.counted)
    np.add.at(of_members, step.membership.group, members[of])
    np.add.at(of_counted, step.membership.group, np.where(part == Part.COUNTED, counted[of], 0))
    return replace(found, members=of_members, counted=of_counted)


def _unit_weights(of_units: Floats, groups: Groups) -> Floats:
    """By pair what the unit weighs in its group; one that is the whole group weighs 1, whatever it has."""
    itself = np.array(groups.scored, dtype=bool)[groups.group]
    return np.where(itself, 1.0, of_units[groups.unit])


def _period_weights(cells: Cells, groups: Groups, way: Way, period: int) -> Floats:
    """What a period weighs in each group: 1, or the volume of its units, as far as it is known."""
    of_units = cells.weights(way.rules.periods)[period][groups.unit]
    known = ~np.isnan(of_units) & (of_units >= 0)
    if way.rules.periods in ("mean", POOLED, None):
        return np.ones(len(groups))
    total = np.bincount(groups.group, np.where(known, of_units, 0.0), len(groups))
    return np.where(np.bincount(groups.group[known], minlength=len(groups)) > 0, total, np.nan)


def _sums(weights: Floats) -> Floats:
    """A unit's weights of all periods together, as far as they are known; alike where all are 1."""
    known = ~np.isnan(weights) & (weights >= 0)
    total = np.where(known, weights, 0.0).sum(axis=0)
    return np.where(known.any(axis=0), total, np.nan)


def _coverages(shares: Floats, found: Joined, membership: Membership) -> Floats:
    """By weight the members' own coverages; a member without score covers nothing."""
    applies = ~np.isnan(shares)
    outcomes = np.where(applies, Outcome.SCORED, Outcome.NOT_APPLICABLE).astype(np.uint8)
    together = join(np.where(applies, shares, 0.0), outcomes, membership).rates
    return np.where(np.isnan(found.coverages), np.nan, np.nan_to_num(together))
