"""The result of an evaluation: arrays over nodes and rows, asked for by the code of a node."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from steelyard.scheme.model import FAILED, PASSED, Scheme
from steelyard.scheme.rule import QuotaRule
from steelyard.scoring.lines import Marks
from steelyard.scoring.observations import Codes, Floats, Observations, Rows
from steelyard.scoring.outcome import NOT_APPLICABLE, Outcome
from steelyard.scoring.tree import Tree

Verdicts = NDArray[np.int16]
_PerTree = Callable[[Tree, int], Floats]


def verdict_words(scheme: Scheme) -> tuple[str, ...]:
    """All words a verdict may be: the scheme's own, passed and failed, then the bands."""
    own = tuple(dict.fromkeys((*scheme.verdicts, PASSED, FAILED)))
    return (*own, *(band.code for band in scheme.bands))


@dataclass(frozen=True)
class Evaluation:
    """Scores of r rules and all nodes in n rows of `observations`.

    outcomes, reasons: (nodes, n) uint8 of Outcome and Reason.
    rates: (nodes, n), NaN where not SCORED; the root's after rules. coverages: (groups, n) by
    the groups' numbers, NaN where N/A; a leaf's is 1 or 0.
    passes: (nodes, n) int8: 1 passed, 0 not, −1 no line or no score. band_marks: indices into `bands`, or −1.
    verdict: (n,) indices into `verdict_words`, −1 where there is none. uncut: (n,) the root's score 0…100
    after adjustments, before it is cut. rule_states: (r, n) of RuleState, in the scheme's order.
    quota_bands: (q, n) int8, what the q quota rules expect: indices into `bands`, −1 where none is expected.
    distribution: (periods, bands), how many units are in each band by their score; 0 where no quota asks.
    trees, tree_of: the prepared trees and, (n,), which of them each row was scored with.
    """

    scheme: Scheme
    observations: Observations
    trees: tuple[Tree, ...]
    tree_of: Rows
    outcomes: Codes
    reasons: Codes
    rates: Floats
    coverages: Floats
    passes: Marks
    band_marks: Marks
    verdict: Verdicts
    uncut: Floats
    rule_states: Codes
    quota_bands: Marks
    distribution: Rows

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """All node codes in preorder, the root first."""
        return tuple(node.code for node in self.trees[0].nodes)

    @cached_property
    def index(self) -> dict[str, int]:
        """Positions of the codes."""
        return {code: i for i, code in enumerate(self.codes)}

    @cached_property
    def _fulls(self) -> dict[str, Floats]:
        """The full marks that were asked for, by node: all that is below has to be gone through for them."""
        return {}

    @property
    def rows(self) -> int:
        """The number of rows, n."""
        return self.observations.rows

    @property
    def bands(self) -> tuple[str, ...]:
        """The scheme's band codes, the best first."""
        return tuple(band.code for band in self.scheme.bands)

    @cached_property
    def verdict_words(self) -> tuple[str, ...]:
        """What the numbers in `verdict` stand for."""
        return verdict_words(self.scheme)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rule ids in the scheme's order."""
        return tuple(rule.id for rule in self.scheme.rules)

    def outcome(self, code: str) -> Codes:
        """A node's outcomes, (n,)."""
        return np.asarray(self.outcomes[self.index[code]])

    def reason(self, code: str) -> Codes:
        """A node's reasons, (n,)."""
        return np.asarray(self.reasons[self.index[code]])

    def rate(self, code: str) -> Floats:
        """A node's rates 0…1, (n,), NaN where it has no score."""
        return np.asarray(self.rates[self.index[code]])

    def score(self, code: str) -> Floats:
        """A node's scores 0…100, (n,), NaN where it has none."""
        return without_noise(self.rate(code) * 100)

    def coverage(self, code: str) -> Floats:
        """A node's coverages 0…1, (n,), NaN where it is not applicable."""
        index = self.index[code]
        node = self.trees[0].nodes[index]
        if node.children:
            return np.asarray(self.coverages[node.group])
        scored = np.where(self.outcomes[index] == Outcome.SCORED, 1.0, 0.0)
        return np.where(self.outcomes[index] == NOT_APPLICABLE, np.nan, scored)

    def passed(self, code: str) -> Marks:
        """Whether a node passed, (n,): 1, 0, or −1 where that is not a question."""
        return np.asarray(self.passes[self.index[code]])

    def band(self, code: str) -> Marks:
        """A node's bands, (n,), as indices into `bands`, or −1."""
        return np.asarray(self.band_marks[self.index[code]])

    def rule_state(self, rule: str) -> Codes:
        """A rule's states, (n,)."""
        return np.asarray(self.rule_states[self.rules.index(rule)])

    def quota_band(self, rule: str) -> Marks:
        """The bands that a quota rule expects, (n,), as indices into `bands`, or −1."""
        quotas = [each.id for each in self.scheme.rules if isinstance(each, QuotaRule)]
        return np.asarray(self.quota_bands[quotas.index(rule)])

    def full(self, code: str) -> Floats:
        """A node's full marks, (n,): the sum of what applies below it; NaN where it is not applicable."""
        if code not in self._fulls:
            applies = self.outcomes[self.index[code]] != NOT_APPLICABLE
            self._fulls[code] = np.where(applies, self._over_trees(code, self._full), np.nan)
        return self._fulls[code]

    def points(self, code: str) -> Floats:
        """Rate × full mark, (n,); NaN where there is no score."""
        return without_noise(self.rate(code) * self.full(code))

    def obtained(self, code: str) -> Floats:
        """The points really scored below a node, (n,)."""
        obtained = self._over_trees(code, lambda tree, i: self._scored_sum(tree, i, weigh_by_rate=True))
        return without_noise(obtained)

    def assessed(self, code: str) -> Floats:
        """The full marks of what was scored below a node, (n,)."""
        return self._over_trees(code, lambda tree, i: self._scored_sum(tree, i, weigh_by_rate=False))

    def _over_trees(self, code: str, compute: _PerTree) -> Floats:
        index = self.index[code]
        if len(self.trees) == 1:
            return compute(self.trees[0], index)
        result = np.empty(self.rows)
        for number, tree in enumerate(self.trees):
            rows = self.tree_of == number
            result[rows] = compute(tree, index)[rows]
        return result

    def _full(self, tree: Tree, index: int) -> Floats:
        """A node's full marks, 0 where it is not applicable."""
        node = tree.nodes[index]
        applies = self.outcomes[index] != NOT_APPLICABLE
        if not node.children:
            return np.where(applies, float(node.full), 0.0)
        below = sum(self._full(tree, i) for i in node.children)
        return np.where(applies, below * _scale(tree, index), 0.0)

    def _scored_sum(self, tree: Tree, index: int, *, weigh_by_rate: bool) -> Floats:
        node = tree.nodes[index]
        if not node.children:
            scored = self.outcomes[index] == Outcome.SCORED
            mark = self.rates[index] * float(node.full) if weigh_by_rate else float(node.full)
            return np.where(scored, mark, 0.0)
        below = (self._scored_sum(tree, i, weigh_by_rate=weigh_by_rate) for i in node.children)
        return np.asarray(sum(below) * _scale(tree, index))


def without_noise(figures: Floats) -> Floats:
    """Drop what floats add beyond the 12th decimal: 100 of 195 is 100 points, not 99.99999999999999.

    A zero has no sign: at its worst a line from 48 hours down to 24 gives -0.0.
    """
    return np.round(figures, 12) + 0.0


def _scale(tree: Tree, index: int) -> float:
    """How a group's full mark stands to the sum of its children's."""
    node = tree.nodes[index]
    below = sum(tree.nodes[i].full for i in node.children)
    return float(node.full / below) if below else 0.0
