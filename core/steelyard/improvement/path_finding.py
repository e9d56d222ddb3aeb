"""Finding a path to a grade for one row.

Nothing is supposed of what has no score: outcomes, weights and coverage stay as they are, and so do the
counts that rules read. What a path comes to is what the engine says of it (`supposition`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from steelyard.errors import Text
from steelyard.improvement import path_words as words
from steelyard.improvement.demand import Demands, demands_of, target_band
from steelyard.improvement.levels import least_level
from steelyard.improvement.options import Chosen, Options
from steelyard.improvement.path import Path, PathAnswer, PathStatus, Source, Step, Target, TargetKind
from steelyard.improvement.playbook import Advice
from steelyard.improvement.projection import Projection, projections
from steelyard.improvement.row_tree import RowTree
from steelyard.improvement.supposition import Rates, suppose
from steelyard.improvement.weaknesses import DECIMALS, gains, known
from steelyard.scheme.model import PASSED
from steelyard.scoring.evaluation import Evaluation
from steelyard.scoring.outcome import REASONS, Outcome, Reason

PASS_LINE = Target()
NO_BOUNDS: Mapping[str, Fraction] = MappingProxyType({})
SECONDS = 20.0
ALTERNATIVES = 2
"""How long the solver may take for one question, and how many paths are given beside the best."""


def find_path(
    evaluation: Evaluation,
    row: int,
    playbook: Sequence[Advice],
    target: Target = PASS_LINE,
    *,
    node: str | None = None,
    bounds: Mapping[str, Fraction] = NO_BOUNDS,
    alternatives: int = ALTERNATIVES,
    seconds: float = SECONDS,
) -> PathAnswer:
    """The path of least effort to a target of a node, the root if left out.

    bounds: by leaf code the rate that advice can bring it to at most, such as what good peers reach; full
    marks where none is given. KeyError for an unknown node, InvalidInput where it can have no such target.
    """
    return _PathFinding(evaluation, row, playbook, node, target, bounds).answer(alternatives, seconds)


class _PathFinding:
    """One question in the making."""

    def __init__(
        self,
        evaluation: Evaluation,
        row: int,
        playbook: Sequence[Advice],
        node: str | None,
        target: Target,
        bounds: Mapping[str, Fraction],
    ) -> None:
        self._evaluation, self._row, self._target = evaluation, row, target
        self._tree = RowTree(evaluation, row)
        self._node = self._tree.node(0 if node is None else evaluation.index[node])
        self._demands: Demands = demands_of(evaluation, row, self._tree, self._node, target)
        self._options = Options(self._tree, self._demands.each, playbook, bounds)

    def answer(self, alternatives: int, seconds: float) -> PathAnswer:
        """The answer."""
        plain = self._plain()
        outcome = Outcome(int(self._evaluation.outcomes[self._node.index, self._row]))
        if outcome is not Outcome.SCORED:
            reason = REASONS[Reason(int(self._evaluation.reasons[self._node.index, self._row]))]
            status = PathStatus.UNSUPPORTED if outcome is Outcome.NOT_APPLICABLE else PathStatus.UNMEASURED
            return _without(plain, status, words.unmeasured(self._node.indicator, reason))
        everything = tuple(range(len(self._options.all)))
        unmet = self._options.unmet({})
        if not unmet and self._demands.blocked is None:
            return replace(plain, status=PathStatus.REACHED, summary=words.REACHED)
        plain = self._with_sources(plain, everything)
        if self._demands.blocked is not None:
            return _without(plain, PathStatus.INFEASIBLE, words.blocked(self._demands.blocked))
        odd = self._options.strange_mean([leaf for option in self._options.all for leaf in option.leaves])
        if odd is not None:
            return _without(plain, PathStatus.UNSUPPORTED, words.unsupported(self._tree.node(odd).indicator))
        if not self._options.are_enough(everything):
            return self._infeasible(plain, everything)
        return self._searched(plain, alternatives, seconds)

    def _searched(self, plain: PathAnswer, alternatives: int, seconds: float) -> PathAnswer:
        # Only who is in want of a path waits for the solver to be loaded.
        from steelyard.improvement.path_search import PathSearch
        from steelyard.improvement.programme import OutOfTime

        search = PathSearch(self._options, self._is_granted, seconds)
        found: list[Chosen] = []
        try:
            while len(found) <= alternatives and (chosen := search.next()) is not None:
                found.append(chosen)
        except OutOfTime:
            pass
        if not found:
            return _without(plain, PathStatus.UNDECIDED, words.OUT_OF_TIME)
        best, *others = (self._path(chosen) for chosen in found)
        return replace(
            plain,
            status=PathStatus.FOUND,
            best=best,
            alternatives=tuple(others),
            summary=_joined(words.found(best, plain.needed), self._cheapest(plain)),
        )

    def _infeasible(self, plain: PathAnswer, everything: Chosen) -> PathAnswer:
        short = self._options.unmet(self._options.rates(everything))
        nodes = [self._tree.node(each.node).indicator for each in short]
        reason = words.infeasible(nodes, plain.lacking, any_advice=bool(everything))
        answer = _without(plain, PathStatus.INFEASIBLE, reason)
        return replace(answer, summary=_joined(reason, self._cheapest(plain)))

    def _plain(self) -> PathAnswer:
        """What there is to say without a search."""
        code = self._node.code
        full = known(float(self._evaluation.full(code)[self._row]))
        points = known(float(self._evaluation.points(code)[self._row]))
        wanted = None if full is None else float(self._demands.each[0].line * Fraction(repr(full)))
        needed = None if wanted is None or points is None else max(0.0, round(wanted - points, DECIMALS))
        missing = self._evaluation.outcomes[:, self._row] == Outcome.MISSING
        below = (self._tree.node(index) for index in self._tree.below(self._node.index))
        return PathAnswer(
            target=self._target,
            code=code,
            indicator=self._node.indicator,
            status=PathStatus.UNDECIDED,
            points=points,
            full=full,
            target_points=wanted,
            needed=needed,
            reason=None,
            best=None,
            alternatives=(),
            most=None,
            lacking=None,
            sources=(),
            level=None,
            to_measure=tuple(node.code for node in below if not node.children and missing[node.index]),
            summary=words.OUT_OF_TIME,
        )

    def _with_sources(self, plain: PathAnswer, everything: Chosen) -> PathAnswer:
        """Add where points are to be had, and what all advice together comes to."""
        most = self._projections([everything])[0]
        lacking = None
        if most.points is not None and plain.target_points is not None:
            lacking = max(0.0, round(plain.target_points - most.points, DECIMALS))
        leaves = list(self._options.bounds)
        level = least_level(self._options, leaves)
        return replace(
            plain,
            most=most,
            lacking=lacking,
            sources=self._sources(leaves),
            level=None if level is None else float(level),
        )

    def _sources(self, leaves: Sequence[int]) -> tuple[Source, ...]:
        advised = {leaf for option in self._options.all for leaf in option.leaves}
        raised = [{self._tree.node(leaf).code: self._options.bounds[leaf]} for leaf in leaves]
        gained = gains(self._evaluation, self._row, self._node, raised)
        found = [
            self._source(leaf, gain, is_advised=leaf in advised)
            for leaf, gain in zip(leaves, gained, strict=True)
        ]
        return tuple(sorted(found, key=lambda source: -source.gain))

    def _source(self, leaf: int, gain: float, *, is_advised: bool) -> Source:
        node, alone = self._tree.node(leaf), least_level(self._options, [leaf])
        full = Fraction(repr(float(self._evaluation.full(node.code)[self._row])))
        return Source(
            code=node.code,
            indicator=node.indicator,
            rate=float(self._tree.leaves[leaf]),
            points=float(self._evaluation.points(node.code)[self._row]),
            full=float(full),
            bound=float(self._options.bounds[leaf]),
            gain=gain,
            needed_rate=None if alone is None else float(alone),
            needed_points=None if alone is None else float(alone * full),
            advised=is_advised,
        )

    def _path(self, chosen: Chosen) -> Path:
        """Some options as steps, the largest gain first."""
        alone = gains(self._evaluation, self._row, self._node, [self._rates((at,)) for at in chosen])
        ordered = sorted(zip(chosen, alone, strict=True), key=lambda pair: (-pair[1], pair[0]))
        places = [at for at, _ in ordered]
        after = self._projections([tuple(places[: count + 1]) for count in range(len(places))])
        steps = tuple(
            self._step(at, gain, standing.points or 0.0)
            for (at, gain), standing in zip(ordered, after, strict=True)
        )
        return Path(steps, self._options.effort(chosen), after[-1])

    def _step(self, at: int, gain: float, points_after: float) -> Step:
        option = self._options.all[at]
        about = self._tree.node(self._evaluation.index[option.advice.indicator]).indicator
        leaves = tuple(self._tree.node(leaf).code for leaf in option.leaves)
        return Step(option.advice, about, leaves, gain, points_after)

    def _is_granted(self, chosen: Chosen) -> bool:
        """Whether the engine says that the target is reached."""
        found = suppose(self._evaluation, self._row, [self._rates(chosen)])
        if self._target.kind is TargetKind.VERDICT:
            return projections(found, self._node.code)[0].verdict == PASSED
        if self._target.kind is TargetKind.LINE:
            return bool(found.passed(self._node.code)[0] == 1)
        return 0 <= int(found.band(self._node.code)[0]) <= self._band()

    def _band(self) -> int:
        """The place of the band asked for among the scheme's."""
        return target_band(self._evaluation, self._row, self._node, self._target.band)

    def _rates(self, chosen: Chosen) -> Rates:
        return {self._tree.node(leaf).code: rate for leaf, rate in self._options.rates(chosen).items()}

    def _projections(self, sets: Sequence[Chosen]) -> list[Projection]:
        supposed = suppose(self._evaluation, self._row, [self._rates(chosen) for chosen in sets])
        return projections(supposed, self._node.code)

    def _cheapest(self, plain: PathAnswer) -> Text:
        return words.cheapest(plain.sources, plain.level, plain.target_points)


def _without(plain: PathAnswer, status: PathStatus, reason: Text) -> PathAnswer:
    return replace(plain, status=status, reason=reason, summary=reason)


def _joined(first: Text, second: Text) -> Text:
    return Text(first.zh + second.zh, first.en + second.en)
