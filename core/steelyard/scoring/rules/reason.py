"""Why a rule fired, stayed quiet or could not be decided, in words."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from steelyard.errors import Text
from steelyard.scheme.number import decimal_text
from steelyard.scheme.rule import AdjustRule, GateRule, QuotaRule, Rule, VetoRule
from steelyard.scoring.cells import Cells
from steelyard.scoring.evaluation import Evaluation
from steelyard.scoring.outcome import Outcome, RuleState
from steelyard.scoring.rules.quota import band_shares, places
from steelyard.scoring.tree import Tree

QUIET = Text("未触发", "does not hold here")
EXEMPT = Text("该对象已豁免", "the unit is exempt from it")


def rule_reason(evaluation: Evaluation, row: int, rule: Rule) -> Text:
    """Say why `rule` of the evaluation's scheme has its state in one row."""
    state = RuleState(int(evaluation.rule_state(rule.id)[row]))
    if state is RuleState.EXEMPT:
        return EXEMPT
    if isinstance(rule, QuotaRule):
        return _shared_out(evaluation, row, rule)
    if state is RuleState.QUIET:
        return QUIET
    tree = evaluation.trees[int(evaluation.tree_of[row])]
    if isinstance(rule, AdjustRule):
        return _counted(evaluation, row, rule, state, tree)
    if isinstance(rule, GateRule):
        return _required(evaluation, row, rule, state, tree)
    if isinstance(rule, VetoRule):
        return _triggered(evaluation, row, rule, state, tree)
    word = rule.band or rule.verdict
    return Text(f"连续 {rule.periods} 期为 {word}", f"{word} in {rule.periods} consecutive periods")


def _shared_out(evaluation: Evaluation, row: int, rule: QuotaRule) -> Text:
    """What the quota expects of a unit, and how the places compare with the bands by score."""
    expected = int(evaluation.quota_band(rule.id)[row])
    if expected < 0:
        return QUIET
    scheme = evaluation.scheme
    found = evaluation.distribution[int(evaluation.observations.period[row])].tolist()
    due = places(band_shares(rule, scheme), sum(found))
    by_quota, by_score = (" : ".join(map(str, counts)) for counts in (due, found))
    labels = [band.title or Text(band.code, band.code) for band in scheme.bands]
    own, other = labels[int(evaluation.band_marks[0, row])], labels[expected]
    advisory = Text("，仅供参考", "; advisory") if rule.advisory else Text("", "")
    return Text(
        f"按分布应为 {other.zh}，按得分为 {own.zh}；{sum(found)} 个对象按分布为 {by_quota}，"
        f"按得分为 {by_score}{advisory.zh}",
        f"{other.en} by the quota, {own.en} by its score; the quota shares out {sum(found)} units "
        f"{by_quota}, their scores {by_score}{advisory.en}",
    )


def _value(evaluation: Evaluation, row: int, measure: str) -> str:
    value = Cells(evaluation.observations).exact(measure, row)
    return "0" if value is None else decimal_text(value)


def _unknown(measure: str) -> Text:
    return Text(f"{measure} 没有数据", f"{measure} was not recorded")


def _counted(evaluation: Evaluation, row: int, rule: AdjustRule, state: RuleState, tree: Tree) -> Text:
    if state is RuleState.UNDECIDED:
        return _unknown(rule.measure)
    count, each = _value(evaluation, row, rule.measure), rule.each.resolved(dict(tree.parameters))
    shown = decimal_text(each)
    limit = None if rule.at_most is None else decimal_text(rule.at_most.resolved(dict(tree.parameters)))
    most = Text("", "") if limit is None else Text(f"（最多计 {limit} 次）", f" (at most {limit} counted)")
    return Text(
        f"{rule.measure} 为 {count} 次，每次 {shown} 分{most.zh}",
        f"{rule.measure} counts {count}, {shown} each{most.en}",
    )


def _names(tree: Tree, indices: Iterable[int]) -> Text:
    labels = [tree.nodes[i].indicator.label for i in indices]
    return Text("、".join(label.zh for label in labels), ", ".join(label.en for label in labels))


def _open(evaluation: Evaluation, row: int, indices: Iterable[int]) -> list[int]:
    return [i for i in indices if evaluation.outcomes[i, row] > Outcome.NOT_APPLICABLE]


def _required(evaluation: Evaluation, row: int, rule: GateRule, state: RuleState, tree: Tree) -> Text:
    above = rule.require.children_of
    nodes = tree.nodes[tree.index(above)].children if above else map(tree.index, rule.require.nodes)
    nodes = tuple(nodes)
    if state is RuleState.UNDECIDED:
        names = _names(tree, _open(evaluation, row, nodes) or nodes)
        return Text(f"{names.zh} 是否达标未知", f"whether {names.en} passed is not known")
    names = _names(tree, [i for i in nodes if evaluation.passes[i, row] == 0])
    return Text(f"{names.zh} 未达标", f"{names.en} did not pass")


def _triggered(evaluation: Evaluation, row: int, rule: VetoRule, state: RuleState, tree: Tree) -> Text:
    when = rule.when
    if when.measure is not None:
        if state is RuleState.UNDECIDED:
            return _unknown(when.measure)
        value = _value(evaluation, row, when.measure)
        return Text(f"{when.measure} 达 {value}", f"{when.measure} reached {value}")
    nodes = tuple(map(tree.index, when.any_of))
    if state is RuleState.UNDECIDED:
        names = _names(tree, _open(evaluation, row, nodes))
        return Text(f"{names.zh} 没有得分", f"{names.en} has no score")
    line = when.rate_at_most.resolved(dict(tree.parameters)) if when.rate_at_most else None
    limit = np.inf if line is None else float(line) + 1e-12
    names = _names(tree, [i for i in nodes if _rate(evaluation, row, i) <= limit])
    shown = "" if line is None else decimal_text(line, percent=True)
    return Text(f"{names.zh} 的得分率不高于 {shown}", f"{names.en} is at or below {shown}")


def _rate(evaluation: Evaluation, row: int, index: int) -> float:
    """A node's rate as the veto saw it: the root's before any cap of a veto."""
    if index:
        return float(evaluation.rates[index, row])
    uncut = float(evaluation.uncut[row]) / 100
    return uncut if evaluation.scheme.cap == "none" else min(max(uncut, 0.0), 1.0)
