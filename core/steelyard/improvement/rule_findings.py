"""Findings of rules that fired: what each took, and the consequence that the scheme names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from steelyard.improvement import finding_words as words
from steelyard.improvement.finding import Finding, FindingKind
from steelyard.improvement.playbook import Advice
from steelyard.improvement.supposition import suppose
from steelyard.improvement.weaknesses import known, without_noise
from steelyard.scheme.rule import AdjustRule, GateRule, QuotaRule, Rule, StreakRule, VetoRule
from steelyard.scoring.cells import Cells
from steelyard.scoring.evaluation import Evaluation
from steelyard.scoring.outcome import RuleState
from steelyard.scoring.rules.reason import rule_reason
from steelyard.scoring.tree import Tree


def rule_findings(
    evaluation: Evaluation, row: int, advice: Callable[[Iterable[int]], tuple[Advice, ...]]
) -> Iterator[Finding]:
    """The rules that fired against a unit; a bonus is none, nor is what a quota only advises.

    advice: what the playbook says of nodes, by their indices.
    """
    tree = evaluation.trees[int(evaluation.tree_of[row])]
    for rule in evaluation.scheme.rules:
        if evaluation.rule_state(rule.id)[row] != RuleState.FIRED or not _is_against(
            evaluation, row, rule, tree
        ):
            continue
        took, verdict = _took(evaluation, row, rule), _verdict(evaluation, row, rule, tree)
        title, sentence = words.rule_fired(rule, rule_reason(evaluation, row, rule), took, verdict)
        yield Finding(
            key=f"{FindingKind.RULE_FIRED.value}:{rule.id}",
            kind=FindingKind.RULE_FIRED,
            code=None,
            title=title,
            sentence=sentence,
            cost=took,
            advice=advice(_concerned(evaluation, row, rule, tree)),
            consequence=rule.consequence,
        )


def _is_against(evaluation: Evaluation, row: int, rule: Rule, tree: Tree) -> bool:
    """Whether a rule that fired takes points or sets a verdict."""
    if isinstance(rule, QuotaRule):
        return not rule.advisory
    if isinstance(rule, AdjustRule):
        return rule.each.resolved(dict(tree.parameters)) < 0 or _is_vetoed(evaluation, row, rule, tree)
    return True


def _is_vetoed(evaluation: Evaluation, row: int, rule: AdjustRule, tree: Tree) -> bool:
    """Whether so much was counted that the rule sets its verdict."""
    if rule.veto_at is None:
        return False
    count = Cells(evaluation.observations).exact(rule.measure, row) or Fraction(0)
    return count >= rule.veto_at.resolved(dict(tree.parameters))


def _verdict(evaluation: Evaluation, row: int, rule: Rule, tree: Tree) -> str | None:
    """The verdict that a rule sets; None where it sets none."""
    if isinstance(rule, GateRule | VetoRule):
        return rule.verdict
    if isinstance(rule, StreakRule):
        return rule.then
    if isinstance(rule, AdjustRule) and _is_vetoed(evaluation, row, rule, tree):
        return rule.verdict
    return None


def _took(evaluation: Evaluation, row: int, rule: Rule) -> float | None:
    """The points that the root would have more without the rule; None where it has no score."""
    root = evaluation.codes[0]
    full = known(float(evaluation.full(root)[row]))
    now, without = (
        known(float(suppose(evaluation, row, [{}], without_rule=rule_id).rate(root)[0]))
        for rule_id in (None, rule.id)
    )
    if full is None or now is None or without is None:
        return None
    return without_noise((without - now) * full)


def _concerned(evaluation: Evaluation, row: int, rule: Rule, tree: Tree) -> list[int]:
    """The nodes that made a rule fire; none for one that counts something."""
    if isinstance(rule, GateRule):
        return [index for index in watched(rule, tree) if evaluation.passes[index, row] == 0]
    if isinstance(rule, VetoRule) and rule.when.rate_at_most is not None:
        limit = float(rule.when.rate_at_most.resolved(dict(tree.parameters)))
        return [index for index in watched(rule, tree) if evaluation.rates[index, row] <= limit]
    return []


def watched(rule: Rule, tree: Tree) -> list[int]:
    """The nodes whose rates a rule looks at, the root left out."""
    if isinstance(rule, GateRule):
        above = rule.require.children_of
        return list(tree.nodes[tree.index(above)].children if above else map(tree.index, rule.require.nodes))
    if isinstance(rule, VetoRule):
        return list(map(tree.index, rule.when.any_of))
    return []
