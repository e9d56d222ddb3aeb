"""Final rates, exactly: the root's after adjustments, the cut to 0…100 and the caps of vetoes."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from steelyard.scheme.rule import AdjustRule, VetoRule
from steelyard.scoring.cells import Cells
from steelyard.scoring.evaluation import Evaluation
from steelyard.scoring.exact import Exact, ExactScores, Leaves, as_decimal
from steelyard.scoring.groups import Chunk
from steelyard.scoring.observations import Rows
from steelyard.scoring.outcome import RuleState, Status
from steelyard.scoring.rules.adjust import adjust
from steelyard.scoring.rules.standing import Standing
from steelyard.scoring.rules.veto import cap_rate


class FinalRates:
    """Works out exact final rates of rows whose root has a score, after gates and vetoes were applied."""

    def __init__(self, result: Evaluation, cells: Cells) -> None:
        self._result, self._cells = result, cells
        self._known: dict[int, Leaves] = {}

    def of(self, rows: Rows) -> list[Exact]:
        """The rates of these rows, in their order. Where scores are equal, units often measured the same."""
        first, which = self._distinct(rows)
        rates = self._each(rows[first])
        return [rates[number] for number in which.tolist()]

    def _distinct(self, rows: Rows) -> tuple[Rows, Rows]:
        """Positions of rows that differ in what was measured or in their tree, and which of them each is."""
        seen = self._result.observations
        known = np.where(seen.status[:, rows] == Status.VALUE, seen.values[:, rows], 0.0)
        alone = np.full(len(rows), -1)
        long = self._cells.long(seen.measures, rows)
        alone[long] = rows[long]
        exempt = [mask[rows] for masks in (seen.exempt_nodes, seen.exempt_rules) for mask in masks.values()]
        key = np.vstack([known, seen.status[:, rows], self._result.tree_of[rows], alone, *exempt])
        _, first, which = np.unique(key, axis=1, return_index=True, return_inverse=True)
        return first, which

    def _each(self, rows: Rows) -> list[Exact]:
        found: dict[int, Exact] = {}
        tree_of = self._result.tree_of[rows]
        for number in np.unique(tree_of).tolist():
            of_tree = rows[tree_of == number]
            found.update(zip(of_tree.tolist(), self._of_tree(number, of_tree), strict=True))
        return [found[row] for row in rows.tolist()]

    def _of_tree(self, number: int, rows: Rows) -> list[Exact]:
        standing = self._standing(number, rows)
        rules = standing.tree.scheme.rules
        for rule in rules:
            if isinstance(rule, AdjustRule):
                adjust(rule, standing)
        rates = [standing.root_rate(at) for at in range(len(rows))]
        for rule, states in zip(rules, self._result.rule_states[:, rows], strict=True):
            cap = cap_rate(rule, standing) if isinstance(rule, VetoRule) else None
            if cap is not None:
                fired = (states == RuleState.FIRED).tolist()
                rates = [_limited(rate, cap) if hit else rate for rate, hit in zip(rates, fired, strict=True)]
        return rates

    def _standing(self, number: int, rows: Rows) -> Standing:
        result, tree = self._result, self._result.trees[number]
        outcome, rate = result.outcomes[:, rows], result.rates[:, rows]
        known = self._known.setdefault(number, {})
        exact = ExactScores(tree, self._cells, outcome, rate, rows, known)
        chunk = Chunk(outcome, result.reasons[:, rows], rate, result.coverages[:, rows], None)
        return Standing(tree, self._cells, chunk, result.passes[:, rows], exact, rows)


def _limited(rate: Exact, cap: Fraction) -> Exact:
    return min(rate, cap, key=as_decimal)
