"""What is new in a period: findings of a unit that it did not have when it last had a score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from steelyard.analysis.selection import select_rows
from steelyard.improvement.finding import EarlierRate, Finding, FindingKind, Surroundings, Thresholds
from steelyard.improvement.findings import find
from steelyard.scoring.outcome import Outcome
from steelyard.services.cube import Cube
from steelyard.store.periods import PeriodRecord, PeriodState
from steelyard.store.units import UnitRecord

_FALL = float(Thresholds().fall)
_NOISE = 1e-9
_NEVER = frozenset({FindingKind.RULE_FIRED})
_LATER = _NEVER | {FindingKind.NOT_MEASURED, FindingKind.DATA_QUALITY}

Marks = NDArray[np.bool_]
Rates = NDArray[np.float64]


def new_findings(
    scores: Cube, period: PeriodRecord, units: Sequence[UnitRecord]
) -> Iterator[tuple[UnitRecord, Finding]]:
    """Findings by unit that it did not have when it last had a score; none where it never had one.

    Rules that fired are told of by themselves, and what peers have to do with is not looked at. What is not
    measured is no news before the period is closed: until then data still come in.
    """
    left_out = _LATER if period.state is PeriodState.OPEN else _NEVER
    past = _Past(scores, period)
    for unit, before in past.changed(units):
        known = {found.key for found in past.findings(unit, before)}
        for found in past.findings(unit, period):
            if found.key not in known and found.kind not in left_out:
                yield unit, found


class _Past:
    """A period and those before it in its calendar that are shown with the same version of the scheme."""

    def __init__(self, scores: Cube, period: PeriodRecord) -> None:
        self._scores, self._period = scores, period
        self._before = [
            each
            for each in scores.periods
            if each.calendar == period.calendar
            and each.start < period.start
            and scores.find_edition(each) is scores
        ]

    def changed(self, units: Sequence[UnitRecord]) -> Iterator[tuple[UnitRecord, PeriodRecord]]:
        """Units of which something may be new, and when they last had a score.

        Finding costs: what the arrays say already is not looked at twice.
        """
        last = np.full(len(units), -1)
        for place, each in enumerate(self._before):
            scored = self._scores.evaluation.outcomes[0, self._scores.rows(units, each)] == Outcome.SCORED
            last[scored] = place
        is_closed = self._period.state is PeriodState.CLOSED
        for place in np.unique(last[last >= 0]).tolist():
            of_place = [unit for unit, at in zip(units, last, strict=True) if at == place]
            now, then = self._marks(of_place, len(self._before)), self._marks(of_place, place)
            new = (now & ~then).any(axis=0)
            if is_closed:
                new |= self._coverage(of_place, self._period) < self._coverage(of_place, self._before[place])
            yield from ((of_place[at], self._before[place]) for at in np.flatnonzero(new).tolist())

    def findings(self, unit: UnitRecord, period: PeriodRecord) -> tuple[Finding, ...]:
        """All findings of a unit in a period."""
        row = self._scores.rows([unit], period)
        return find(select_rows(self._scores.evaluation, row), 0, around=self._around(unit, period))

    def _marks(self, units: Sequence[UnitRecord], place: int) -> Marks:
        """What is amiss with the nodes in the period at a place: kinds × nodes in rows, (…, units)."""
        evaluation = self._scores.evaluation
        period = [*self._before, self._period][place]
        rows = self._scores.rows(units, period)
        rates = np.full((len(evaluation.codes), len(units)), np.nan)
        for each in self._before[:place]:
            found = evaluation.rates[:, self._scores.rows(units, each)]
            rates = np.where(np.isnan(found), rates, found)
        falls = rates - evaluation.rates[:, rows] >= _FALL - _NOISE
        marks: list[Marks] = [evaluation.passes[:, rows] == 0, falls]
        if self._period.state is PeriodState.CLOSED:
            marks.append(evaluation.outcomes[:, rows] == Outcome.MISSING)
        return np.concatenate(marks)

    def _coverage(self, units: Sequence[UnitRecord], period: PeriodRecord) -> Rates:
        evaluation = self._scores.evaluation
        rows = self._scores.rows(units, period)
        return np.asarray(evaluation.coverage(evaluation.codes[0])[rows])

    def _around(self, unit: UnitRecord, period: PeriodRecord) -> Surroundings:
        """The rate of each node in the last period before in which it had one."""
        evaluation = self._scores.evaluation
        earlier: dict[str, EarlierRate] = {}
        for each in self._before:
            if each.start >= period.start:
                break
            rates = evaluation.rates[:, self._scores.row(unit, each)]
            known = np.flatnonzero(~np.isnan(rates)).tolist()
            earlier |= {evaluation.codes[at]: EarlierRate(each.code, float(rates[at])) for at in known}
        return Surroundings(earlier=earlier)
