"""Projections: what a node would come out as under a supposition."""

from __future__ import annotations

from dataclasses import dataclass

from steelyard.improvement.weaknesses import known
from steelyard.scoring.evaluation import Evaluation


@dataclass(frozen=True, slots=True)
class Projection:
    """What a node would come out as; None where it has no such thing.

    The verdict is the scheme's, given for the root only; streaks are not foreseen.
    """

    score: float | None
    points: float | None
    passed: bool | None
    band: str | None
    verdict: str | None


def projection(supposed: Evaluation, at: int, code: str) -> Projection:
    """What a node is in one row of suppositions."""
    passed, band = int(supposed.passed(code)[at]), int(supposed.band(code)[at])
    verdict = int(supposed.verdict[at]) if code == supposed.codes[0] else -1
    return Projection(
        score=known(float(supposed.score(code)[at])),
        points=known(float(supposed.points(code)[at])),
        passed=None if passed < 0 else bool(passed),
        band=None if band < 0 else supposed.bands[band],
        verdict=None if verdict < 0 else supposed.verdict_words[verdict],
    )
