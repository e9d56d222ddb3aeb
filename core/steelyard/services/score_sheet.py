"""Score sheets: some rows of a cube as scorecards; figures become Python values when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from typing import Any

import numpy as np

from steelyard.analysis.selection import select_rows
from steelyard.analysis.share import Shares, shares
from steelyard.errors import Text
from steelyard.scheme.model import FAILED, PASSED, Band, Indicator
from steelyard.scheme.rule import Rule
from steelyard.scoring import REASONS, Evaluation, Outcome, Reason, RuleState, without_noise
from steelyard.scoring.observations import Floats
from steelyard.scoring.rules.reason import rule_reason
from steelyard.services.cube import Cube
from steelyard.services.problems import NODE_NOT_FOUND, not_found
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.store.periods import PeriodRecord
from steelyard.store.runs import RunRecord
from steelyard.store.units import UnitRecord

_FIGURES: dict[str, Callable[[Evaluation, str], Floats]] = {
    "rate": Evaluation.rate,
    "score": Evaluation.score,
    "points": Evaluation.points,
    "full": Evaluation.full,
    "obtained": Evaluation.obtained,
    "assessed": Evaluation.assessed,
    "coverage": Evaluation.coverage,
}
VERDICTS = {PASSED: Text("达标", "Passed"), FAILED: Text("不达标", "Failed")}


class ScoreSheet:
    """The scores of some units in one period: `card` hands out one of them."""

    def __init__(
        self, cube: Cube, units: Sequence[UnitRecord], period: PeriodRecord, run: RunRecord | None = None
    ) -> None:
        self.entry = cube.entry
        self.units = tuple(units)
        self.period = period
        self.run = run
        self.evaluation = select_rows(cube.evaluation, cube.rows(units, period))
        self._targets = partial(cube.targets, period)
        self._lines: dict[int, tuple[float | None, ...]] = {}
        self._figures: dict[tuple[str, int], list[float | None]] = {}

    def cards(self) -> tuple[Scorecard, ...]:
        """A scorecard for each unit, in the order of the units."""
        return tuple(Scorecard(self, at) for at in range(len(self.units)))

    def figures(self, name: str, node: int) -> list[float | None]:
        """One figure of a node for all units."""
        key = name, node
        if key not in self._figures:
            column = _FIGURES[name](self.evaluation, self.evaluation.codes[node])
            self._figures[key] = numbers(column)
        return self._figures[key]

    def lines(self, at: int) -> tuple[float | None, ...]:
        """The pass lines of all nodes, as rates, for one unit."""
        tree = int(self.evaluation.tree_of[at])
        if tree not in self._lines:
            nodes = self.evaluation.trees[tree].nodes
            self._lines[tree] = tuple(None if each.line is None else float(each.line) for each in nodes)
        return self._lines[tree]

    def targets(self, at: int) -> Mapping[str, Fraction]:
        """The targets of one unit by node code, as rates."""
        return self._targets(self.units[at])

    @cached_property
    def shares(self) -> Shares:
        """What each node weighs."""
        found = shares(self.evaluation)
        return Shares(without_noise(found.local), without_noise(found.whole))


def numbers(figures: Floats) -> list[Any]:
    """An array's numbers, None for NaN: a list of them, or of lists of an array of several axes."""
    found = figures.astype(object)
    found[np.isnan(figures)] = None
    listed: list[Any] = found.tolist()
    return listed


def verdict_title(entry: SchemeEntry, verdict: str) -> Text:
    """What a verdict is called: passed, failed or a band by its title, another by its own word."""
    titles = {band.code: band.title for band in entry.bands}
    return VERDICTS.get(verdict) or titles.get(verdict) or Text(verdict, verdict)


@dataclass(frozen=True, slots=True)
class RuleResult:
    """A rule that fired, or that could not be decided, and why."""

    rule: Rule
    state: RuleState
    reason: Text


class Scorecard:
    """The scores of one unit in one period."""

    def __init__(self, sheet: ScoreSheet, at: int) -> None:
        self._sheet, self._at = sheet, at
        self.entry = sheet.entry
        self.unit = sheet.units[at]
        self.period = sheet.period
        self.run = sheet.run
        """The run that is current for this scheme and period; None before the first evaluation."""

    @cached_property
    def nodes(self) -> tuple[NodeScore, ...]:
        """All nodes in preorder, the root first."""
        return tuple(NodeScore(self, number) for number in range(len(self.entry.nodes)))

    @property
    def root(self) -> NodeScore:
        """The root of the tree."""
        return self.nodes[0]

    def node(self, code: str) -> NodeScore:
        """One node; NotFound (NODE_NOT_FOUND)."""
        index = self._sheet.evaluation.index
        if code not in index:
            raise not_found(NODE_NOT_FOUND, "node", code, index, scheme=self.entry.code)
        return self.nodes[index[code]]

    @property
    def verdict(self) -> str | None:
        """What the rules finally say; None where there is nothing to say."""
        word = int(self._sheet.evaluation.verdict[self._at])
        return None if word < 0 else self._sheet.evaluation.verdict_words[word]

    @property
    def verdict_title(self) -> Text | None:
        """The verdict in words."""
        verdict = self.verdict
        return None if verdict is None else verdict_title(self.entry, verdict)

    @property
    def uncut(self) -> float | None:
        """The root's score after adjustments and before it is cut to 0…100."""
        return number(without_noise(self._sheet.evaluation.uncut).item(self._at))

    @cached_property
    def rules(self) -> tuple[RuleResult, ...]:
        """The rules that fired or could not be decided, in the scheme's order."""
        evaluation = self._sheet.evaluation
        states = evaluation.rule_states[:, self._at].tolist()
        return tuple(
            RuleResult(rule, RuleState(state), rule_reason(evaluation, self._at, rule))
            for rule, state in zip(self.entry.scheme.rules, states, strict=True)
            if state != RuleState.QUIET
        )


class NodeScore:
    """One node of a scorecard. Figures are None where there are none; rates and weights are 0…1."""

    __slots__ = ("_at", "_number", "_sheet", "card")

    def __init__(self, card: Scorecard, number: int) -> None:
        self.card = card
        self._number = number
        self._sheet = card._sheet
        self._at = card._at

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self._sheet.entry.nodes[self._number].code

    @property
    def indicator(self) -> Indicator:
        """The indicator as the scheme states it."""
        return self._sheet.entry.nodes[self._number].indicator

    @property
    def depth(self) -> int:
        """How many levels below the root it stands."""
        return self._sheet.entry.nodes[self._number].depth

    @property
    def line(self) -> float | None:
        """The pass line in force as a rate."""
        return self._sheet.lines(self._at)[self._number]

    @property
    def target(self) -> float | None:
        """The target in force as a rate; None where none is set."""
        target = self._sheet.targets(self._at).get(self.code)
        return None if target is None else float(target)

    @property
    def line_points(self) -> float | None:
        """The pass line in points; None without a line, and where the node does not apply."""
        line, full = self.line, self.full
        if line is None or full is None:
            return None
        return float(Fraction(repr(line)) * Fraction(repr(full)))

    @property
    def parent(self) -> NodeScore | None:
        """The node above; None for the root."""
        code = self._sheet.entry.nodes[self._number].parent
        return None if code is None else self.card.node(code)

    @property
    def children(self) -> tuple[NodeScore, ...]:
        """The nodes directly below."""
        return tuple(self.card.node(code) for code in self._sheet.entry.nodes[self._number].children)

    @property
    def outcome(self) -> Outcome:
        """Whether it has a number, and if not which of the three ways of having none it is."""
        return Outcome(self._sheet.evaluation.outcomes.item(self._number, self._at))

    @property
    def reason(self) -> Reason:
        """Why it has its outcome."""
        return Reason(self._sheet.evaluation.reasons.item(self._number, self._at))

    @property
    def reason_text(self) -> Text:
        """The reason in words."""
        return REASONS[self.reason]

    @property
    def rate(self) -> float | None:
        """The share 0…1 of the full mark; the root's after rules."""
        return self._figure("rate")

    @property
    def score(self) -> float | None:
        """The rate × 100."""
        return self._figure("score")

    @property
    def points(self) -> float | None:
        """The rate × the full mark."""
        return self._figure("points")

    @property
    def full(self) -> float | None:
        """The full mark of what applies; None where the node does not."""
        return self._figure("full")

    @property
    def obtained(self) -> float | None:
        """The points really scored below."""
        return self._figure("obtained")

    @property
    def assessed(self) -> float | None:
        """The full marks of what was scored below."""
        return self._figure("assessed")

    @property
    def coverage(self) -> float | None:
        """The share 0…1, by weight, of what applies that was scored; None where the node does not apply."""
        return self._figure("coverage")

    @property
    def band(self) -> Band | None:
        """The band of its score."""
        band = int(self._sheet.evaluation.band_marks[self._number, self._at])
        return None if band < 0 else self._sheet.entry.bands[band]

    @property
    def passed(self) -> bool | None:
        """Whether it reaches its pass line; None without a line or a score."""
        passed = int(self._sheet.evaluation.passes[self._number, self._at])
        return None if passed < 0 else bool(passed)

    @property
    def local_weight(self) -> float | None:
        """Its share among the siblings that apply; None where it does not."""
        return number(self._sheet.shares.local.item(self._number, self._at))

    @property
    def global_weight(self) -> float | None:
        """Its share of the root, over what applies; None where it does not."""
        return number(self._sheet.shares.whole.item(self._number, self._at))

    def _figure(self, name: str) -> float | None:
        return self._sheet.figures(name, self._number)[self._at]


def number(figure: float) -> float | None:
    """The number, None for NaN."""
    return None if figure != figure else figure
