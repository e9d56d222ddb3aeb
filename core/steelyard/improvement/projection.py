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


def projections(supposed: Evaluation, code: str) -> list[Projection]:
    """What a node is in each row of suppositions."""
    is_root = code == supposed.codes[0]
    verdicts = supposed.verdict.tolist() if is_root else [-1] * supposed.rows
    columns = supposed.score(code), supposed.points(code), supposed.passed(code), supposed.band(code)
    return [
        Projection(
            score=known(score),
            points=known(points),
            passed=None if passed < 0 else bool(passed),
            band=None if band < 0 else supposed.bands[band],
            verdict=None if verdict < 0 else supposed.verdict_words[verdict],
        )
        for score, points, passed, band, verdict in zip(
            *(column.tolist() for column in columns), verdicts, strict=True
        )
    ]
