"""Standings: where units stand under the weights in force and under others, and how many differ in what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from steelyard.analysis.ranking import rank
from steelyard.scheme.model import Band
from steelyard.scoring import Evaluation, Outcome
from steelyard.scoring.observations import Floats, Rows
from steelyard.scoring.rubrics.function import Bools
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.score_sheet import numbers
from steelyard.store.units import UnitRecord

BINS = 20
"""Of a histogram, each of 5 points."""
DECIMALS = 12
SAME = 1e-9
"""Scores closer than this are the same: they differ in the last digits of a float."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands under one set of weights; `rank` is among all that are seen, where it is told."""

    outcome: Outcome
    score: float | None
    points: float | None
    band: Band | None
    verdict: str | None
    passed: bool | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """A unit under the current and under the proposed weights."""

    unit: UnitRecord
    current: Standing
    proposed: Standing

    @property
    def score_change(self) -> float | None:
        """The proposed score less the current one; None where either is none."""
        before, after = self.current.score, self.proposed.score
        return None if before is None or after is None else round(after - before, DECIMALS) + 0.0

    @property
    def band_changed(self) -> bool:
        """Whether the band is another."""
        return self.current.band != self.proposed.band

    @property
    def verdict_changed(self) -> bool:
        """Whether the verdict is another."""
        return self.current.verdict != self.proposed.verdict

    @property
    def rank_changed(self) -> bool:
        """Whether the rank is another."""
        return self.current.rank != self.proposed.rank


@dataclass(frozen=True, slots=True)
class WhatIfSummary:
    """How many of all units that may be seen have a score, and how many change in what.

    before, after: how many scores lie in each of `BINS` equal parts of 0…100; what lies beyond is in the
    outermost. ranked: whether ranks are told; `rank_changed` is 0 where they are not.
    """

    units: int
    scored: int
    ranked: bool
    score_changed: int
    rank_changed: int
    band_changed: int
    verdict_changed: int
    before: tuple[int, ...]
    after: tuple[int, ...]


class Outcomes:
    """The roots of all units under one set of weights, and their ranks."""

    def __init__(self, entry: SchemeEntry, evaluation: Evaluation) -> None:
        self._entry, self.evaluation = entry, evaluation
        self.scores = evaluation.score(entry.root.code)
        self._ranking = rank(self.scores)
        self.ranks = self._ranking.rank
        self._root = entry.root.code
        self._bands = (*entry.bands, None)
        self._words = (*evaluation.verdict_words, None)

    @property
    def scored(self) -> int:
        """How many of them have a score."""
        return self._ranking.scored

    def unranked(self) -> Outcomes:
        """The same without ranks."""
        found = Outcomes(self._entry, self.evaluation)
        found.ranks = np.zeros_like(self.ranks)
        return found

    def standings(self, at: Rows) -> list[Standing]:
        """Those of some units, (k,), in their order."""
        found = self.evaluation
        columns = (
            found.outcomes[0, at].tolist(),
            numbers(self.scores[at]),
            numbers(found.points(self._root)[at]),
            found.band_marks[0, at].tolist(),
            found.verdict[at].tolist(),
            found.passes[0, at].tolist(),
            self.ranks[at].tolist(),
        )
        bands, words, passed = self._bands, self._words, (False, True, None)
        return [
            Standing(Outcome(code), score, points, bands[band], words[word], passed[passes], place or None)
            for code, score, points, band, word, passes, place in zip(*columns, strict=True)
        ]


def changes_of(
    units: Sequence[UnitRecord], current: Outcomes, proposed: Outcomes, at: Rows
) -> tuple[Change, ...]:
    """What changes for some of the units, (k,), in their order."""
    pairs = zip(at.tolist(), current.standings(at), proposed.standings(at), strict=True)
    return tuple(Change(units[place], before, after) for place, before, after in pairs)


def regraded(current: Outcomes, proposed: Outcomes) -> Bools:
    """Which units get another band or another verdict, (units,) of booleans."""
    before, after = current.evaluation, proposed.evaluation
    return np.asarray(
        (before.band_marks[0] != after.band_marks[0]) | (before.verdict != after.verdict), dtype=np.bool_
    )


def summary_of(current: Outcomes, proposed: Outcomes, *, ranked: bool) -> WhatIfSummary:
    """How many units differ in what."""
    before, after = current.scores, proposed.scores
    same = (np.abs(before - after) <= SAME) | (np.isnan(before) & np.isnan(after))
    bands = current.evaluation.band_marks[0] != proposed.evaluation.band_marks[0]
    return WhatIfSummary(
        units=len(after),
        scored=proposed.scored,
        ranked=ranked,
        score_changed=int(np.count_nonzero(~same)),
        rank_changed=int(np.count_nonzero(current.ranks != proposed.ranks)),
        band_changed=int(np.count_nonzero(bands)),
        verdict_changed=int(np.count_nonzero(current.evaluation.verdict != proposed.evaluation.verdict)),
        before=_histogram(before),
        after=_histogram(after),
    )


def _histogram(scores: Floats) -> tuple[int, ...]:
    known = scores[~np.isnan(scores)]
    bins = np.clip(known * (BINS / 100), 0, BINS - 1).astype(np.intp)
    return tuple(np.bincount(bins, minlength=BINS).tolist())
