"""Baselines: how things stood when a plan was made, written down so that nothing later changes it.

What a plan shows of then it reads here: other versions of the scheme, other weights and corrected figures do
not touch it. Numbers are decimal text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from steelyard.analysis.selection import select_rows
from steelyard.improvement.path import PathAnswer
from steelyard.improvement.projection import Projection
from steelyard.improvement.weaknesses import known
from steelyard.scoring import Evaluation, Outcome
from steelyard.services.cube import Cube
from steelyard.store.periods import PeriodRecord
from steelyard.store.runs import RunRecord
from steelyard.store.units import UnitRecord


def evaluation_of(scores: Cube, unit: UnitRecord, period: PeriodRecord) -> Evaluation:
    """One row: of the unit in the period."""
    return select_rows(scores.evaluation, scores.rows([unit], period))


def baseline_of(
    scores: Cube,
    evaluation: Evaluation,
    period: PeriodRecord,
    node: str,
    projected: Projection,
    run: RunRecord | None,
) -> dict[str, Any]:
    """What stood for the only row of an evaluation, of a node and of all indicators.

    run: the evaluation that was stored last for the period; None before the first.
    """
    entry = scores.entry
    weights = scores.weight_set(period)
    verdict = int(evaluation.verdict[0]) if node == entry.root.code else -1
    band, passed = int(evaluation.band(node)[0]), int(evaluation.passed(node)[0])
    return {
        "node": node,
        "outcome": Outcome(int(evaluation.outcomes[evaluation.index[node], 0])).name.lower(),
        **{name: _figure(evaluation, name, node) for name in ("score", "points", "full", "rate", "coverage")},
        "passed": None if passed < 0 else bool(passed),
        "band": None if band < 0 else evaluation.bands[band],
        "verdict": None if verdict < 0 else evaluation.verdict_words[verdict],
        "rates": _rates(evaluation, (each.code for each in entry.nodes)),
        "titles": {
            each.code: {"zh": each.indicator.label.zh, "en": each.indicator.label.en} for each in entry.nodes
        },
        "scheme_version": entry.scheme.version,
        "scheme_hash": entry.hash,
        "weight_set": None if weights is None else weights.number,
        "run": None if run is None else {"revision": run.revision, "state": run.state.value},
        "projected": projection_text(projected),
    }


def target_of(answer: PathAnswer) -> dict[str, Any]:
    """What a plan is to reach, and what the search for a path to it found."""
    reason = answer.reason or answer.summary
    return {
        "kind": answer.target.kind.value,
        "band": answer.target.band,
        "points": text(answer.target_points),
        "needed": text(answer.needed),
        "status": answer.status.value,
        "reason": {"zh": reason.zh, "en": reason.en},
        "lacking": text(answer.lacking),
        "most": None if answer.most is None else projection_text(answer.most),
    }


def projection_text(found: Projection) -> dict[str, Any]:
    """A projection as JSON."""
    return {
        "score": text(found.score),
        "points": text(found.points),
        "passed": found.passed,
        "band": found.band,
        "verdict": found.verdict,
    }


def text(number: float | None) -> str | None:
    """A figure as decimal text."""
    return None if number is None else repr(number)


def _figure(evaluation: Evaluation, name: str, node: str) -> str | None:
    return text(known(float(getattr(evaluation, name)(node)[0])))


def _rates(evaluation: Evaluation, codes: Iterable[str]) -> Mapping[str, str]:
    found = {code: _figure(evaluation, "rate", code) for code in codes}
    return {code: rate for code, rate in found.items() if rate is not None}
