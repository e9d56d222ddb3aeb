"""Recency: what of a period is news still, and what a later period has overtaken.

Data do not all come in time: a branch is late, or one of its feeds is. So a period that is not the last
brings news as well: of what has come since it was evaluated before, of each indicator of a unit as long as no
later period has a score of it. Years of data that are loaded at once are no news by that: their periods were
never evaluated before. Nor is a correction of the past: what it corrects is overtaken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from steelyard.access.scope import Scope
from steelyard.scoring.outcome import Outcome, RuleState
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.store import runs
from steelyard.store.periods import PeriodRecord, PeriodState
from steelyard.store.run_table import DAMAGED, RunTable
from steelyard.store.units import UnitRecord

RECENT = 3
"""Of how many periods of a calendar anything is told: the last in which anything was measured."""

Marks = NDArray[np.bool_]


async def results_before(
    view: View, tenant: Scope, scores: Cube, periods: Iterable[PeriodRecord]
) -> Mapping[int, RunTable]:
    """By period id what came out last of those periods that are recent, but not the last."""
    found: dict[int, RunTable] = {}
    async with view.context.database.read(tenant) as reader:
        for period in periods:
            if period not in _recent(scores, period)[:-1]:
                continue
            past = await runs.history(reader, tenant, scores.entry.code, period.id)
            try:
                found |= {each.period_id: await runs.table(reader, tenant, each.id) for each in past[-1:]}
            except DAMAGED:
                # What was stored cannot be read: `verify` tells of that, and nothing can be held against it.
                continue
    return found


def _recent(scores: Cube, period: PeriodRecord) -> Sequence[PeriodRecord]:
    return [each for each in scores.measured if each.calendar == period.calendar][-RECENT:]


@dataclass(frozen=True)
class Recency:
    """What of a period is news. before: what came out when it was evaluated last, as `results_before` says.

    is_recent: whether anything of it is told. is_complete: whether what is not measured is told: no more
    data come in, and no later period is closed as well.
    """

    scores: Cube
    period: PeriodRecord
    before: RunTable | None = None
    is_recent: bool = field(init=False)
    is_complete: bool = field(init=False)
    _later: Sequence[PeriodRecord] = field(init=False)

    def __post_init__(self) -> None:
        recent = _recent(self.scores, self.period)
        later = [each for each in recent if each.start > self.period.start]
        closed = [each for each in (self.period, *later) if each.state is PeriodState.CLOSED]
        object.__setattr__(self, "is_recent", self.period in recent)
        object.__setattr__(self, "is_complete", closed == [self.period])
        object.__setattr__(self, "_later", later)

    def nodes(self, units: Sequence[UnitRecord]) -> Marks:
        """Which nodes of which units, (nodes, units), are news."""
        evaluation = self.scores.evaluation
        now = self.scores.rows(units, self.period)
        fresh = self._changed(units, outcomes=evaluation.outcomes[:, now], rates=evaluation.rates[:, now])
        for each in self._later:
            fresh &= evaluation.outcomes[:, self.scores.rows(units, each)] != Outcome.SCORED
        return fresh

    def rules(self, units: Sequence[UnitRecord]) -> Marks:
        """Which rules, (rules, units), are news: not decided in a later period with a score."""
        evaluation = self.scores.evaluation
        fresh = self._changed(units, rules=evaluation.rule_states[:, self.scores.rows(units, self.period)])
        for each in self._later:
            rows = self.scores.rows(units, each)
            states, scored = evaluation.rule_states[:, rows], evaluation.outcomes[0, rows] == Outcome.SCORED
            fresh &= ~(scored & ((states == RuleState.QUIET) | (states == RuleState.FIRED)))
        return fresh

    def _changed(self, units: Sequence[UnitRecord], **now: NDArray[np.number]) -> Marks:
        """What is otherwise than when the period was evaluated before; all of the last period."""
        shape = next(iter(now.values())).shape
        if not self._later:
            return np.ones(shape, dtype=bool)
        changed = np.zeros(shape, dtype=bool)
        if self.before is None or self.before.nodes != self.scores.evaluation.codes:
            return changed
        at = {unit_id: column for column, unit_id in enumerate(self.before.unit_ids)}
        columns = np.array([at.get(unit.id, -1) for unit in units], dtype=np.intp)
        for name, array in now.items():
            then = self.before.arrays[name][:, columns]
            changed |= (array != then) & ~(np.isnan(array) & np.isnan(then))
        # Of a unit that was not there then, everything has come since.
        return changed | (columns < 0)
