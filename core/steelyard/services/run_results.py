"""The results of a run as they are stored: arrays of all nodes, and what came out at the roots."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from steelyard.analysis.selection import select_rows
from steelyard.scoring import Evaluation, Outcome
from steelyard.services.cube import Cube
from steelyard.services.score_sheet import number, numbers
from steelyard.store.periods import PeriodRecord
from steelyard.store.run_table import RunTable
from steelyard.store.runs import RunRoot


def run_table(scores: Cube, period: PeriodRecord) -> RunTable:
    """The results of all nodes for all units in a period."""
    cut = _cut(scores, period)
    return RunTable(tuple(unit.id for unit in scores.units), cut.codes, _arrays(cut))


def _cut(scores: Cube, period: PeriodRecord) -> Evaluation:
    return select_rows(scores.evaluation, scores.rows(scores.units, period))


def _arrays(cut: Evaluation) -> Mapping[str, NDArray[Any]]:
    return {
        "outcomes": cut.outcomes,
        "reasons": cut.reasons,
        "rates": cut.rates,
        "coverages": np.array([cut.coverage(code) for code in cut.codes]),
        "fulls": np.array([cut.full(code) for code in cut.codes]),
        "passes": cut.passes,
        "bands": cut.band_marks,
        "verdict": cut.verdict,
        "uncut": cut.uncut,
        "rules": cut.rule_states,
    }


def run_roots(scores: Cube, period: PeriodRecord) -> tuple[RunRoot, ...]:
    """What came out for each unit."""
    cut = _cut(scores, period)
    root, bands, words = cut.codes[0], (*cut.bands, None), (*cut.verdict_words, None)
    found = numbers(cut.score(root))
    return tuple(
        RunRoot(
            unit_id=unit_id,
            outcome=Outcome(cut.outcomes.item(0, at)).name,
            score=found[at],
            coverage=number(cut.coverages.item(0, at)),
            band=bands[cut.band_marks.item(0, at)],
            verdict=words[cut.verdict.item(at)],
            passed=(False, True, None)[cut.passes.item(0, at)],
        )
        for at, unit_id in enumerate(unit.id for unit in scores.units)
    )
