"""`evaluate`: a scheme and observations in, an `Evaluation` out; chunk by chunk, leaves before groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial

import numpy as np

from steelyard.scheme.model import Scheme
from steelyard.scheme.rule import AdjustRule, QuotaRule
from steelyard.scoring.cells import Cells
from steelyard.scoring.evaluation import Evaluation
from steelyard.scoring.exact import ExactScores, Leaves
from steelyard.scoring.exemptions import exempt, exempt_nodes
from steelyard.scoring.groups import Chunk, GroupScorer
from steelyard.scoring.leaves import LeafScorer
from steelyard.scoring.lines import Ladder, judge
from steelyard.scoring.observations import Codes, Floats, Observations, Rows
from steelyard.scoring.outcome import NOT_APPLICABLE
from steelyard.scoring.overlay import NO_OVERLAY, Overlay, Overlays
from steelyard.scoring.rubrics import PythonRubric
from steelyard.scoring.rubrics.function import Bools
from steelyard.scoring.rules.adjust import adjust
from steelyard.scoring.rules.quota import NOT_IN_A_GROUP
from steelyard.scoring.rules.standing import Standing
from steelyard.scoring.shortcuts import Shortcuts
from steelyard.scoring.tree import NO_RUBRICS, Node, Tree
from steelyard.scoring.variants import trees_by_row
from steelyard.scoring.verdicts import NO_VERDICT, apply_quotas, apply_rules, apply_streaks

CHUNK_ROWS = 65536


def evaluate(
    scheme: Scheme,
    observations: Observations,
    *,
    overlay: Overlay | Overlays = NO_OVERLAY,
    rubrics: Mapping[str, PythonRubric] = NO_RUBRICS,
) -> Evaluation:
    """Score every node of a scheme in every row of the observations.

    overlay: weights and pass lines laid over the scheme's own, one for all rows or one for each.
    rubrics: those that packs registered.
    Never raises on data; raises InvalidInput for a `python` rubric that is not registered.
    """
    trees, tree_of = trees_by_row(scheme, observations, overlay, rubrics)
    result = _empty(scheme, observations, trees, tree_of)
    cells = Cells(observations)
    for number, tree in enumerate(trees):
        rows = np.flatnonzero(tree_of == number)
        known, shortcuts, ladders = Leaves(), Shortcuts(), _ladders(tree)
        for start in range(0, len(rows), CHUNK_ROWS):
            with np.errstate(over="ignore", invalid="ignore"):
                chunk = rows[start : start + CHUNK_ROWS]
                _score_chunk(tree, cells, chunk, result, known, shortcuts, ladders)
    apply_streaks(result)
    apply_quotas(result, cells)
    return result


def _empty(scheme: Scheme, observations: Observations, trees: tuple[Tree, ...], tree_of: Rows) -> Evaluation:
    shape = (len(trees[0].nodes), observations.rows)
    groups = sum(1 for node in trees[0].nodes if node.children)
    quotas = sum(1 for rule in scheme.rules if isinstance(rule, QuotaRule))
    return Evaluation(
        scheme=scheme,
        observations=observations,
        trees=trees,
        tree_of=tree_of,
        outcomes=np.empty(shape, dtype=np.uint8),
        reasons=np.empty(shape, dtype=np.uint8),
        rates=np.empty(shape),
        coverages=np.empty((groups, observations.rows)),
        passes=np.empty(shape, dtype=np.int8),
        band_marks=np.empty(shape, dtype=np.int8),
        verdict=np.full(observations.rows, NO_VERDICT, dtype=np.int16),
        uncut=np.full(observations.rows, np.nan),
        rule_states=np.zeros((len(scheme.rules), observations.rows), dtype=np.uint8),
        quota_bands=np.full((quotas, observations.rows), NOT_IN_A_GROUP, dtype=np.int8),
        distribution=np.zeros((len(observations.periods), len(scheme.bands)), dtype=np.intp),
    )


def _ladders(tree: Tree) -> list[Ladder]:
    """The lines of each node; few nodes have a pass line of their own."""
    bounded = tree.clipped and tree.scheme.cap is None
    lines = {node.line for node in tree.nodes}
    ladders = {line: Ladder.of(tree.scheme, line, bounded=bounded) for line in lines}
    return [ladders[node.line] for node in tree.nodes]


def _score_chunk(
    tree: Tree,
    cells: Cells,
    rows: Rows,
    result: Evaluation,
    known: Leaves,
    shortcuts: Shortcuts,
    ladders: Sequence[Ladder],
) -> None:
    """Score some rows of one tree and write them into the result."""
    where = _span(rows)
    outcome, reason = result.outcomes[:, where], result.reasons[:, where]
    rate, coverage = result.rates[:, where], result.coverages[:, where]
    passed, band = result.passes[:, where], result.band_marks[:, where]
    states = result.rule_states[:, where]
    share = np.empty(outcome.shape) if tree.scheme.not_applicable == "pooled" else None
    chunk = Chunk(outcome, reason, rate, coverage, share)
    exact = ExactScores(tree, cells, outcome, rate, rows, known)
    _score_nodes(tree, cells, rows, chunk, exact)
    standing = Standing(tree, cells, chunk, passed, exact, rows)
    result.uncut[rows] = _adjust_root(standing, states)
    for node in tree.nodes:
        i, scored = node.index, standing.scored(node.index)
        exactly = partial(standing.node_rates, i)
        settle = _settler(node, shortcuts, cells, where, rate[i])
        judge(rate[i], scored, ladders[i], exactly, settle, passed[i], band[i])
        np.copyto(rate[i], np.nan, where=~scored)
        if node.children:
            np.copyto(coverage[node.group], np.nan, where=outcome[i] == NOT_APPLICABLE)
    result.verdict[rows] = apply_rules(standing, band[0], states)
    if not isinstance(where, slice):
        result.outcomes[:, where], result.reasons[:, where] = outcome, reason
        result.rates[:, where], result.coverages[:, where] = rate, coverage
        result.passes[:, where], result.band_marks[:, where] = passed, band
        result.rule_states[:, where] = states


def _settler(
    node: Node, shortcuts: Shortcuts, cells: Cells, rows: Rows | slice, rate: Floats
) -> Callable[[Fraction], Bools | None]:
    """What tells a node's lines without exact rates: nothing for a group."""
    rubric = node.rubric
    if rubric is None:
        return lambda line: None
    return lambda line: shortcuts.settle(node.index, rubric, line, cells, rows, rate)


def _score_nodes(tree: Tree, cells: Cells, rows: Rows, chunk: Chunk, exact: ExactScores) -> None:
    """Fill the chunk from the leaves up."""
    leaves, groups = LeafScorer(tree, cells, rows, exact), GroupScorer(tree, chunk, exact)
    without = exempt_nodes(tree, cells, rows)
    for node in reversed(tree.nodes):
        i = node.index
        if node.children:
            groups.score(node)
        else:
            leaves.score(node, chunk.outcome[i], chunk.reason[i], chunk.rate[i])
        if i in without:
            exempt(node, without[i], chunk)
        if chunk.share is not None and not node.children:
            chunk.share[i] = chunk.outcome[i] != NOT_APPLICABLE


def _span(rows: Rows) -> Rows | slice:
    """The rows as a slice where they are contiguous: the result is then written in place."""
    if len(rows) and int(rows[-1]) - int(rows[0]) == len(rows) - 1:
        return slice(int(rows[0]), int(rows[-1]) + 1)
    return rows


def _adjust_root(standing: Standing, states: Codes) -> Floats:
    """Apply the adjust rules to the root's rate, cut it, and return the uncut scores (NaN: no score)."""
    root, scored = standing.chunk.rate[0], standing.scored(0)
    added = np.zeros(len(root))
    for state, rule in zip(states, standing.tree.scheme.rules, strict=True):
        if isinstance(rule, AdjustRule):
            state[:], points = adjust(rule, standing)
            added += points
    if standing.added:
        root += added / 100
    uncut = np.where(scored, root * 100, np.nan)
    if standing.tree.scheme.cap != "none":
        np.clip(root, 0.0, 1.0, out=root)
    root[~scored] = 0.0
    return uncut
