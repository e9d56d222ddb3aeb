"""Comparisons: chosen units on chosen indicators over chosen periods, beside their best, median and mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.analysis import comparison
from steelyard.analysis.selection import select_rows
from steelyard.scheme.model import Band
from steelyard.scoring import Outcome, Reason, without_noise
from steelyard.scoring.observations import Floats
from steelyard.services import editions
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.services.scheme_entry import SchemeEntry, SchemeNode
from steelyard.services.score_sheet import number
from steelyard.services.trends import changes_of
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit on one indicator in one period. Figures are None where there are none; scores are 0…100.

    change: against the period before in its calendar. to_best, to_median, to_mean: how far the score lies
    above those of the compared units; negative below.
    """

    outcome: Outcome
    reason: Reason
    score: float | None
    rate: float | None
    points: float | None
    coverage: float | None
    band: Band | None
    passed: bool | None
    change: float | None
    to_best: float | None
    to_median: float | None
    to_mean: float | None


@dataclass(frozen=True, slots=True)
class SpreadCell:
    """What the compared units' scores look like on one indicator in one period; `count` have a score."""

    count: int
    best: float | None
    best_unit: UnitRecord | None
    median: float | None
    mean: float | None


@dataclass(frozen=True)
class ComparisonTable:
    """Arrays (units, indicators, periods): scores 0…100, NaN where there is none, and what is beside them."""

    entry: SchemeEntry
    units: tuple[UnitRecord, ...]
    indicators: tuple[SchemeNode, ...]
    periods: tuple[PeriodRecord, ...]
    scores: Floats
    rates: Floats
    points: Floats
    coverages: Floats
    outcomes: NDArray[np.uint8]
    reasons: NDArray[np.uint8]
    passes: NDArray[np.int8]
    band_marks: NDArray[np.int8]
    changes: Floats
    to_best: Floats
    to_median: Floats
    to_mean: Floats
    spreads: comparison.Spread

    def cell(self, unit: int, indicator: int, period: int) -> Cell:
        """One cell by its positions."""
        at = unit, indicator, period
        band, passed = int(self.band_marks[at]), int(self.passes[at])
        return Cell(
            outcome=Outcome(self.outcomes.item(at)),
            reason=Reason(self.reasons.item(at)),
            score=number(self.scores.item(at)),
            rate=number(self.rates.item(at)),
            points=number(self.points.item(at)),
            coverage=number(self.coverages.item(at)),
            band=None if band < 0 else self.entry.bands[band],
            passed=None if passed < 0 else bool(passed),
            change=number(self.changes.item(at)),
            to_best=number(self.to_best.item(at)),
            to_median=number(self.to_median.item(at)),
            to_mean=number(self.to_mean.item(at)),
        )

    def spread(self, indicator: int, period: int) -> SpreadCell:
        """The compared units' scores on one indicator in one period."""
        return spread_cell(self.spreads, self.units, (indicator, period))


def spread_cell(
    spread: comparison.Spread, units: Sequence[UnitRecord], at: tuple[int, ...] = ()
) -> SpreadCell:
    """One place of a spread in Python values."""
    best = spread.best_member.item(at)
    return SpreadCell(
        count=spread.count.item(at),
        best=number(spread.best.item(at)),
        best_unit=None if best == comparison.NOBODY else units[best],
        median=number(spread.median.item(at)),
        mean=number(spread.mean.item(at)),
    )


async def compare(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    periods: Sequence[str],
    units: Sequence[str] | None = None,
    below: str | None = None,
    indicators: Sequence[str] | None = None,
) -> ComparisonTable:
    """Compare units; the root if no indicators are named. Raises NotFound for what is not there.

    Compared are the `units` named, else those at or below one on the last day of the last period named, else
    all that the scheme scores.
    """
    entry = view.context.entry(scheme)
    scores = await editions.load(view, scope, entry)
    asked = tuple(scores.period(code) for code in dict.fromkeys(periods))
    chosen = scores.asked(units, below, asked[-1] if asked else None)
    named = [None] if indicators is None else list(dict.fromkeys(indicators))
    nodes = tuple(entry.node(code) for code in named)
    return compared(scores, chosen, nodes, asked)


def compared(
    scores: Cube,
    units: tuple[UnitRecord, ...],
    nodes: tuple[SchemeNode, ...],
    periods: tuple[PeriodRecord, ...],
) -> ComparisonTable:
    """Cut a comparison out of a cube."""
    columns = [scores.rows(units, period) for period in periods]
    rows = np.stack(columns, axis=1) if columns else np.zeros((len(units), 0), dtype=np.intp)
    cut = select_rows(scores.evaluation, rows.reshape(-1))
    index = [cut.index[node.code] for node in nodes]

    def shaped(values: NDArray[Any]) -> NDArray[Any]:
        """From (indicators, units × periods) to (units, indicators, periods)."""
        return values.reshape(len(nodes), *rows.shape).transpose(1, 0, 2)

    rates = shaped(cut.rates[index])
    values = without_noise(rates * 100)
    spreads = comparison.spread(values)
    return ComparisonTable(
        entry=scores.entry,
        units=units,
        indicators=nodes,
        periods=periods,
        scores=values,
        rates=rates,
        points=shaped(np.array([cut.points(node.code) for node in nodes])),
        coverages=shaped(np.array([cut.coverage(node.code) for node in nodes])),
        outcomes=shaped(cut.outcomes[index]),
        reasons=shaped(cut.reasons[index]),
        passes=shaped(cut.passes[index]),
        band_marks=shaped(cut.band_marks[index]),
        changes=changes_of(scores, units, nodes, periods, values),
        to_best=comparison.distance(values, spreads.best),
        to_median=comparison.distance(values, spreads.median),
        to_mean=comparison.distance(values, spreads.mean),
        spreads=spreads,
    )
