"""Standings: where units stand under the weights in force and under others, and how many differ in what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from steelyard.analysis.ranking import rank
from steelyard.scheme.model import Band
from steelyard.scoring import Evaluation, Outcome
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.score_sheet import number
from steelyard.store.units import UnitRecord

DECIMALS = 12
SAME = 1e-9
"""Scores closer than this are the same: they differ in the last digits of a float."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands under one set of weights; `rank` is among all that may be seen."""

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
        return None if before is None or after is None else round(after - before, DECIMALS)

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
    """How many of all units that may be seen have a score, and how many change in what."""

    units: int
    scored: int
    score_changed: int
    rank_changed: int
    band_changed: int
    verdict_changed: int


class Outcomes:
    """The roots of all units under one set of weights, and their ranks."""

    def __init__(self, entry: SchemeEntry, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self.scores = evaluation.score(entry.root.code)
        self.ranks = rank(self.scores).rank
        self._points = evaluation.points(entry.root.code)
        self._bands = (*entry.bands, None)
        self._words = (*evaluation.verdict_words, None)

    def standing(self, at: int) -> Standing:
        """One unit's."""
        return Standing(
            outcome=Outcome(self.evaluation.outcomes.item(0, at)),
            score=number(self.scores.item(at)),
            points=number(self._points.item(at)),
            band=self._bands[self.evaluation.band_marks.item(0, at)],
            verdict=self._words[self.evaluation.verdict.item(at)],
            passed=(False, True, None)[self.evaluation.passes.item(0, at)],
            rank=self.ranks.item(at) or None,
        )


def summary_of(current: Outcomes, proposed: Outcomes) -> WhatIfSummary:
    """How many units differ in what."""
    before, after = current.scores, proposed.scores
    same = (np.abs(before - after) <= SAME) | (np.isnan(before) & np.isnan(after))
    bands = current.evaluation.band_marks[0] != proposed.evaluation.band_marks[0]
    return WhatIfSummary(
        units=len(after),
        scored=int(np.count_nonzero(~np.isnan(after))),
        score_changed=int(np.count_nonzero(~same)),
        rank_changed=int(np.count_nonzero(current.ranks != proposed.ranks)),
        band_changed=int(np.count_nonzero(bands)),
        verdict_changed=int(np.count_nonzero(current.evaluation.verdict != proposed.evaluation.verdict)),
    )
