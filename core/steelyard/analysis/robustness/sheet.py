"""Sheet: the rates of one node under many weights at once, from what its leaves say.

What a leaf says does not depend on weights, so it is taken from an evaluation as it stands; only groups and
the rules of the root that change its score are worked out again, by the same rules as in `scoring.groups`.
Weights come as arrays (d, 1), one a draw for all units, or (1, n), one a unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from steelyard.analysis.robustness.root import RootRules
from steelyard.scoring.groups import NEAR, lowest, power_mean
from steelyard.scoring.observations import Codes, Floats, Rows
from steelyard.scoring.outcome import NOT_APPLICABLE, SCORED
from steelyard.scoring.rubrics.function import Bools
from steelyard.scoring.tree import Node, Tree

Weights = Mapping[int, Floats]
"""By the index of a node; nodes that are not there keep their own."""


@dataclass(frozen=True)
class Part:
    """A node under d draws in n units: arrays that broadcast to (d, n); rate and coverage are 0 without."""

    applies: Bools
    scored: Bools
    rate: Floats
    coverage: Floats
    share: Floats

    def wide(self, units: int) -> Part:
        """The same as arrays (1, n), where it does not hang on draws."""
        shape = (1, units)
        rate, coverage, share = (
            np.broadcast_to(each, shape) for each in (self.rate, self.coverage, self.share)
        )
        return Part(
            np.broadcast_to(self.applies, shape), np.broadcast_to(self.scored, shape), rate, coverage, share
        )

    def take(self, units: Rows) -> Part:
        """Some of the units of arrays (1, n), one or more times each."""
        rate, coverage, share = (array[:, units] for array in (self.rate, self.coverage, self.share))
        return Part(self.applies[:, units], self.scored[:, units], rate, coverage, share)


@dataclass(frozen=True)
class Sheet:
    """n units that are scored with one tree.

    leaves: what does not hang on weights, by node index. target: the index of the node that is asked for;
    rules: those that change the root's score, where it is the root.
    """

    tree: Tree
    leaves: Mapping[int, Part]
    target: int
    rules: RootRules | None

    def rates(self, weights: Weights, draws: int, *, final: bool = True) -> Floats:
        """The target's rates, (draws, n), NaN where it has no score; before vetoes unless `final`."""
        parts = self.parts(weights)
        part = parts[self.target]
        rate = part.rate
        if self.rules is not None:
            rate = self.rules.apply({i: (each.scored, each.rate) for i, each in parts.items()}, final=final)
        return np.where(part.scored, np.broadcast_to(rate, (draws, self.units)), np.nan)

    def parts(self, weights: Weights) -> dict[int, Part]:
        """The target and all below it by index, before rules; (1, n) where no draw makes a difference."""
        found: dict[int, Part] = {}
        with np.errstate(all="ignore"):
            for index in reversed(self._open):
                found[index] = self._part(self.tree.nodes[index], found, weights)
        return found

    def take(self, units: Rows) -> Sheet:
        """Some of the units, one or more times each."""
        leaves = {i: part.take(units) for i, part in self.leaves.items()}
        return replace(self, leaves=leaves, rules=None if self.rules is None else self.rules.take(units))

    def along(self, index: int) -> Sheet:
        """The same for changing the weight of this node alone: all that it does not touch is settled."""
        parts, nodes, path = self.parts({}), self.tree.nodes, set()
        above = index
        while above != self.target:
            above = nodes[above].parent
            path.add(above)
        beside = {i for group in path for i in nodes[group].children if i not in path}
        return replace(self, leaves={i: parts[i].wide(self.units) for i in beside})

    def weight(self, index: int) -> float:
        """A node's own weight."""
        return float(self.tree.nodes[index].weight)

    @property
    def units(self) -> int:
        """How many there are, n."""
        return int(next(iter(self.leaves.values())).rate.shape[1])

    @cached_property
    def _open(self) -> list[int]:
        """The target and all below it that has to be looked at, parents before children."""
        found = [self.target]
        for index in found:
            if index not in self.leaves:
                found.extend(self.tree.nodes[index].children)
        return found

    def _part(self, node: Node, parts: Mapping[int, Part], weights: Weights) -> Part:
        if node.index in self.leaves:
            return self.leaves[node.index]
        own = {i: weights.get(i, np.full((1, 1), self.weight(i))) for i in node.children}
        return Group(node, self.tree, own, parts).part()


class Group:
    """One group under d draws in n units; `weights` are its children's."""

    def __init__(self, node: Node, tree: Tree, weights: Weights, parts: Mapping[int, Part]) -> None:
        self._node, self._scheme = node, tree.scheme
        self._below = [parts[i] for i in node.children]
        self._own = [weights[i] for i in node.children]
        pooled = self._scheme.not_applicable == "pooled"
        self._weights = [
            weight * part.share if pooled else _where(part.applies, weight)
            for weight, part in zip(self._own, self._below, strict=True)
        ]
        rates = (part.rate for part in self._below)
        self._shape = np.broadcast_shapes(*(each.shape for each in (*self._weights, *rates)))

    def part(self) -> Part:
        """Work the group out."""
        pairs = list(zip(self._weights, self._below, strict=True))
        applies = _sum(weight for weight, _ in pairs)
        counted = _sum(_where(part.scored, weight) for weight, part in pairs)
        zero = self._scheme.missing == "zero"
        rate = self._rate(applies if zero else counted)
        coverage = np.zeros((1, 1))
        least = self._scheme.min_coverage.value
        if least:
            coverage = np.nan_to_num(_sum(weight * part.coverage for weight, part in pairs) / applies)
        scored = applies > 0
        if least:
            scored = scored & (coverage >= float(least) - NEAR)
        if not zero:
            scored = scored & (counted > 0)
        if self._scheme.missing == "block":
            for part in self._below:
                scored = scored & (part.scored | ~part.applies)
        if not scored.all():
            rate = np.where(scored, rate, 0.0)
        whole = _sum(self._own)
        return Part(applies > 0, scored, rate, coverage, np.nan_to_num(applies / whole))

    def _rate(self, taking_part: Floats) -> Floats:
        if self._node.power == 1:
            total, product = np.zeros(self._shape), np.empty(self._shape)
            for weight, part in zip(self._weights, self._below, strict=True):
                total += np.multiply(weight, part.rate, out=product)
            total /= taking_part
            return total
        everyone = self._scheme.missing == "zero"
        takes = [part.applies if everyone else part.scored for part in self._below]
        parts = [self._flat(_where(each, weight)) for each, weight in zip(takes, self._weights, strict=True)]
        rates = [self._flat(part.rate) for part in self._below]
        if self._node.power is None:
            return lowest(parts, rates).reshape(self._shape)
        rates = [np.maximum(rate, 0.0) for rate in rates]
        total = self._flat(taking_part)
        return power_mean(parts, rates, total, float(self._node.power)).reshape(self._shape)

    def _flat(self, array: Floats) -> Floats:
        return np.broadcast_to(array, self._shape).ravel()


def leaf_part(outcome: Codes, rate: Floats) -> Part:
    """A leaf of n units: outcome (n,) and rate (n,), whatever where there is no score."""
    scored = np.asarray(outcome == SCORED)[np.newaxis]
    applies = np.asarray(outcome != NOT_APPLICABLE)[np.newaxis]
    known = np.where(scored, rate, 0.0)
    return Part(applies, scored, known, scored.astype(np.float64), applies.astype(np.float64))


def _where(mask: Bools, weight: Floats) -> Floats:
    """The weight where a mask holds, else 0; small where it holds everywhere."""
    return weight if mask.all() else np.asarray(weight * mask)


def _sum(arrays: Iterable[Floats]) -> Floats:
    total = np.zeros((1, 1))
    for array in arrays:
        total = total + array
    return total
