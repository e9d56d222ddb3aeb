"""Simulation: what a ranking is worth if weights, and sampled measures, were drawn around what they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from steelyard.analysis.ranking import Ranking
from steelyard.analysis.robustness.draws import CONCENTRATION, ValueDraws, dirichlet_draws
from steelyard.analysis.robustness.panel import Panel
from steelyard.analysis.robustness.ranks import HIGH, LOW, MIDDLE, Ranks, ahead, rank_quantile, ranks
from steelyard.analysis.robustness.sampled import Sampled
from steelyard.analysis.robustness.sheet import Weights
from steelyard.analysis.robustness.work import Report, check_ranges, pieces, ranking_of, silent
from steelyard.scoring.evaluation import Evaluation
from steelyard.scoring.observations import Floats, Rows

DRAWS = 1000
MOST_DRAWS = 100_000
MOST_RANKS = 50_000_000
"""Draws × units: the ranks of all are kept until the end, 4 bytes each."""
LEAST_CONCENTRATION, MOST_CONCENTRATION = 1.0, 1e6
WHOLE_MATRIX = 100
"""Up to so many units each is compared with each, else with its neighbours in the ranking alone."""
CERTAIN = 0.95
"""Two units are told apart where one is ahead in more than this share of the draws."""
BLOCK = 64
"""So many units are compared with the first of a group at once."""


@dataclass(frozen=True)
class Robustness:
    """A ranking of n units, and what became of it in `draws` draws.

    ranking: with the weights that are set. scored: (n,) draws in which a unit has a score. low, median,
    high: (n,) the rank that 5 %, half and 95 % of these draws are at or above; best, worst: of all; 0
    without a score.

    ahead: (n, n), the share of draws in which the row's unit is ahead of the column's, ties counting half,
    of those in which both have a score; NaN where there are none, and on the diagonal; None for more than
    `WHOLE_MATRIX` units. neighbours: (scored − 1,), the same of each in the ranking's order and the next.

    groups: (n,) from 1 in the ranking's order, 0 without a score. A group begins with the best unit that is
    in none, and takes in those that follow as long as they cannot be told from it: neither of the two is
    ahead in more than 95 % of the draws.
    """

    draws: int
    concentration: float
    seed: int
    ranking: Ranking
    scored: Rows
    low: Ranks
    median: Ranks
    high: Ranks
    best: Ranks
    worst: Ranks
    ahead: Floats | None
    neighbours: Floats
    groups: Rows


def simulate(
    evaluation: Evaluation,
    rows: Rows,
    *,
    node: str | None = None,
    draws: int = DRAWS,
    concentration: float = CONCENTRATION,
    seed: int = 0,
    min_group: int = 1,
    sampled: Mapping[str, Sampled] | None = None,
    report: Report = silent,
) -> Robustness:
    """Rank units under weights drawn at random around those they were scored with; see `draws`.

    rows: (n,) of the evaluation, units of one period. node: the root if left out. sampled: by measure, for
    these rows: they are drawn with the weights, which are the same with them and without. The same seed
    gives the same draws. Raises InvalidInput: fewer than `min_group` units with a score, or an argument out
    of range.
    """
    check_arguments(len(rows), draws, concentration, seed)
    panel = Panel.of(evaluation, rows, node)
    ranking = ranking_of(evaluation, rows, panel.target, min_group)
    drawn = [
        dirichlet_draws(sheet.tree, panel.target, draws, concentration, seed) for sheet, _ in panel.sheets
    ]
    values = None if sampled is None else ValueDraws(evaluation, rows, panel, sampled, seed)
    found = np.empty((draws, len(rows)), dtype=np.int32)
    for start, stop in pieces(draws, panel.chunk):
        laid = [_piece(each, start, stop) for each in drawn]
        sheets = None if values is None else values.sheets(stop - start)
        scores = panel.scores(laid, stop - start, sheets)
        found[start:stop] = ranks(scores)
        report(stop, draws)
    return _result(ranking, found, concentration, seed)


def check_arguments(units: int, draws: int, concentration: float, seed: int) -> None:
    """Raise InvalidInput with all arguments of `simulate` that are out of range."""
    spread = (concentration, LEAST_CONCENTRATION, MOST_CONCENTRATION)
    most = min(MOST_DRAWS, MOST_RANKS // max(1, units))
    check_ranges(draws=(draws, 1, most), concentration=spread, seed=(seed, 0, 2**63))


def _result(ranking: Ranking, found: Ranks, concentration: float, seed: int) -> Robustness:
    """What the ranks in all draws, (draws, n), say together; they are sorted on the way."""
    order, units = ranking.order[: ranking.scored], found.shape[1]
    neighbours = ahead(found[:, order[:-1]], found[:, order[1:]])
    groups = np.zeros(units, dtype=np.intp)
    groups[order] = _groups(found, order)
    matrix = _matrix(found) if units <= WHOLE_MATRIX else None
    found.sort(axis=0)
    scored = np.count_nonzero(found, axis=0).astype(np.intp)
    low, median, high, best, worst = (rank_quantile(found, scored, q) for q in (LOW, MIDDLE, HIGH, 0.0, 1.0))
    return Robustness(
        draws=len(found),
        concentration=concentration,
        seed=seed,
        ranking=ranking,
        scored=scored,
        low=low,
        median=median,
        high=high,
        best=best,
        worst=worst,
        ahead=matrix,
        neighbours=neighbours,
        groups=groups,
    )


def _matrix(found: Ranks) -> Floats:
    units = found.shape[1]
    matrix = np.array([ahead(found[:, [unit]], found) for unit in range(units)]).reshape(units, units)
    np.fill_diagonal(matrix, np.nan)
    return matrix


def _groups(found: Ranks, order: Rows) -> Rows:
    """The number of the group of each unit in the ranking's order, from 1."""
    numbers = np.ones(len(order), dtype=np.intp)
    first, at = 0, 1
    while at < len(order):
        share = ahead(found[:, order[[first]]], found[:, order[at : at + BLOCK]])
        apart = np.flatnonzero((share > CERTAIN) | (share < 1 - CERTAIN))
        if len(apart):
            first = at + int(apart[0])
            numbers[first:] += 1
        at = first + 1 if len(apart) else at + BLOCK
    return numbers


def _piece(drawn: Weights, start: int, stop: int) -> Weights:
    return {index: weights[start:stop] for index, weights in drawn.items()}
