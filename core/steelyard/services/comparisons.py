"""Comparisons: chosen units on chosen indicators over chosen periods, beside their best, median and mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
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
from steelyard.services.unit_choice import UnitChoice, chosen
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit on one indicator in one period. Figures are None where there are none; scores are 0…100.

    change: against the period before in its calendar. to_best, to_median, to_mean: how far the score lies
    above those of the compared units; negative below. to_target: above the unit's target of the period.
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
    to_target: float | None


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
    """Arrays (units, indicators, periods): scores 0…100, NaN where there is none, and what is beside them.

    entry: the version of the scheme of the last period. bands: by period those of its own version.
    """

    entry: SchemeEntry
    units: tuple[UnitRecord, ...]
    indicators: tuple[SchemeNode, ...]
    periods: tuple[PeriodRecord, ...]
    bands: tuple[tuple[Band, ...], ...]
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
    to_target: Floats
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
            band=None if band < 0 else self.bands[period][band],
            passed=None if passed < 0 else bool(passed),
            change=number(self.changes.item(at)),
            to_best=number(self.to_best.item(at)),
            to_median=number(self.to_median.item(at)),
            to_mean=number(self.to_mean.item(at)),
            to_target=number(self.to_target.item(at)),
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
    choice: UnitChoice | None = None,
    indicators: Sequence[str] | None = None,
    admit: Callable[[int], None] = lambda cells: None,
) -> ComparisonTable:
    """Compare units; the root if no indicators are named. Raises NotFound for what is not there.

    Compared are the `units` named, else those at or below one on the last day of the last period named, else
    all that the scheme scores: of these those that `choice` means in that period. admit: raises where it
    comes to too many cells, before any is worked out.
    """
    known = await editions.load(view, scope, view.context.entry(scheme))
    asked = tuple(known.period(code) for code in dict.fromkeys(periods))
    shown = known.edition(asked[-1]) if asked else known
    among = shown.asked(units, below, asked[-1] if asked else None)
    meant = chosen(shown, asked[-1], choice, among) if asked else among
    named = [None] if indicators is None else list(dict.fromkeys(indicators))
    nodes = tuple(known.node(code, shown) for code in named)
    admit(len(meant) * len(nodes) * len(asked))
    return compared(known, meant, nodes, asked)


async def heat_map(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    period: str,
    below: str | None = None,
    choice: UnitChoice | None = None,
    indicators: Sequence[str] | None = None,
) -> ComparisonTable:
    """Compare units as `compare` does; the root and the first level if no indicators are named."""
    if indicators is None:
        known = await editions.load(view, scope, view.context.entry(scheme))
        nodes = known.edition(known.period(period)).entry.nodes
        indicators = [node.code for node in nodes if node.depth <= 1]
    return await compare(
        view,
        actor,
        scope,
        scheme=scheme,
        periods=[period],
        below=below,
        choice=choice,
        indicators=indicators,
    )


def compared(
    known: Cube,
    units: tuple[UnitRecord, ...],
    nodes: tuple[SchemeNode, ...],
    periods: tuple[PeriodRecord, ...],
) -> ComparisonTable:
    """Cut a comparison out of a cube and its editions; a node that a version does not have is MISSING."""
    each = [_column(known.edition(period), units, nodes, period) for period in periods]
    columns = _stacked(each, (len(units), len(nodes)))
    values = without_noise(columns["rates"] * 100)
    targets = columns.pop("targets") * 100
    spreads = comparison.spread(values)
    editions = [known.edition(period).entry for period in periods]
    return ComparisonTable(
        entry=editions[-1] if editions else known.entry,
        units=units,
        indicators=nodes,
        periods=periods,
        bands=tuple(entry.bands for entry in editions),
        scores=values,
        **columns,
        changes=changes_of(known, units, nodes, periods, values),
        to_best=comparison.distance(values, spreads.best),
        to_median=comparison.distance(values, spreads.median),
        to_mean=comparison.distance(values, spreads.mean),
        to_target=without_noise(values - targets),
        spreads=spreads,
    )


_NOTHING: Mapping[str, Any] = MappingProxyType(
    {
        "rates": np.nan,
        "points": np.nan,
        "coverages": np.nan,
        "targets": np.nan,
        "outcomes": np.uint8(Outcome.MISSING),
        "reasons": np.uint8(Reason.VALUE_MISSING),
        "passes": np.int8(-1),
        "band_marks": np.int8(-1),
    }
)
"""What stands in a column where a version of the scheme has no such node."""


def _column(
    shown: Cube, units: tuple[UnitRecord, ...], nodes: tuple[SchemeNode, ...], period: PeriodRecord
) -> dict[str, NDArray[Any]]:
    """One period of a comparison, (units, nodes) by name."""
    shape = len(units), len(nodes)
    column = {name: np.full(shape, nothing) for name, nothing in _NOTHING.items()}
    if not shown.scores(units):
        return column
    cut = select_rows(shown.evaluation, shown.rows(units, period))
    targets = shown.standards_of(units, period).targets
    for at, node in enumerate(nodes):
        place = shown.place(node)
        if place is None:
            continue
        for name in ("rates", "outcomes", "reasons", "passes", "band_marks"):
            column[name][:, at] = getattr(cut, name)[place]
        column["points"][:, at] = cut.points(cut.codes[place])
        column["coverages"][:, at] = cut.coverage(cut.codes[place])
        each = [float(found.get(cut.codes[place], np.nan)) for found in targets.each]
        column["targets"][:, at] = np.array(each)[targets.of]
    return column


def _stacked(
    columns: Sequence[Mapping[str, NDArray[Any]]], shape: tuple[int, int]
) -> dict[str, NDArray[Any]]:
    """All periods, (units, nodes, periods) by name."""
    if not columns:
        return {name: np.full((*shape, 0), nothing) for name, nothing in _NOTHING.items()}
    return {name: np.stack([column[name] for column in columns], axis=-1) for name in _NOTHING}
