"""Leaves: from measures to outcomes and rates, for all rows of a chunk at once."""

from __future__ import annotations

import operator

import numpy as np

from steelyard.scheme.model import Condition
from steelyard.scoring.cells import Cells
from steelyard.scoring.exact import ExactScores
from steelyard.scoring.observations import Codes, Floats, Rows
from steelyard.scoring.outcome import MISSING, NOT_APPLICABLE, SCORED, Reason, Status
from steelyard.scoring.rubrics.function import Bools, RubricFunction
from steelyard.scoring.tree import Node, Tree

TINY = 1e-4
"""A smaller rate may be mostly rounding, which other means amplify: it is taken exactly."""


class LeafScorer:
    """Scores the leaves of one tree in the rows of one chunk."""

    def __init__(self, tree: Tree, cells: Cells, rows: Rows, exact: ExactScores) -> None:
        self._tree, self._cells, self._rows, self._exact = tree, cells, rows, exact
        self._count = len(rows)
        contiguous = self._count and int(rows[-1]) - int(rows[0]) == self._count - 1
        self._span: Rows | slice = slice(int(rows[0]), int(rows[-1]) + 1) if contiguous else rows

    def score(self, node: Node, outcome: Codes, reason: Codes, rate: Floats) -> None:
        """Fill one leaf's outcome, reason and rate, each of shape (n,); the rate is 0 where unscored."""
        if node.rubric is None:
            outcome[:], reason[:], rate[:] = NOT_APPLICABLE, Reason.NO_FULL_MARK, 0.0
            return
        rubric = node.rubric
        skipped = self._read(rubric, outcome, reason)
        if node.indicator.applies_if is not None:
            self._apply_condition(node.indicator.applies_if, outcome, reason)
        rates = self._rates(rubric, skipped, outcome, reason)
        if rubric.clip:
            np.clip(rates, 0.0, 1.0, out=rate)
        else:
            rate[:] = rates
        np.copyto(rate, 0.0, where=outcome != SCORED)
        self._correct(node, rubric, outcome, rate)

    def _read(self, rubric: RubricFunction, outcome: Codes, reason: Codes) -> Bools | None:
        """Decide the outcome from the statuses; return which of several measures to skip."""
        statuses = [self._cells.status(m, self._span, self._count) for m in rubric.measures]
        if len(statuses) == 1:
            np.minimum(statuses[0], MISSING, out=outcome)
            np.copyto(reason, statuses[0])
            return None
        status = np.stack(statuses)
        skipped = status == Status.NOT_APPLICABLE
        absent = skipped.all(axis=0) if rubric.skips_not_applicable else skipped.any(axis=0)
        invalid = np.any(status == Status.INVALID, axis=0)
        missing = ((status == Status.MISSING) | (status == Status.EMPTY_FEED)).any(axis=0)
        outcome[:], reason[:] = SCORED, Reason.MEASURED
        outcome[absent], reason[absent] = NOT_APPLICABLE, Reason.VALUE_NOT_APPLICABLE
        outcome[missing | invalid] = MISSING
        reason[missing], reason[invalid] = Reason.VALUE_MISSING, Reason.VALUE_INVALID
        return skipped if skipped.any() else None

    def _apply_condition(self, condition: Condition, outcome: Codes, reason: Codes) -> None:
        status = self._cells.status(condition.measure, self._span, self._count)
        line = condition.above.resolved(dict(self._tree.parameters))
        above = self._cells.compare(condition.measure, self._rows, line, operator.gt, operator.gt)
        unmet = (status == Status.NOT_APPLICABLE) | ((status == Status.VALUE) & ~above)
        unknown = (status != Status.VALUE) & (status != Status.NOT_APPLICABLE)
        outcome[unmet], reason[unmet] = NOT_APPLICABLE, Reason.CONDITION_NOT_MET
        outcome[unknown], reason[unknown] = MISSING, Reason.CONDITION_UNKNOWN

    def _rates(self, rubric: RubricFunction, skipped: Bools | None, outcome: Codes, reason: Codes) -> Floats:
        if len(rubric.measures) == 1:
            values = self._cells.values(rubric.measures[0], self._span, self._count)[np.newaxis]
        else:
            values = np.stack([self._cells.values(m, self._span, self._count) for m in rubric.measures])
        rates = rubric.rates(values, skipped)
        unusable = rubric.unusable(values if skipped is None else np.where(skipped, 0.0, values))
        if rubric.may_fail or not rubric.clip:
            failed = ~np.isfinite(rates)
            unusable = failed if unusable is None else unusable | failed
        if unusable is not None:
            unusable &= outcome == SCORED
            outcome[unusable], reason[unusable] = MISSING, Reason.VALUE_INVALID
        return rates

    def _correct(self, node: Node, rubric: RubricFunction, outcome: Codes, rate: Floats) -> None:
        """Replace rates that floats may have got wrong by exact ones."""
        if not rubric.is_accurate:
            unsure = np.flatnonzero(outcome == SCORED).tolist()
        else:
            unsure = self._cells.long(rubric.measures, self._rows) if rubric.discrete else []
            unsure += tiny(rate) if rubric.cancels and (rubric.spacing or 0) < TINY else []
        for at in unsure:
            exact = self._exact.leaf(node, at) if outcome[at] == SCORED else None
            if exact is not None:
                rate[at] = float(exact)


def tiny(rate: Floats) -> list[int]:
    """The positions of rates that are nearly, but not quite, 0."""
    near = rate < TINY
    near &= rate > -TINY
    near &= rate != 0.0
    return np.flatnonzero(near).tolist()
