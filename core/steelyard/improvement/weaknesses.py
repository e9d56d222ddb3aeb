"""Weak points: the leaves of a scorecard by the points that they could gain, and those not measured.

A gain is what the node asked about, usually the root, would have more if one leaf alone reached its full
mark: found by evaluating that supposition (`supposition`), so that it holds for every mean and rule.  Where
that node has no score, what has none counts as 0 on both sides of the difference.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from steelyard.errors import Text
from steelyard.improvement.supposition import Rates, suppose
from steelyard.improvement.wording import figure
from steelyard.scheme.model import Indicator
from steelyard.scoring.evaluation import Evaluation
from steelyard.scoring.explanation import Explanation, explain
from steelyard.scoring.observations import Floats
from steelyard.scoring.outcome import REASONS, Outcome, Reason
from steelyard.scoring.tree import Node, Tree

DECIMALS = 9
"""How many decimals a difference of two floats of this size can tell; the rest is noise and cut off."""
NAMED = 3
FULL = Fraction(1)


@dataclass(frozen=True, slots=True)
class WeakPoint:
    """A leaf that could gain points, or that was not measured (outcome MISSING: rate, points, lost are None).

    points, full, lost: of the leaf itself, lost = full − points. gap: the points it lacks to its own pass
    line; 0 where it passed, None where there is no line or nothing was measured.
    gain: the points that the node asked about would gain if this leaf reached full marks. gain_to_line:
    the same if it reached its pass line; None without a line, 0 where it passed.
    evidence: what was read, and the rubric in words.
    """

    code: str
    indicator: Indicator
    outcome: Outcome
    rate: float | None
    points: float | None
    full: float
    lost: float | None
    gap: float | None
    gain: float
    gain_to_line: float | None
    evidence: Explanation


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A node with a score below its pass line, in points; `needed` is what it lacks."""

    code: str
    indicator: Indicator
    points: float
    full: float
    line_points: float
    needed: float


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Where a node stands and where its points are.

    points: None without a score. full: None where it does not apply. line_points: its pass line in points,
    None without one. needed: what it lacks to the line; 0 where it passed, None without line or score.
    weak, unmeasured: by gain, the largest first; equal gains in the order of the tree.
    groups: the node itself and the groups below it that miss their pass lines, in the order of the tree.
    What has no weight in the node asked about is neither, unless a rule makes points of it.
    """

    code: str
    indicator: Indicator
    outcome: Outcome
    points: float | None
    full: float | None
    line_points: float | None
    needed: float | None
    weak: tuple[WeakPoint, ...]
    unmeasured: tuple[WeakPoint, ...]
    groups: tuple[Shortfall, ...]
    summary: Text


def diagnose(evaluation: Evaluation, row: int, node: str | None = None) -> Diagnosis:
    """Find the weak points below a node (the root if left out) of one row; KeyError for an unknown code."""
    tree = evaluation.trees[int(evaluation.tree_of[row])]
    asked = tree.nodes[0] if node is None else tree.nodes[evaluation.index[node]]
    found = _WeakPoints(evaluation, row, asked).found()
    weak = tuple(point for point in found if point.outcome is Outcome.SCORED)
    unmeasured = tuple(point for point in found if point.outcome is Outcome.MISSING)
    counting = (each for each in _below(tree, asked) if counts(tree, each, {asked.index}))
    short = (shortfall(evaluation, row, group) for group in counting if group.children)
    groups = tuple(group for group in short if group is not None)
    at = _Standing(evaluation, row, asked)
    return Diagnosis(
        code=asked.code,
        indicator=asked.indicator,
        outcome=at.outcome,
        points=at.points,
        full=at.full,
        line_points=at.line_points,
        needed=at.needed,
        weak=weak,
        unmeasured=unmeasured,
        groups=groups,
        summary=_summary(at, weak, unmeasured),
    )


def shortfall(evaluation: Evaluation, row: int, node: Node) -> Shortfall | None:
    """What a node lacks to its pass line; None where it passed, or has no line or no score."""
    at = _Standing(evaluation, row, node)
    if not at.needed or at.points is None or at.full is None or at.line_points is None:
        return None
    return Shortfall(node.code, node.indicator, at.points, at.full, at.line_points, at.needed)


def counts(tree: Tree, node: Node, within: Collection[int]) -> bool:
    """Whether a node is one of some that it is below of, or has any weight in it."""
    while node.index not in within:
        if node.weight == 0 or node.parent < 0:
            return False
        node = tree.nodes[node.parent]
    return True


def without_noise(points: float) -> float:
    """A difference in points as far as it can be told; nothing is 0, never less than 0."""
    return round(points, DECIMALS) + 0.0


def known(number: float) -> float | None:
    """The number, None for NaN."""
    return None if number != number else number


class _Standing:
    """Where one node stands in one row."""

    def __init__(self, evaluation: Evaluation, row: int, node: Node) -> None:
        self.node = node
        self.outcome = Outcome(int(evaluation.outcomes[node.index, row]))
        self.reason = REASONS[Reason(int(evaluation.reasons[node.index, row]))]
        self.rate = known(float(evaluation.rates[node.index, row]))
        self.full = known(float(evaluation.full(node.code)[row]))
        self.points = known(float(evaluation.points(node.code)[row]))
        self.line_points = None
        if node.line is not None and self.full is not None:
            self.line_points = float(node.line * Fraction(repr(self.full)))
        passed = int(evaluation.passes[node.index, row])
        self.needed = None
        if self.points is not None and self.line_points is not None:
            self.needed = 0.0 if passed else without_noise(self.line_points - self.points)


class _WeakPoints:
    """The weak points below one node in one row."""

    def __init__(self, evaluation: Evaluation, row: int, asked: Node) -> None:
        self._evaluation, self._row, self._asked = evaluation, row, asked
        self._tree = tree = evaluation.trees[int(evaluation.tree_of[row])]
        self._leaves = [leaf for leaf in _below(tree, asked) if not leaf.children and self._is_weak(leaf)]

    def found(self) -> list[WeakPoint]:
        """All of them, the largest gain first."""
        gains = self._gains([{leaf.code: FULL} for leaf in self._leaves])
        below_line = [leaf for leaf in self._leaves if self._lacks(leaf)]
        to_line = self._gains([{leaf.code: leaf.line} for leaf in below_line if leaf.line is not None])
        lines = dict(zip((leaf.code for leaf in below_line), to_line, strict=True))
        points = [
            self._point(leaf, gain, lines.get(leaf.code))
            for leaf, gain in zip(self._leaves, gains, strict=True)
            if gain > 0 or counts(self._tree, leaf, {self._asked.index})
        ]
        return sorted(points, key=lambda point: -point.gain)

    def _is_weak(self, leaf: Node) -> bool:
        outcome = int(self._evaluation.outcomes[leaf.index, self._row])
        rate = float(self._evaluation.rates[leaf.index, self._row])
        return outcome == Outcome.MISSING or (outcome == Outcome.SCORED and rate < 1)

    def _lacks(self, leaf: Node) -> bool:
        """Whether reaching its pass line would be new for a leaf."""
        return leaf.line is not None and int(self._evaluation.passes[leaf.index, self._row]) != 1

    def _gains(self, suppositions: Sequence[dict[str, Fraction]]) -> list[float]:
        return gains(self._evaluation, self._row, self._asked, suppositions)

    def _point(self, leaf: Node, gain: float, to_line: float | None) -> WeakPoint:
        at = _Standing(self._evaluation, self._row, leaf)
        full = at.full or 0.0
        passed = leaf.line is not None and not self._lacks(leaf)
        return WeakPoint(
            code=leaf.code,
            indicator=leaf.indicator,
            outcome=at.outcome,
            rate=at.rate,
            points=at.points,
            full=full,
            lost=None if at.points is None else without_noise(full - at.points),
            gap=at.needed,
            gain=gain,
            gain_to_line=0.0 if passed else to_line,
            evidence=explain(self._evaluation, self._row, leaf.code),
        )


def gains(evaluation: Evaluation, row: int, node: Node, suppositions: Sequence[Rates]) -> list[float]:
    """The points that a node would gain under each supposition; see the module for nodes without a score."""
    full = known(float(evaluation.full(node.code)[row]))
    if not suppositions or full is None:
        return [0.0] * len(suppositions)
    unscored = int(evaluation.outcomes[node.index, row]) != Outcome.SCORED
    supposed = suppose(evaluation, row, [{}, *suppositions], missing_as_zero=unscored)
    rates: Floats = supposed.rate(node.code)
    # A leaf that was not measured has no score even where what is missing counts as 0.
    now = known(rates.item(0)) or 0.0
    return [without_noise((rate - now) * full) for rate in rates.tolist()[1:]]


def _below(tree: Tree, node: Node) -> Iterable[Node]:
    """A node and all below it, in the order of the tree."""
    yield node
    for i in node.children:
        yield from _below(tree, tree.nodes[i])


def _summary(at: _Standing, weak: Sequence[WeakPoint], unmeasured: Sequence[WeakPoint]) -> Text:
    """Say in one or two sentences where a node stands and where its points are."""
    parts = [_standing(at)]
    best = [point for point in weak if point.gain > 0][:NAMED]
    if best:
        named = _named(best, "、", ", ")
        parts.append(Text(f"最多可提分之处：{named.zh}。", f"Most can be gained at {named.en}."))
    if unmeasured:
        named = _named(unmeasured[:NAMED], "、", ", ")
        more = "" if len(unmeasured) <= NAMED else "…"
        count = len(unmeasured)
        parts.append(
            Text(
                f"未测量 {count} 项：{named.zh}{more}。",
                f"Not measured: {count}, namely {named.en}{more}.",
            )
        )
    return Text("".join(part.zh for part in parts), " ".join(part.en for part in parts))


def _standing(at: _Standing) -> Text:
    name = at.node.indicator.label
    if at.points is None or at.full is None:
        return Text(f"{name.zh}没有得分：{at.reason.zh}。", f"{name.en} has no score: {at.reason.en}.")
    points, full = figure(at.points), figure(at.full)
    if at.line_points is None or at.needed is None:
        return Text(f"{name.zh}得 {points}/{full} 分。", f"{name.en} has {points} of {full} points.")
    line = figure(at.line_points)
    if not at.needed:
        return Text(
            f"{name.zh}得 {points}/{full} 分，已达及格分 {line}。",
            f"{name.en} has {points} of {full} points and reaches its pass line of {line}.",
        )
    needed = figure(at.needed)
    return Text(
        f"{name.zh}得 {points}/{full} 分，距及格分 {line} 还差 {needed} 分。",
        f"{name.en} has {points} of {full} points and needs {needed} more to reach its pass line of {line}.",
    )


def _named(points: Sequence[WeakPoint], zh: str, en: str) -> Text:
    """Name weak points with their gains."""
    labels = [(point.indicator.label, figure(point.gain)) for point in points]
    return Text(
        zh.join(f"{label.zh}（{gain}）" for label, gain in labels),
        en.join(f"{label.en} ({gain})" for label, gain in labels),
    )
