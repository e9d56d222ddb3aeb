"""Attribution: the difference of a node's rate between two sides, as parts that add up to it.

Each group is a game of its own (`game`). What a child's rate makes of its group's is handed down to the
child's own changes in proportion: a child that makes the group's rate fall by half of its own fall hands down
one half. So the parts of all groups add up to the whole, and nothing is left over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from steelyard.analysis.attribution.game import SAME, Group, play
from steelyard.analysis.attribution.ruling import Ruling, ruling
from steelyard.analysis.attribution.side import Place, Side
from steelyard.scoring.outcome import Outcome
from steelyard.scoring.tree import Node

_Nodes = tuple[Node | None, Node | None]
NOWHERE = Place(0.0, 0.0, 0.0, Outcome.NOT_APPLICABLE)


class PartKind(StrEnum):
    """What changed.

    PERFORMANCE: a leaf's rate. COVERAGE: whether an indicator has a score, or how much of it applies.
    WEIGHTS: the weights in a group. VERSION: the same by another version of the scheme, its means and rubrics
    included. RULE: what a rule adds, or the limit that a veto sets. CORRECTION: what was corrected since, see
    `correction`.
    """

    PERFORMANCE = "performance"
    COVERAGE = "coverage"
    WEIGHTS = "weights"
    VERSION = "version"
    RULE = "rule"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Part:
    """One change and its part of the difference; `subject` is an indicator's code, or a rule's id."""

    kind: PartKind
    subject: str
    value: float


@dataclass(frozen=True, slots=True)
class NodeChange:
    """A node on both sides: rates, None without a score; `value`: what all changes at or below it make."""

    code: str
    before: float | None
    after: float | None
    value: float


@dataclass(frozen=True, slots=True)
class Attribution:
    """The difference of a node's rate, after less before, and its parts.

    difference: None where the node has no score on a side; then there are no parts. parts: those that are not
    0, in the order of the tree, rules last. nodes: in the order of the tree. estimated: a group had so many
    changes that their values are means over sampled orders; they add up all the same.
    """

    code: str
    before: float | None
    after: float | None
    difference: float | None
    parts: tuple[Part, ...]
    nodes: tuple[NodeChange, ...]
    estimated: bool


Crossed = Mapping[str, tuple[float, float]]
"""By leaf: the rate of the first side's measures by the second's rubric, and the other way round."""


def attribute(
    first: Side, second: Side, code: str | None = None, crossed: Crossed | None = None
) -> Attribution:
    """Take the difference of a node's rate apart; the root's, after rules, if left out."""
    return _Attributing(first, second, crossed or {}).result(code)


class _Attributing:
    """One attribution in the making."""

    def __init__(self, first: Side, second: Side, crossed: Crossed) -> None:
        self._first, self._second, self._crossed = first, second, crossed
        self._reweighing = PartKind.WEIGHTS if first.version == second.version else PartKind.VERSION
        self._parts: list[Part] = []
        self._nodes: list[NodeChange] = []
        self._estimated = False

    def result(self, code: str | None) -> Attribution:
        """The attribution of a node."""
        pair = self._pair(code)
        name = code if code is not None else self._second.tree.nodes[0].code
        if pair is None:
            return Attribution(name, None, None, None, (), (), False)
        at_root = pair[0].parent < 0 and pair[1].parent < 0
        before, after = self._final(pair) if at_root else self._rates(pair)
        if np.isnan(before) or np.isnan(after):
            return Attribution(name, _known(before), _known(after), None, (), (), False)
        ruled = ruling(self._first, self._second) if at_root else Ruling({}, 1.0)
        slope = ruled.slope
        if pair[0].children and pair[1].children:
            self._descend(pair, slope)
        else:
            self._leaf(pair, (after - before) * slope, slope)
        for id, value in ruled.values.items():
            self._add(PartKind.RULE, id, value)
        parts = tuple(self._parts)
        difference = without_noise(after - before)
        return Attribution(name, before, after, difference, parts, tuple(self._nodes), self._estimated)

    def _pair(self, code: str | None) -> tuple[Node, Node] | None:
        if code is None:
            return self._first.tree.nodes[0], self._second.tree.nodes[0]
        found = self._first.node(code), self._second.node(code)
        return None if found[0] is None or found[1] is None else (found[0], found[1])

    def _rates(self, pair: tuple[Node, Node]) -> tuple[float, float]:
        return self._first.rate(pair[0]), self._second.rate(pair[1])

    def _final(self, pair: tuple[Node, Node]) -> tuple[float, float]:
        """The roots' rates after rules."""
        sides = self._first, self._second
        a, b = (
            side.rules.final() if side.outcomes[node.index] is Outcome.SCORED else np.nan
            for side, node in zip(sides, pair, strict=True)
        )
        return a, b

    def _descend(self, pair: tuple[Node, Node], slope: float) -> float:
        """Share out a group's change among its weights and children; return what it comes to."""
        codes = self._children(pair)
        below = [self._below(pair, code) for code in codes]
        places = [self._places(each) for each in below]
        values = play(self._group(pair, places))
        self._estimated |= values.estimated
        place = len(self._nodes)
        before, after = self._rates(pair)
        total = self._add(self._reweighing, pair[1].code, values.weights * slope)
        self._nodes.append(NodeChange(pair[1].code, _known(before), _known(after), 0.0))
        for at, code in enumerate(codes):
            total += self._add(PartKind.COVERAGE, code, values.parts.item(at) * slope)
            worth = values.rates.item(at) * slope, values.slopes.item(at) * slope
            total += self._child(code, below[at], places[at], *worth)
        self._nodes[place] = NodeChange(pair[1].code, _known(before), _known(after), without_noise(total))
        return total

    def _child(
        self, code: str, nodes: _Nodes, places: tuple[Place, Place], value: float, slope: float
    ) -> float:
        """What a child's rate makes, handed down where it has children on both sides."""
        first, second = nodes
        if first is None or second is None:
            return 0.0
        if any(not place.part or place.outcome is not Outcome.SCORED for place in places):
            rates = _known(self._first.rate(first)), _known(self._second.rate(second))
            self._nodes.append(NodeChange(code, *rates, self._own(code)))
            return 0.0
        if first.children and second.children:
            return self._descend((first, second), slope)
        return self._leaf((first, second), value, slope)

    def _leaf(self, pair: tuple[Node, Node], value: float, slope: float) -> float:
        """A leaf's own change: by its measures, and by its rubric where versions differ."""
        code = pair[1].code
        if self._same_rubric(pair):
            total = self._add(PartKind.PERFORMANCE, code, value)
        else:
            by_measures, by_rubric = self._taken_apart(pair)
            total = self._add(PartKind.PERFORMANCE, code, by_measures * slope)
            total += self._add(PartKind.VERSION, code, by_rubric * slope)
        before, after = self._rates(pair)
        self._nodes.append(NodeChange(code, _known(before), _known(after), self._own(code)))
        return total

    def _own(self, code: str) -> float:
        """The sum of the parts of one indicator."""
        return without_noise(sum(part.value for part in self._parts if part.subject == code))

    def _same_rubric(self, pair: tuple[Node, Node]) -> bool:
        first, second = pair
        if self._reweighing is PartKind.WEIGHTS:
            return True
        return first.indicator.rubric == second.indicator.rubric and first.full == second.full

    def _taken_apart(self, pair: tuple[Node, Node]) -> tuple[float, float]:
        """How much of a leaf's change of rate its measures make, and how much its rubric or its place does.

        Where the rates crosswise are not known, all of it is the version's.
        """
        before, after = self._rates(pair)
        crossed = self._crossed.get(pair[1].code)
        if crossed is None or np.isnan(crossed).any():
            return 0.0, after - before
        first_by_second, second_by_first = crossed
        by_measures = ((second_by_first - before) + (after - first_by_second)) / 2
        return by_measures, ((first_by_second - before) + (after - second_by_first)) / 2

    def _children(self, pair: tuple[Node, Node]) -> list[str]:
        """The codes of all children, those of the second side first."""
        sides = zip((self._second, self._first), reversed(pair), strict=True)
        codes = [side.tree.nodes[i].code for side, node in sides for i in node.children]
        return list(dict.fromkeys(codes))

    def _below(self, pair: tuple[Node, Node], code: str) -> _Nodes:
        """A child on both sides; None where it is not a child of this group there."""
        a, b = (
            node if (node := side.node(code)) is not None and node.parent == group.index else None
            for side, group in zip((self._first, self._second), pair, strict=True)
        )
        return a, b

    def _places(self, nodes: _Nodes) -> tuple[Place, Place]:
        """How a child counts on both sides; where there is none it weighs nothing, and is the same else."""
        a, b = (
            None if node is None else side.place(node)
            for side, node in zip((self._first, self._second), nodes, strict=True)
        )
        a = a or replace(b or NOWHERE, weight=0.0)
        b = b or replace(a, weight=0.0)
        return (a if a.part else replace(a, rate=b.rate)), (b if b.part else replace(b, rate=a.rate))

    def _group(self, pair: tuple[Node, Node], places: list[tuple[Place, Place]]) -> Group:
        def column(name: str) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
            return np.array([[getattr(each[side], name) for each in places] for side in (0, 1)])

        powers = tuple(None if node.power is None else float(node.power) for node in pair)
        scored = [[place.outcome is Outcome.SCORED for place in each] for each in places]
        return Group(
            weights=column("weight"),
            parts=column("part"),
            rates=column("rate"),
            powers=(powers[0], powers[1]),
            moved=np.array([a != b for a, b in scored], dtype=bool),
            base=self._rates(pair),
        )

    def _add(self, kind: PartKind, subject: str, value: float) -> float:
        value = without_noise(value)
        if value:
            self._parts.append(Part(kind, subject, value))
        return value


def without_noise(value: float) -> float:
    """What is as small as the noise of floats is 0: nothing changed there, or its changes cancel out."""
    return value if abs(value) > SAME else 0.0


def _known(rate: float) -> float | None:
    return None if np.isnan(rate) else float(rate)


def steps(found: Attribution) -> Iterator[tuple[Part, float]]:
    """A waterfall: each part with the rate that is reached after it."""
    reached = found.before or 0.0
    for part in found.parts:
        reached += part.value
        yield part, reached
