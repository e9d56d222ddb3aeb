"""Sides: one evaluated row, as far as the score of a node depends on it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from steelyard.scoring.cells import Cells
from steelyard.scoring.evaluation import Evaluation
from steelyard.scoring.outcome import Outcome
from steelyard.scoring.rules.effect import RuleEffects, rule_effects
from steelyard.scoring.tree import Node, Tree


@dataclass(frozen=True, slots=True)
class Place:
    """A node among its siblings on one side.

    weight: its own weight. part: how much of that takes part in the group's mean: 1, 0, or what applies of it
    where N/A is pooled. rate: what it counts with there. outcome: whether that is a score.
    """

    weight: float
    part: float
    rate: float
    outcome: Outcome


class Side:
    """One row of an evaluation."""

    def __init__(self, evaluation: Evaluation, row: int) -> None:
        self.tree: Tree = evaluation.trees[int(evaluation.tree_of[row])]
        self.outcomes = [Outcome(each) for each in evaluation.outcomes[:, row].tolist()]
        self.rates: list[float] = evaluation.rates[:, row].tolist()
        self.rules: RuleEffects = rule_effects(evaluation, Cells(evaluation.observations), row)
        self._pooled = self.tree.scheme.not_applicable == "pooled"
        self._zero = self.tree.scheme.missing == "zero"
        self._parts: dict[int, float] = {}

    @property
    def version(self) -> str:
        """The content of the scheme that this side was evaluated with."""
        return self.tree.scheme.hash()

    def node(self, code: str) -> Node | None:
        """The node of this code; None where this version has none. The root answers to any root's code."""
        try:
            return self.tree.nodes[self.tree.index(code)]
        except KeyError:
            return None

    def scored(self, code: str) -> bool:
        """Whether a node has a score."""
        node = self.node(code)
        return node is not None and self.outcomes[node.index] is Outcome.SCORED

    def rate(self, node: Node) -> float:
        """The rate of a node before rules; NaN where it has no score."""
        if self.outcomes[node.index] is not Outcome.SCORED:
            return np.nan
        return self.rules.tree_rate if node.parent < 0 else self.rates[node.index]

    def place(self, node: Node) -> Place:
        """How a node counts among its siblings."""
        outcome = self.outcomes[node.index]
        counted = {Outcome.SCORED: self.rates[node.index]}
        if self._zero and outcome is not Outcome.NOT_APPLICABLE:
            counted.setdefault(outcome, 0.0)
        part = self._applicable(node) if outcome in counted else 0.0
        return Place(float(node.weight), part, counted.get(outcome, 0.0), outcome)

    def _applicable(self, node: Node) -> float:
        """How much of a node applies, by weight."""
        if self.outcomes[node.index] is Outcome.NOT_APPLICABLE:
            return 0.0
        if not self._pooled or not node.children:
            return 1.0
        if node.index not in self._parts:
            nodes = [self.tree.nodes[i] for i in node.children]
            whole = sum((each.weight for each in nodes), Fraction(0))
            below = sum(float(each.weight) * self._applicable(each) for each in nodes)
            self._parts[node.index] = below / float(whole)
        return self._parts[node.index]
