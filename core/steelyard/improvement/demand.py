"""Demands: what a target asks of single nodes, in exact rates of the tree before rules."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from steelyard.errors import InvalidInput, Problem, Text
from steelyard.improvement import problems as p
from steelyard.improvement.path import Target, TargetKind
from steelyard.improvement.row_tree import RowTree
from steelyard.scheme.model import PASSED, Scheme
from steelyard.scheme.rule import AdjustRule, GateRule, Rule, VetoRule
from steelyard.scoring.cells import Cells
from steelyard.scoring.evaluation import Evaluation
from steelyard.scoring.exact import Exact, below_or_at, reaches
from steelyard.scoring.outcome import RuleState
from steelyard.scoring.tree import Node

NEVER = Fraction(10**9)
"""A rate that nothing reaches."""


@dataclass(frozen=True, slots=True)
class Demand:
    """A node must come to `rate`, or above it where `above`; `line` is what that is after rules."""

    node: int
    rate: Fraction
    line: Fraction
    above: bool = False

    def is_met(self, rate: Exact) -> bool:
        """Whether a rate before rules is enough."""
        return not below_or_at(rate, self.rate) if self.above else reaches(rate, self.rate)


@dataclass(frozen=True, slots=True)
class Demands:
    """What a target asks for: the first demand is of the node itself.

    blocked: why no score can reach it, of a rule that fired on something counted; None where nothing does.
    """

    each: tuple[Demand, ...]
    blocked: Text | None = None


def demands_of(evaluation: Evaluation, row: int, tree: RowTree, node: Node, target: Target) -> Demands:
    """What `target` asks of a node with a score; InvalidInput where the node can have no such target."""
    return _Asking(evaluation, row, tree).demands(node, target)


def target_band(evaluation: Evaluation, row: int, node: Node, band: str | None) -> int:
    """The place of a band among the scheme's, of the next better one if none is named; InvalidInput."""
    codes = evaluation.bands
    if not codes:
        raise InvalidInput(Problem(p.NO_BANDS))
    if band is None:
        return max(int(evaluation.band_marks[node.index, row]) - 1, 0)
    if band not in codes:
        raise InvalidInput(Problem(p.UNKNOWN_BAND, values={"band": band, "bands": ", ".join(codes)}))
    return codes.index(band)


class _Asking:
    """Demands in one row."""

    def __init__(self, evaluation: Evaluation, row: int, tree: RowTree) -> None:
        self._evaluation, self._row, self._tree = evaluation, row, tree
        self._scheme: Scheme = evaluation.scheme
        self._rules = [
            rule for rule in self._scheme.rules if evaluation.rule_state(rule.id)[row] != RuleState.EXEMPT
        ]
        self._added = self._adjustment()

    def demands(self, node: Node, target: Target) -> Demands:
        """See `demands_of`."""
        if target.kind is TargetKind.BAND:
            at = target_band(self._evaluation, self._row, node, target.band)
            bound = self._scheme.bands[at].from_.resolved({})
            if at == len(self._scheme.bands) - 1:  # what lies below it is in it too
                return Demands((Demand(node.index, -NEVER, bound),))
            return Demands((self._demand(node, bound),))
        if target.kind is TargetKind.VERDICT and node.index != 0:
            raise InvalidInput(Problem(p.VERDICT_OF_ROOT, values={"node": node.code}))
        if node.line is None:
            raise InvalidInput(Problem(p.NO_PASS_LINE, values={"node": node.code}))
        own = self._demand(node, node.line)
        if target.kind is TargetKind.LINE:
            return Demands((own,))
        rules = [rule for rule in self._rules if self._outranks(rule)]
        required = (demand for rule in rules for demand in self._required(rule))
        return Demands(tuple(dict.fromkeys((own, *required))), self._blocked(rules))

    def _demand(self, node: Node, line: Fraction, *, above: bool = False) -> Demand:
        """A demand; of the root what is left of it after adjustments and the cut to 0…1."""
        if node.index != 0:
            return Demand(node.index, line, line, above)
        if self._scheme.cap != "none":
            if line < 0 or (line == 0 and not above):
                return Demand(0, -NEVER, line)
            if line > 1 or (line == 1 and above):
                return Demand(0, NEVER, line)
        return Demand(0, line - self._added, line, above)

    def _adjustment(self) -> Fraction:
        """What adjustments add to the root's rate."""
        added, cells = Fraction(0), Cells(self._evaluation.observations)
        for rule in self._rules:
            if isinstance(rule, AdjustRule):
                count = max(cells.exact(rule.measure, self._row) or Fraction(0), Fraction(0))
                if rule.at_most is not None:
                    count = min(count, rule.at_most.resolved(dict(self._tree.tree.parameters)))
                added += count * rule.each.resolved(dict(self._tree.tree.parameters)) / 100
        return added

    def _outranks(self, rule: Rule) -> bool:
        """Whether a rule's verdict would stand before `passed`; streaks and quotas are not foreseen."""
        if not isinstance(rule, AdjustRule | GateRule | VetoRule) or rule.verdict is None:
            return False
        words = self._scheme.verdicts
        passed = words.index(PASSED) if PASSED in words else -1
        return rule.verdict != PASSED and words.index(rule.verdict) >= passed

    def _required(self, rule: Rule) -> list[Demand]:
        """What keeps a gate or a veto on nodes from firing; nodes without a score do not make it fire."""
        tree = self._tree.tree
        if isinstance(rule, GateRule):
            above = rule.require.children_of
            indices = tree.nodes[tree.index(above)].children if above else map(tree.index, rule.require.nodes)
            nodes = [tree.nodes[i] for i in indices if self._tree.is_scored(i)]
            return [self._demand(node, node.line) for node in nodes if node.line is not None]
        if isinstance(rule, VetoRule) and rule.when.rate_at_most is not None:
            line = rule.when.rate_at_most.resolved(dict(tree.parameters))
            nodes = [tree.nodes[i] for i in map(tree.index, rule.when.any_of) if self._tree.is_scored(i)]
            return [self._demand(node, line, above=True) for node in nodes]
        return []

    def _blocked(self, rules: list[Rule]) -> Text | None:
        """The first rule that something counted has set off."""
        counting = [rule for rule in rules if isinstance(rule, AdjustRule) or _counts(rule)]
        fired = [rule.id for rule in counting if self._sets_verdict(rule)]
        if not fired:
            return None
        return Text(
            f"规则 {fired[0]} 因计数触发，提高得分不能解除",
            f"the rule {fired[0]} fired on something counted, which no score undoes",
        )

    def _sets_verdict(self, rule: Rule) -> bool:
        if isinstance(rule, AdjustRule):
            count = Cells(self._evaluation.observations).exact(rule.measure, self._row)
            line = rule.veto_at
            return line is not None and (count or 0) >= line.resolved(dict(self._tree.tree.parameters))
        return bool(self._evaluation.rule_state(rule.id)[self._row] == RuleState.FIRED)


def _counts(rule: Rule) -> bool:
    return isinstance(rule, VetoRule) and rule.when.measure is not None
