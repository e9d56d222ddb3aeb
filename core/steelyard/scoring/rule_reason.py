"""What a rule says, and why it fired or could not be decided for one unit and period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from steelyard.errors import Text
from steelyard.scheme.number import Quantity, decimal_text
from steelyard.scheme.rule import AdjustRule, GateRule, QuotaRule, Rule, StreakRule, VetoRule
from steelyard.scoring.cells import Cells
from steelyard.scoring.evaluation import Evaluation
from steelyard.scoring.outcome import Outcome, RuleState
from steelyard.scoring.tree import Tree

QUIET = Text("未触发", "it does not apply")
JUST_BELOW = 1e-9
"""A float this near a line has been compared exactly; it counts as on it."""


def rule_reason(evaluation: Evaluation, row: int, rule_id: str) -> Text:
    """Say why a rule has its state in a row: the nodes or the measure that decide it, or that are open."""
    number = evaluation.rules.index(rule_id)
    rule = evaluation.scheme.rules[number]
    state = RuleState(int(evaluation.rule_states[number, row]))
    if state is RuleState.QUIET:
        return QUIET
    return _Row(evaluation, row).reason(rule, fired=state is RuleState.FIRED)


def _codes(codes: Iterable[str]) -> Text:
    named = list(codes)
    return Text("、".join(named), ", ".join(named))


def _joined(*parts: Text) -> Text:
    return Text("".join(part.zh for part in parts), "".join(part.en for part in parts))


@dataclass(frozen=True)
class _Row:
    """One row of an evaluation."""

    evaluation: Evaluation
    row: int

    @property
    def tree(self) -> Tree:
        return self.evaluation.trees[int(self.evaluation.tree_of[self.row])]

    def reason(self, rule: Rule, *, fired: bool) -> Text:
        match rule:
            case AdjustRule():
                return self._adjust(rule) if fired else self._unknown(rule.measure)
            case GateRule():
                return self._gate(rule, fired=fired)
            case VetoRule():
                return self._veto(rule, fired=fired)
            case StreakRule():
                word = rule.band or rule.verdict or ""
                return Text(
                    f"连续至少 {rule.periods} 期为 {word}",
                    f"{word} in {rule.periods} periods in a row or more",
                )
            case QuotaRule():
                return QUIET

    def _adjust(self, rule: AdjustRule) -> Text:
        measure, count, each = rule.measure, self._value(rule.measure), self._written(rule.each)
        parts = [
            Text(
                f"{measure} 为 {decimal_text(count)}，每次 {each} 分",
                f"{measure} is {decimal_text(count)}, {each} points each",
            )
        ]
        if rule.at_most is not None:
            most = self._written(rule.at_most)
            parts.append(Text(f"，最多计 {most} 次", f", at most {most} counted"))
        if rule.veto_at is not None and count >= self._number(rule.veto_at):
            line = self._written(rule.veto_at)
            parts.append(Text(f"，达到 {line} 次", f", {line} or more"))
        return _joined(*parts)

    def _gate(self, rule: GateRule, *, fired: bool) -> Text:
        nodes = [self.evaluation.index[code] for code in self._required(rule)]
        if fired:
            failed = (i for i in nodes if self.evaluation.passes[i, self.row] == 0)
            return _joined(Text("未达标：", "not passed: "), _codes(self._named(failed)))
        unjudged = (i for i in nodes if self._is_open(i) or self.evaluation.passes[i, self.row] < 0)
        applicable = (i for i in unjudged if self._outcome(i) is not Outcome.NOT_APPLICABLE)
        return _joined(Text("无得分：", "without a score: "), _codes(self._named(applicable)))

    def _veto(self, rule: VetoRule, *, fired: bool) -> Text:
        when = rule.when
        if when.measure is not None and when.at_least is not None:
            if not fired:
                return self._unknown(when.measure)
            value = decimal_text(self._value(when.measure))
            least = self._written(when.at_least)
            return Text(
                f"{when.measure} 为 {value}，不低于 {least}", f"{when.measure} is {value}, {least} or more"
            )
        nodes = [self.evaluation.index[code] for code in when.any_of]
        if not fired or when.rate_at_most is None:
            named = _codes(self._named(i for i in nodes if self._is_open(i)))
            return _joined(Text("无得分：", "without a score: "), named)
        line = float(self._number(when.rate_at_most))
        low = (i for i in nodes if self._rate(i) <= line + JUST_BELOW)
        shown = decimal_text(self._number(when.rate_at_most), percent=True)
        return _joined(Text(f"得分率不高于 {shown}：", f"at or below {shown}: "), _codes(self._named(low)))

    def _required(self, rule: GateRule) -> Iterator[str]:
        if rule.require.children_of is None:
            yield from rule.require.nodes
            return
        parent = self.tree.nodes[self.evaluation.index[rule.require.children_of]]
        yield from (self.tree.nodes[i].code for i in parent.children)

    def _outcome(self, index: int) -> Outcome:
        return Outcome(int(self.evaluation.outcomes[index, self.row]))

    def _is_open(self, index: int) -> bool:
        return self._outcome(index) in (Outcome.MISSING, Outcome.INCOMPLETE)

    def _rate(self, index: int) -> float:
        """A node's rate as vetoes see it: the root's before a cap."""
        if index:
            return float(self.evaluation.rates[index, self.row])
        uncut = float(self.evaluation.uncut[self.row]) / 100
        return uncut if self.evaluation.scheme.cap == "none" else min(max(uncut, 0.0), 1.0)

    def _named(self, indices: Iterable[int]) -> Iterator[str]:
        return (self.evaluation.codes[index] for index in indices)

    def _unknown(self, measure: str) -> Text:
        return Text(f"{measure} 没有数据", f"{measure} was not recorded")

    def _value(self, measure: str) -> Fraction:
        """What a rule counts: 0 where nothing was recorded."""
        observations = self.evaluation.observations
        known = measure in observations.measures
        return (Cells(observations).exact(measure, self.row) if known else None) or Fraction(0)

    def _number(self, quantity: Quantity) -> Fraction:
        return quantity.resolved(dict(self.tree.parameters))

    def _written(self, quantity: Quantity) -> str:
        parameters = dict(self.tree.parameters)
        return decimal_text(self._number(quantity), percent=quantity.is_percent(parameters))
