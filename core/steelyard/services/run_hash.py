"""Run hashes: what a run was computed from and what came out, so that both can be compared with another's.

Numbers enter as little-endian floats, exact values as decimals; results rounded to 12 decimals, because the
last digits of a float may depend on the machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from steelyard.analysis.selection import select_observations, select_rows
from steelyard.scheme.number import decimal_text
from steelyard.scheme.rule import StreakRule
from steelyard.scoring import Evaluation, Observations, Status
from steelyard.services.cube import Cube
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord

DECIMALS = 12


def inputs_hash(scores: Cube, period: PeriodRecord, units: Sequence[UnitRecord] | None = None) -> str:
    """sha256 of what was observed of units, all if left out, in a period, and their attributes.

    Where the scheme has streaks, which look back, the calendar's measured periods before it are part of it.
    """
    looked_at = [period]
    if any(isinstance(rule, StreakRule) for rule in scores.entry.scheme.rules):
        earlier = (p for p in scores.measured if p.calendar == period.calendar and p.start < period.start)
        looked_at = [*sorted(earlier, key=lambda p: p.start), period]
    digest = hashlib.sha256()
    for each in looked_at:
        rows = scores.rows(scores.units if units is None else units, each)
        observed = select_observations(scores.evaluation.observations, rows)
        _update(digest, [each.calendar, each.code, *_observed(observed)])
    return digest.hexdigest()


def result_hash(scores: Cube, period: PeriodRecord) -> str:
    """sha256 of all nodes' results of all units in a period."""
    digest = hashlib.sha256()
    _update(digest, _results(select_rows(scores.evaluation, scores.rows(scores.units, period))))
    return digest.hexdigest()


def _observed(seen: Observations) -> Iterable[str | NDArray[Any]]:
    units = [seen.units[number] for number in seen.unit.tolist()]
    order = np.argsort(np.array(seen.measures)) if seen.measures else np.zeros(0, dtype=np.intp)
    yield from (_joined(units), _joined(seen.measures[i] for i in order.tolist()))
    known = seen.status == Status.VALUE
    yield seen.status[order]
    yield np.where(known, seen.values, 0.0)[order] + 0.0
    exact = sorted((seen.measures[i], units[at], decimal_text(n)) for (i, at), n in seen.exact.items())
    yield _joined(_joined(each) for each in exact)
    for kind, masks in (("exempt node", seen.exempt_nodes), ("exempt rule", seen.exempt_rules)):
        # Where nobody is exempt the hash is as it was before there were exemptions.
        for name in sorted(name for name, exempt in masks.items() if exempt.any()):
            yield from (_joined([kind, name]), masks[name])
    for name in sorted(seen.attributes):
        yield _joined([name, *("" if text is None else f"={text}" for text in seen.attributes[name])])


def _results(evaluation: Evaluation) -> Iterable[str | NDArray[Any]]:
    yield _joined(evaluation.codes)
    yield _joined(evaluation.verdict_words)
    yield from (evaluation.outcomes, evaluation.reasons, evaluation.passes, evaluation.band_marks)
    yield from (evaluation.verdict, evaluation.rule_states)
    for figures in (evaluation.rates, evaluation.coverages, evaluation.uncut):
        yield np.nan_to_num(np.round(figures, DECIMALS), nan=-1.0) + 0.0
        yield np.isnan(figures)


def _joined(texts: Iterable[str]) -> str:
    """Texts as one, so that different lists never become the same."""
    return "".join(f"{len(text)}:{text}" for text in texts)


def _update(digest: Any, parts: Iterable[str | NDArray[Any]]) -> None:
    for part in parts:
        data = part.encode() if isinstance(part, str) else _bytes(part)
        digest.update(len(data).to_bytes(8, "little"))
        digest.update(data)


def _bytes(array: NDArray[Any]) -> bytes:
    return np.ascontiguousarray(array.astype(array.dtype.newbyteorder("<"))).tobytes()
