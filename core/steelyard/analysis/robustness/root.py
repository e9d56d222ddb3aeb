"""Root: what rules make of the root's rate: adjustments, the cut to 0…1, and the limits of vetoes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from steelyard.scheme.rule import AdjustRule, VetoRule
from steelyard.scoring.cells import Cells
from steelyard.scoring.evaluation import Evaluation
from steelyard.scoring.exact import ExactScores, Leaves
from steelyard.scoring.groups import NEAR, Chunk
from steelyard.scoring.observations import Floats, Rows
from steelyard.scoring.outcome import RuleState
from steelyard.scoring.rubrics.function import Bools
from steelyard.scoring.rules.adjust import adjust
from steelyard.scoring.rules.standing import Standing
from steelyard.scoring.rules.veto import cap_rate
from steelyard.scoring.tree import Tree

Nodes = Mapping[int, tuple[Bools, Floats]]
"""Whether each node has a score and its rate, by index; arrays that broadcast to (d, n)."""


@dataclass(frozen=True)
class Limit:
    """A veto that limits the score to `rate`.

    fired: (1, n), where a measure decides. nodes: else those of which one at `at_most` or below decides, but
    where `exempt`, (1, n).
    """

    rate: float
    fired: Bools
    exempt: Bools
    nodes: tuple[int, ...]
    at_most: float


@dataclass(frozen=True)
class RootRules:
    """The rules of n units that change the root's rate. added: (1, n), as a rate. cut: whether to 0…1."""

    added: Floats
    cut: bool
    limits: tuple[Limit, ...]

    def take(self, units: Rows) -> RootRules:
        """Those of some of the units, one or more times each."""
        limits = tuple(
            replace(limit, fired=limit.fired[:, units], exempt=limit.exempt[:, units])
            for limit in self.limits
        )
        return RootRules(self.added[:, units], self.cut, limits)

    def apply(self, nodes: Nodes, *, final: bool) -> Floats:
        """The root's rates after rules, before vetoes unless `final`; anything where it has no score."""
        scored, rate = nodes[0]
        if self.added.any():
            rate = rate + self.added
        if self.cut:
            rate = np.clip(rate, 0.0, 1.0)
        for limit in self.limits if final else ():
            fired = limit.fired
            for index in limit.nodes:
                known, at = (scored, rate) if index == 0 else nodes[index]
                # Floats this near the line are on it: nobody is limited by the last digits of a draw.
                fired = fired | (known & (at <= limit.at_most + NEAR) & ~limit.exempt)
            rate = np.where(fired, np.minimum(rate, limit.rate), rate)
        return np.asarray(rate)


def root_rules(evaluation: Evaluation, tree: Tree, rows: Rows) -> RootRules:
    """The rules of the rows (n,), which were scored with one tree."""
    standing = _standing(evaluation, tree, rows)
    added = np.zeros((1, len(rows)))
    limits: list[Limit] = []
    for state, rule in zip(evaluation.rule_states, evaluation.scheme.rules, strict=True):
        if isinstance(rule, AdjustRule):
            added += adjust(rule, standing)[1] / 100
        cap = cap_rate(rule, standing) if isinstance(rule, VetoRule) else None
        if cap is None or not isinstance(rule, VetoRule):
            continue
        line = rule.when.rate_at_most
        by_nodes = line is not None
        fired = (state[rows] == RuleState.FIRED) & (not by_nodes)
        nodes = tuple(map(tree.index, rule.when.any_of)) if by_nodes else ()
        at_most = float(standing.number(line)) if line is not None else 0.0
        exempt = standing.exempt(rule.id)[np.newaxis]
        limits.append(Limit(float(cap), fired[np.newaxis], exempt, nodes, at_most))
    return RootRules(added, evaluation.scheme.cap != "none", tuple(limits))


def _standing(evaluation: Evaluation, tree: Tree, rows: Rows) -> Standing:
    """What rules are asked with, for the rows as they were scored."""
    cells = Cells(evaluation.observations)
    outcome, rate = evaluation.outcomes[:, rows], evaluation.rates[:, rows]
    chunk = Chunk(outcome, evaluation.reasons[:, rows], rate, evaluation.coverages[:, rows], None)
    exact = ExactScores(tree, cells, outcome, rate, rows, Leaves())
    return Standing(tree, cells, chunk, evaluation.passes[:, rows], exact, rows)
