"""What rules did to a root's score: the points that each adjustment added, and the caps of vetoes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from steelyard.scheme.rule import AdjustRule, VetoRule
from steelyard.scoring.cells import Cells
from steelyard.scoring.evaluation import Evaluation
from steelyard.scoring.exact import ExactScores
from steelyard.scoring.groups import Chunk
from steelyard.scoring.outcome import Outcome, RuleState
from steelyard.scoring.rules.adjust import adjust
from steelyard.scoring.rules.standing import Standing
from steelyard.scoring.rules.veto import cap_rate


@dataclass(frozen=True, slots=True)
class RuleEffects:
    """All in rates, NaN without a root score.

    tree_rate: the root's as the tree has it. added: what each adjust rule adds, by id. caps: what each veto
    that fired limits the root to, by id. cut: whether totals are cut to 0…1.
    """

    tree_rate: float
    added: Mapping[str, float]
    caps: Mapping[str, float]
    cut: bool

    def final(self) -> float:
        """The root's rate after the rules."""
        return settle(
            self.tree_rate + sum(self.added.values()), min(self.caps.values(), default=None), self.cut
        )


def settle(rate: float, cap: float | None, cut: bool) -> float:
    """Cut a rate to 0…1 where the scheme says so, and limit it to a veto's cap."""
    result = min(max(rate, 0.0), 1.0) if cut else rate
    return result if cap is None else min(result, cap)


def rule_effects(evaluation: Evaluation, cells: Cells, row: int) -> RuleEffects:
    """Take apart what the rules of the evaluation's scheme did in one row."""
    tree = evaluation.trees[int(evaluation.tree_of[row])]
    rows = np.array([row], dtype=np.intp)
    outcome, rate = evaluation.outcomes[:, rows], evaluation.rates[:, rows]
    scored = int(outcome[0, 0]) == Outcome.SCORED
    exact = ExactScores(tree, cells, outcome, rate, rows, {})
    chunk = Chunk(outcome, evaluation.reasons[:, rows], rate, evaluation.coverages[:, rows], None)
    standing = Standing(tree, cells, chunk, evaluation.passes[:, rows], exact, rows)
    added: dict[str, float] = {}
    caps: dict[str, float] = {}
    for rule, states in zip(tree.scheme.rules, evaluation.rule_states[:, row].tolist(), strict=True):
        if isinstance(rule, AdjustRule):
            added[rule.id] = float(adjust(rule, standing)[1].item(0)) / 100
        cap = cap_rate(rule, standing) if isinstance(rule, VetoRule) else None
        if cap is not None and states == RuleState.FIRED:
            caps[rule.id] = float(cap)
    return RuleEffects(
        tree_rate=float(exact.rate(0, 0)) if scored else np.nan,
        added=added,
        caps=caps,
        cut=tree.scheme.cap != "none",
    )
