"""Variation: what a ranking is worth if one weight were another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from steelyard.analysis.ranking import Ranking
from steelyard.analysis.robustness.panel import Panel
from steelyard.analysis.robustness.ranks import Ranks, ranks
from steelyard.analysis.robustness.work import Report, check_ranges, pieces, ranking_of, silent
from steelyard.scoring.evaluation import Evaluation
from steelyard.scoring.observations import Rows

FACTORS = tuple(step / 10 for step in range(5, 16))
"""0.5, 0.6, … 1.5."""
LEAST, MOST = 0.001, 1000.0


@dataclass(frozen=True)
class OneAtATime:
    """A ranking of n units with each of m weights times each of f factors, its siblings keeping theirs.

    nodes: the codes whose weights were varied. ranks: (m, f, n), 0 without a score.
    """

    nodes: tuple[str, ...]
    factors: tuple[float, ...]
    ranking: Ranking
    ranks: Ranks

    @cached_property
    def best(self) -> Ranks:
        """The best rank that each weight gives each unit, (m, n); 0 where it never has a score."""
        known = np.where(self.ranks > 0, self.ranks, np.iinfo(np.int32).max).min(axis=1)
        return np.asarray(np.where(self.worst > 0, known, 0), dtype=np.int32)

    @cached_property
    def worst(self) -> Ranks:
        """The worst rank that each weight gives each unit, (m, n); 0 where it never has a score."""
        return np.asarray(self.ranks.max(axis=1))

    @property
    def moved(self) -> Rows:
        """How many units each weight moves to another rank, (m,)."""
        moved = (self.ranks != self.ranking.rank).any(axis=1)
        return np.asarray(np.count_nonzero(moved, axis=1), dtype=np.intp)


def vary(
    evaluation: Evaluation,
    rows: Rows,
    *,
    node: str | None = None,
    factors: tuple[float, ...] = FACTORS,
    min_group: int = 1,
    report: Report = silent,
) -> OneAtATime:
    """Rank units with one weight after the other multiplied by each factor; the rest as in `simulate`."""
    check_ranges(**{f"factors.{at}": (factor, LEAST, MOST) for at, factor in enumerate(factors)})
    panel = Panel.of(evaluation, rows, node)
    ranking = ranking_of(evaluation, rows, panel.target, min_group)
    nodes = panel.weighted()
    found = np.zeros((len(nodes), len(factors), len(rows)), dtype=np.int32)
    for at, index in enumerate(nodes):
        for start, stop in pieces(len(factors), panel.chunk):
            column = np.array(factors[start:stop])[:, np.newaxis]
            laid = [{index: sheet.weight(index) * column} for sheet, _ in panel.sheets]
            found[at, start:stop] = ranks(panel.scores(laid, stop - start))
        report(at + 1, len(nodes))
    return OneAtATime(tuple(evaluation.codes[i] for i in nodes), factors, ranking, found)
