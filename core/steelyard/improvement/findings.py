"""Findings of one row: below line, falling, behind peers, rules that fired, not measured, data amiss.

What each costs is found by supposing it mended (`supposition`): the whole evaluation is asked, so a cost
holds for every mean and rule. A group is raised by its leaves (`raising`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from steelyard.improvement import finding_words as words
from steelyard.improvement.finding import Finding, FindingKind, QualityNote, Surroundings, Thresholds
from steelyard.improvement.finding_words import Words
from steelyard.improvement.playbook import Advice
from steelyard.improvement.raising import raised
from steelyard.improvement.row_tree import RowTree
from steelyard.improvement.rule_findings import rule_findings, watched
from steelyard.improvement.supposition import Rates
from steelyard.improvement.weaknesses import FULL, counts, gains, known, without_noise
from steelyard.scoring.evaluation import Evaluation
from steelyard.scoring.explanation import explain
from steelyard.scoring.outcome import REASONS, Outcome, Reason
from steelyard.scoring.tree import Node

NOISE = 1e-9
NOTHING_ELSE = Surroundings()
USUAL = Thresholds()
_ORDER = tuple(FindingKind)


def find(
    evaluation: Evaluation,
    row: int,
    *,
    playbook: Sequence[Advice] = (),
    node: str | None = None,
    around: Surroundings = NOTHING_ELSE,
    thresholds: Thresholds = USUAL,
) -> tuple[Finding, ...]:
    """What one row calls attention to at or below a node, the root if left out; KeyError for an unknown code.

    By cost, the largest first and what has none last; equal costs in the order of the tree, then of the
    kinds. Rules and what is amiss with the data are of the whole and told of with the root only.
    """
    return _Findings(evaluation, row, playbook, around, thresholds).all(node)


@dataclass(frozen=True, slots=True)
class _Case:
    """One matter of a node: the rate that would mend it, what it is held against, and words for its cost."""

    kind: FindingKind
    node: Node
    mended: Fraction
    reference: float | None
    say: Callable[[float], Words]


class _Findings:
    """The findings of one row."""

    def __init__(
        self,
        evaluation: Evaluation,
        row: int,
        playbook: Sequence[Advice],
        around: Surroundings,
        thresholds: Thresholds,
    ) -> None:
        self._evaluation, self._row, self._playbook = evaluation, row, playbook
        self._around, self._thresholds = around, thresholds
        self._tree = RowTree(evaluation, row)

    def all(self, code: str | None) -> tuple[Finding, ...]:
        """All of them, in order."""
        asked = 0 if code is None else self._evaluation.index[code]
        # What has no weight and no rule looks at costs nothing: it is shown, but it is no matter of its own.
        tree, rules = self._tree.tree, self._evaluation.scheme.rules
        within = {asked, *(index for rule in rules for index in watched(rule, tree))}
        nodes = [self._tree.node(index) for index in self._tree.below(asked)]
        nodes = [node for node in nodes if counts(tree, node, within)]
        found = self._priced([case for node in nodes for case in self._cases(node)])
        found += self._coverage(self._tree.node(asked))
        if asked == 0:
            found += rule_findings(self._evaluation, self._row, self._advice)
            found += map(_quality, self._around.quality)
        return tuple(sorted(found, key=self._place))

    def _cases(self, node: Node) -> Iterator[_Case]:
        outcome = int(self._evaluation.outcomes[node.index, self._row])
        if outcome == Outcome.MISSING and not node.children:
            reason = REASONS[Reason(int(self._evaluation.reasons[node.index, self._row]))]
            say = partial(words.not_measured, node.indicator, reason)
            yield _Case(FindingKind.NOT_MEASURED, node, FULL, None, say)
        if outcome != Outcome.SCORED:
            return
        rate = float(self._evaluation.rates[node.index, self._row])
        if node.line is not None and self._evaluation.passes[node.index, self._row] == 0:
            line = float(node.line)
            full = float(self._evaluation.full(node.code)[self._row])
            told = words.below_line(node.indicator, rate, full, line)
            yield _Case(FindingKind.BELOW_LINE, node, node.line, line, lambda _: told)
        yield from self._compared(node, rate)

    def _compared(self, node: Node, rate: float) -> Iterator[_Case]:
        """What is amiss with a node's rate against its own past, and against its peers."""
        wanted, earlier = self._thresholds, self._around.earlier.get(node.code)
        if earlier is not None and earlier.rate - rate >= wanted.fall - NOISE:
            fell = words.falling(node.indicator, rate, earlier)
            yield _Case(FindingKind.FALLING, node, _exact(earlier.rate), earlier.rate, lambda _: fell)
        peers = self._around.peers.get(node.code)
        if peers is None or peers.count < wanted.minimum_peers:
            return
        if rate < peers.lower_quartile - NOISE and peers.median - rate >= wanted.peer_gap - NOISE:
            behind = words.behind_peers(node.indicator, rate, peers)
            yield _Case(FindingKind.BEHIND_PEERS, node, _exact(peers.median), peers.median, lambda _: behind)

    def _priced(self, cases: Sequence[_Case]) -> list[Finding]:
        root = self._tree.node(0)
        mended = [{} if case.node is root else self._mended(case) for case in cases]
        costs = gains(self._evaluation, self._row, root, mended)
        return [
            self._finding(case, self._lacking(case) if case.node is root else cost)
            for case, cost in zip(cases, costs, strict=True)
        ]

    def _mended(self, case: _Case) -> Rates:
        """Rates of leaves with which the matter is mended; a leaf that was not measured is at full marks."""
        if case.kind is FindingKind.NOT_MEASURED:
            return {case.node.code: FULL}
        return raised(self._tree, case.node.index, case.mended)

    def _lacking(self, case: _Case) -> float:
        """The points that the root itself lacks: rules have changed its rate, so its leaves cannot tell."""
        full = float(self._evaluation.full(case.node.code)[self._row])
        rate = float(self._evaluation.rates[0, self._row])
        return without_noise((float(case.mended) - rate) * full)

    def _finding(self, case: _Case, cost: float) -> Finding:
        rate = known(float(self._evaluation.rates[case.node.index, self._row]))
        title, sentence = case.say(cost)
        return Finding(
            key=f"{case.kind.value}:{case.node.code}",
            kind=case.kind,
            code=case.node.code,
            title=title,
            sentence=sentence,
            cost=cost,
            rate=rate,
            reference=case.reference,
            evidence=explain(self._evaluation, self._row, case.node.code),
            advice=self._advice([case.node.index]),
        )

    def _coverage(self, node: Node) -> Iterator[Finding]:
        """Whether too little was measured below a node; a leaf that was not is a matter of its own."""
        coverage = known(float(self._evaluation.coverage(node.code)[self._row]))
        wanted = max(float(self._thresholds.coverage), float(self._evaluation.scheme.min_coverage.value or 0))
        if not node.children or coverage is None or coverage >= wanted - NOISE:
            return
        title, sentence = words.low_coverage(node.indicator, coverage, wanted)
        yield Finding(
            key=f"{FindingKind.DATA_QUALITY.value}:coverage/{node.code}",
            kind=FindingKind.DATA_QUALITY,
            code=node.code,
            title=title,
            sentence=sentence,
            cost=None,
            rate=coverage,
            reference=wanted,
            evidence=explain(self._evaluation, self._row, node.code),
        )

    def _advice(self, nodes: Iterable[int]) -> tuple[Advice, ...]:
        """The playbook's advice for nodes: for themselves, what is below them, and the groups they are in."""
        about = {self._tree.node(index).code for asked in nodes for index in self._related(asked)}
        return tuple(advice for advice in self._playbook if advice.indicator in about)

    def _related(self, index: int) -> Iterator[int]:
        yield from self._tree.below(index)
        while (index := self._tree.node(index).parent) >= 0:
            yield index

    def _place(self, found: Finding) -> tuple[bool, float, int, int]:
        index = 0 if found.code is None else self._evaluation.index[found.code]
        return found.cost is None, -(found.cost or 0.0), index, _ORDER.index(found.kind)


def _quality(note: QualityNote) -> Finding:
    kind = FindingKind.DATA_QUALITY
    return Finding(f"{kind.value}:{note.subject}", kind, None, note.title, note.sentence, None)


def _exact(rate: float) -> Fraction:
    return Fraction(repr(rate))
