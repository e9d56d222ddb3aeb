"""Groups: from their children's outcomes and rates to their own, for all rows of a chunk at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from steelyard.scheme.model import Missing
from steelyard.scoring.exact import ExactScores
from steelyard.scoring.leaves import tiny
from steelyard.scoring.observations import Codes, Floats
from steelyard.scoring.outcome import INCOMPLETE, MISSING, NOT_APPLICABLE, SCORED, Reason
from steelyard.scoring.rubrics.function import Bools
from steelyard.scoring.tree import Node, Tree

NEAR = 1e-9
"""How near a line floats may lie before the exact numbers are asked."""


@dataclass(frozen=True)
class Chunk:
    """What is known of n rows: arrays of shape (nodes, n), coverage (groups, n).

    rate is 0 where there is no score until the node is judged; share, needed only where N/A is pooled, is the
    share of a node that applies.
    """

    outcome: Codes
    reason: Codes
    rate: Floats
    coverage: Floats
    share: Floats | None


class GroupScorer:
    """Scores the groups of one tree in the rows of one chunk, children before parents."""

    def __init__(self, tree: Tree, chunk: Chunk, exact: ExactScores) -> None:
        self._tree, self._chunk, self._exact = tree, chunk, exact
        self._missing: Missing = tree.scheme.missing
        value = tree.scheme.min_coverage.value
        self._min_coverage = value if value else None
        rows = chunk.rate.shape[1]
        self._sums, self._part = np.empty((4, rows)), np.empty(rows)

    def score(self, node: Node) -> None:
        """Fill one group's outcome, reason, rate, coverage and share."""
        chunk = self._chunk
        applies, counted, covered, total = self._sums
        children = [self._tree.nodes[i] for i in node.children]
        weights = [self._weight(child) for child in children]
        _add_up(weights, applies)
        if all(child.group < 0 for child in children):
            # Of leaves just those are covered that are scored.
            covered = counted
        counted.fill(0.0)
        covered.fill(0.0)
        total.fill(0.0)
        for child, weight in zip(children, weights, strict=True):
            np.multiply(chunk.outcome[child.index] == SCORED, weight, out=self._part)
            counted += self._part
            if child.group >= 0:
                np.multiply(chunk.coverage[child.group], weight, out=self._part)
            if covered is not counted:
                covered += self._part
            if node.power == 1:
                np.multiply(chunk.rate[child.index], weight, out=self._part)
                total += self._part
        taking_part = applies if self._missing == "zero" else counted
        with np.errstate(divide="ignore", invalid="ignore"):
            np.divide(covered, applies, out=chunk.coverage[node.group])
            if node.power == 1:
                np.divide(total, taking_part, out=chunk.rate[node.index])
            else:
                chunk.rate[node.index] = self._mean(node, taking_part)
        self._decide(node, applies, counted)
        if not self._tree.clipped:
            for at in tiny(chunk.rate[node.index]):
                chunk.rate[node.index, at] = float(self._exact.rate(node.index, at))
        if chunk.share is not None:
            whole = sum(float(self._tree.nodes[i].weight) for i in node.children)
            chunk.share[node.index] = applies / whole if whole else 0.0

    def _weight(self, child: Node) -> Floats | float:
        """A child's weight in each row, none where it does not apply; one number where it always applies."""
        weight = float(child.weight)
        if self._chunk.share is not None:
            return np.asarray(self._chunk.share[child.index] * weight)
        applies = self._chunk.outcome[child.index] != NOT_APPLICABLE
        return weight if applies.all() else np.asarray(applies * weight)

    def _taking_part(self, child: int) -> Bools:
        outcome = self._chunk.outcome[child]
        if self._missing == "zero":
            return np.asarray(outcome != NOT_APPLICABLE)
        return np.asarray(outcome == SCORED)

    def _mean(self, node: Node, total: Floats) -> Floats:
        weights = [self._weight(self._tree.nodes[i]) for i in node.children]
        parts = [np.where(self._taking_part(i), w, 0.0) for i, w in zip(node.children, weights, strict=True)]
        rates = [self._chunk.rate[i] for i in node.children]
        if node.power is None:
            return lowest(parts, rates)
        return power_mean(parts, [np.maximum(rate, 0.0) for rate in rates], total, float(node.power))

    def _decide(self, node: Node, applies: Floats, counted: Floats) -> None:
        """Decide the group's outcome in the order of the scoring rules."""
        chunk, index = self._chunk, node.index
        outcome, reason = chunk.outcome[index], chunk.reason[index]
        outcome[:], reason[:] = SCORED, Reason.AGGREGATED
        if self._min_coverage is not None:
            low = self._too_little_covered(node, applies > 0)
            outcome[low], reason[low] = INCOMPLETE, Reason.COVERAGE_TOO_LOW
        if self._missing != "zero":
            nothing = counted == 0
            outcome[nothing], reason[nothing] = MISSING, Reason.NOTHING_SCORED
        if self._missing == "block":
            open_child = np.zeros(len(outcome), dtype=bool)
            for i in node.children:
                open_child |= chunk.outcome[i] > NOT_APPLICABLE
            outcome[open_child], reason[open_child] = INCOMPLETE, Reason.BLOCKED
        absent = applies == 0
        outcome[absent], reason[absent] = NOT_APPLICABLE, Reason.NOTHING_APPLIES
        chunk.rate[index][outcome != SCORED] = 0.0
        chunk.coverage[node.group][absent] = 0.0

    def _too_little_covered(self, node: Node, applies: Bools) -> Bools:
        coverage, least = self._chunk.coverage[node.group], self._min_coverage
        if least is None:
            return np.zeros(len(coverage), dtype=bool)
        low: Bools = (coverage < float(least)) & applies
        for at in np.flatnonzero((np.abs(coverage - float(least)) <= NEAR) & applies).tolist():
            low[at] = self._exact.coverage(node.index, at) < least
        return low


def _add_up(weights: Sequence[Floats | float], out: Floats) -> None:
    """The sums of weights, in their order: most are one number for all rows."""
    known = 0.0
    rest: Sequence[Floats | float] = ()
    for at, weight in enumerate(weights):
        if not isinstance(weight, float):
            rest = weights[at:]
            break
        known += weight
    out.fill(known)
    for weight in rest:
        out += weight


def lowest(parts: list[Floats], rates: list[Floats]) -> Floats:
    """The lowest rate of those with a weight; `parts` are weights, 0 where not taking part."""
    result = np.full(len(rates[0]), np.inf)
    for part, rate in zip(parts, rates, strict=True):
        np.minimum(result, np.where(part > 0, rate, np.inf), out=result)
    return result


def power_mean(parts: list[Floats], rates: list[Floats], total: Floats, power: float) -> Floats:
    """The weighted power mean of rates ≥ 0 (geometric at 0); `parts` are weights, 0 where not taking part."""
    zero = np.zeros(len(total), dtype=bool)
    if power <= 0:
        for part, rate in zip(parts, rates, strict=True):
            zero |= (part > 0) & (rate == 0.0)
    inside = np.zeros(len(total))
    if power == 0:
        _add(inside, parts, rates, np.log)
        result = np.exp(inside / total)
    else:
        scale = _largest(parts, rates) if power > 0 else lowest(parts, rates)
        _add(inside, parts, [rate / scale for rate in rates], lambda rate: np.power(rate, power))
        result = scale * np.power(inside / total, 1.0 / power)
        result[scale == 0.0] = 0.0
    result[zero] = 0.0
    return np.asarray(result)


def _add(inside: Floats, parts: list[Floats], rates: list[Floats], curve: Callable[[Floats], Floats]) -> None:
    for part, rate in zip(parts, rates, strict=True):
        inside += np.where(part > 0, part * curve(rate), 0.0)


def _largest(parts: list[Floats], rates: list[Floats]) -> Floats:
    scale = np.zeros(len(rates[0]))
    for part, rate in zip(parts, rates, strict=True):
        np.maximum(scale, np.where(part > 0, rate, 0.0), out=scale)
    return scale
