"""What is new in a period: findings of a unit that it did not have when it last had a score.

The same matters under the same keys as `improvement.findings.find`, for all units at once and without what
each costs: that takes a hundred times as long, and whoever is told can ask.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from steelyard.errors import Text
from steelyard.improvement import finding_words as words
from steelyard.improvement.finding import EarlierRate, Finding, FindingKind, Thresholds
from steelyard.scoring.outcome import REASONS, Outcome, Reason
from steelyard.scoring.tree import Node
from steelyard.services.cube import Cube
from steelyard.services.notices.peers import Peers
from steelyard.services.notices.recency import Recency
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord

_WANTED = Thresholds()
_NOISE = 1e-9
_OF_DATA = (FindingKind.NOT_MEASURED, FindingKind.DATA_QUALITY)

Marks = Mapping[FindingKind, NDArray[np.bool_]]
"""By kind, which nodes (rows) of which units (columns) it is true of."""


@dataclass(frozen=True, slots=True)
class News:
    """A finding that a unit did not have in `since`, the last period before in which it had a score."""

    unit: UnitRecord
    since: PeriodRecord
    finding: Finding


def new_findings(recency: Recency, units: Sequence[UnitRecord], peers: Peers | None = None) -> Iterator[News]:
    """Findings of a period by unit that it did not have when it last had a score; none where it never had.

    Rules that fired are told of by themselves. With `peers` only what they have to do with is looked for,
    else all but that. What is not measured is no news before the period is closed: until then data come in.
    """
    scores, period = recency.scores, recency.period
    before = [
        each
        for each in scores.periods
        if each.calendar == period.calendar
        and each.start < period.start
        and scores.find_edition(each) is scores
    ]
    last = np.full(len(units), -1)
    for place, each in enumerate(before):
        last[scores.evaluation.outcomes[0, scores.rows(units, each)] == Outcome.SCORED] = place
    for place in np.unique(last[last >= 0]).tolist():
        of_place = [unit for unit, at in zip(units, last, strict=True) if at == place]
        then = _Moment(scores, before[place], before[:place], of_place, recency.is_complete, peers).marks()
        now = _Moment(scores, period, before, of_place, recency.is_complete, peers)
        fresh = recency.nodes(of_place)
        for kind, marks in now.marks().items():
            is_new = marks & ~then[kind]
            for index, at in np.argwhere(is_new if kind in _OF_DATA else is_new & fresh).tolist():
                yield News(of_place[at], before[place], now.finding(kind, index, at))


@dataclass(frozen=True, slots=True)
class _Moment:
    """Some units in a period; before: the periods before it. is_complete: whether all data are there."""

    scores: Cube
    period: PeriodRecord
    before: Sequence[PeriodRecord]
    units: Sequence[UnitRecord]
    is_complete: bool
    peers: Peers | None
    _fulls: dict[str, NDArray[np.float64]] = field(default_factory=dict)

    def marks(self) -> Marks:
        """What is amiss."""
        if self.peers is not None:
            return {FindingKind.BEHIND_PEERS: self.peers.behind(self.units, self.period)}
        evaluation = self.scores.evaluation
        rows = self.scores.rows(self.units, self.period)
        rates, outcomes = evaluation.rates[:, rows], evaluation.outcomes[:, rows]
        earlier = np.full(rates.shape, np.nan)
        for each in self.before:
            found = evaluation.rates[:, self.scores.rows(self.units, each)]
            earlier = np.where(np.isnan(found), earlier, found)
        marks = {
            FindingKind.BELOW_LINE: evaluation.passes[:, rows] == 0,
            FindingKind.FALLING: earlier - rates >= float(_WANTED.fall) - _NOISE,
        }
        if self.is_complete:
            leaves = np.array([not node.children for node in evaluation.trees[0].nodes])
            marks[FindingKind.NOT_MEASURED] = (outcomes == Outcome.MISSING) & leaves[:, None]
            covered = self._covered()[rows]
            marks[FindingKind.DATA_QUALITY] = (covered < self._coverage_wanted() - _NOISE)[None, :]
        return marks

    def finding(self, kind: FindingKind, index: int, at: int) -> Finding:
        """The finding of a kind of a node and a unit, by where they stand."""
        evaluation = self.scores.evaluation
        row = self.scores.row(self.units[at], self.period)
        node = evaluation.trees[int(evaluation.tree_of[row])].nodes[index]
        rate, reference, (title, sentence) = self._told(kind, node, row, at)
        name = f"coverage/{node.code}" if kind is FindingKind.DATA_QUALITY else node.code
        return Finding(f"{kind.value}:{name}", kind, node.code, title, sentence, None, rate, reference)

    def _told(
        self, kind: FindingKind, node: Node, row: int, at: int
    ) -> tuple[float | None, float | None, words.Words]:
        evaluation, indicator = self.scores.evaluation, node.indicator
        rate = float(evaluation.rates[node.index, row])
        if kind is FindingKind.NOT_MEASURED:
            return None, None, _not_measured(node, REASONS[Reason(int(evaluation.reasons[node.index, row]))])
        if kind is FindingKind.DATA_QUALITY:
            covered, wanted = float(self._covered()[row]), self._coverage_wanted()
            return covered, wanted, words.low_coverage(indicator, covered, wanted)
        if kind is FindingKind.FALLING:
            earlier = self._earlier(node, at)
            return rate, earlier.rate, words.falling(indicator, rate, earlier)
        if kind is FindingKind.BEHIND_PEERS and self.peers is not None:
            found = self.peers.figures(self.period)[node.index]
            return rate, found.median, words.behind_peers(indicator, rate, found)
        if node.code not in self._fulls:
            self._fulls[node.code] = evaluation.full(node.code)
        line, full = float(node.line or 0), float(self._fulls[node.code][row])
        return rate, line, words.below_line(indicator, rate, full, line)

    def _earlier(self, node: Node, at: int) -> EarlierRate:
        """The rate of a node in the last period before in which it had one."""
        rates = self.scores.evaluation.rates[node.index]
        known = (
            (each, float(rates[self.scores.row(self.units[at], each)])) for each in reversed(self.before)
        )
        period, rate = next((each, rate) for each, rate in known if not np.isnan(rate))
        return EarlierRate(period.code, rate)

    def _covered(self) -> NDArray[np.float64]:
        """The coverage of the root in all rows."""
        evaluation = self.scores.evaluation
        return np.asarray(evaluation.coverages[evaluation.trees[0].nodes[0].group])

    def _coverage_wanted(self) -> float:
        return max(float(_WANTED.coverage), float(self.scores.entry.scheme.min_coverage.value or 0))


def _not_measured(node: Node, reason: Text) -> words.Words:
    name = node.indicator.label
    return (
        Text(f"{name.zh}未测量", f"{name.en} is not measured"),
        Text(f"{name.zh}没有得分（{reason.zh}）。", f"{name.en} has no score ({reason.en})."),
    )
