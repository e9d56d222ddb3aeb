"""One row of an evaluation, node by node: what the formats for people and programs have in common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from steelyard.errors import Text
from steelyard.scheme.model import Indicator
from steelyard.scheme.rule import QuotaRule
from steelyard.scoring import Evaluation, Outcome, Reason, RuleState, rule_reason
from steelyard.scoring.observations import Floats


@dataclass(frozen=True, slots=True)
class NodeScore:
    """One node of one row. Numbers are None where there are none; rate and coverage are 0…1."""

    indicator: Indicator
    depth: int
    outcome: Outcome
    reason: Reason
    rate: float | None
    full: float | None
    coverage: float | None
    band: str | None
    passed: bool | None

    @property
    def points(self) -> float | None:
        """Rate × full mark."""
        return None if self.rate is None or self.full is None else self.rate * self.full


@dataclass(frozen=True, slots=True)
class Quota:
    """The band that a quota rule expects of a row, in a group of so many units, and in words."""

    rule: QuotaRule
    band: str
    group: int
    reason: Text


class ScoreRows:
    """Hands the rows of an evaluation out."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation

    @cached_property
    def _fulls(self) -> Floats:
        return np.stack([self.evaluation.full(code) for code in self.evaluation.codes])

    @cached_property
    def _coverages(self) -> Floats:
        return np.stack([self.evaluation.coverage(code) for code in self.evaluation.codes])

    def unit(self, row: int) -> str:
        """The name of the row's unit."""
        seen = self.evaluation.observations
        return seen.units[int(seen.unit[row])]

    def period(self, row: int) -> str:
        """The code of the row's period."""
        seen = self.evaluation.observations
        return seen.periods[int(seen.period[row])].code

    def verdict(self, row: int) -> str | None:
        """The row's verdict."""
        return _word(int(self.evaluation.verdict[row]), self.evaluation.verdict_words)

    def rules(self, row: int) -> Iterator[tuple[str, RuleState, Text]]:
        """The rules that fired or could not be decided, and why."""
        states = self.evaluation.rule_states[:, row].tolist()
        for rule, state in zip(self.evaluation.scheme.rules, states, strict=True):
            if state != RuleState.QUIET:
                yield rule.id, RuleState(state), rule_reason(self.evaluation, row, rule)

    def quotas(self, row: int) -> Iterator[Quota]:
        """What the quota rules expect of the row; nothing of a row that is in no group."""
        for rule in self.evaluation.scheme.rules:
            expected = int(self.evaluation.quota_band(rule.id)[row]) if isinstance(rule, QuotaRule) else -1
            if isinstance(rule, QuotaRule) and expected >= 0:
                group = int(self.evaluation.distribution[self.evaluation.observations.period[row]].sum())
                reason = rule_reason(self.evaluation, row, rule)
                yield Quota(rule, self.evaluation.bands[expected], group, reason)

    def nodes(self, row: int) -> Iterator[NodeScore]:
        """All nodes in preorder."""
        result = self.evaluation
        tables = (result.outcomes, result.reasons, result.rates, self._fulls, self._coverages)
        outcomes, reasons, rates, fulls, coverages = (table[:, row].tolist() for table in tables)
        bands, passes = result.band_marks[:, row].tolist(), result.passes[:, row].tolist()
        for index, node in enumerate(result.trees[0].nodes):
            yield NodeScore(
                node.indicator,
                node.depth,
                Outcome(outcomes[index]),
                Reason(reasons[index]),
                _number(rates[index]),
                _number(fulls[index]),
                _number(coverages[index]),
                _word(bands[index], result.bands),
                None if passes[index] < 0 else bool(passes[index]),
            )


def figure(number: float) -> float:
    """The float with 14 significant digits, as many as hold through every step; a zero has no sign."""
    return float(f"{number:.14g}") + 0.0


def _number(number: float) -> float | None:
    return None if number != number else number


def _word(index: int, words: tuple[str, ...]) -> str | None:
    return words[index] if index >= 0 else None
