"""Overviews: the units at or below one, each with its score, its change and its last periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.analysis.comparison import spread
from steelyard.scheme.model import Band
from steelyard.scoring import Outcome, Reason, without_noise
from steelyard.scoring.observations import Floats, Rows
from steelyard.services import editions
from steelyard.services.comparisons import SpreadCell, spread_cell
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.services.score_sheet import numbers
from steelyard.services.trends import changes_of, sequence, series
from steelyard.services.unit_choice import UnitChoice, chosen
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord

LENGTH = 12


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """One unit's root in one period. Figures are None where there are none; scores are 0…100.

    change: against the period before. sparkline: the scores of the last periods, this one last, None for
    a gap.
    """

    unit: UnitRecord
    outcome: Outcome
    reason: Reason
    score: float | None
    points: float | None
    full: float | None
    coverage: float | None
    band: Band | None
    passed: bool | None
    verdict: str | None
    change: float | None
    sparkline: tuple[float | None, ...]


@dataclass(frozen=True)
class Overview(Sequence[OverviewRow]):
    """The rows of an overview, by unit; kept as columns, of which a row is made when it is asked for.

    outcomes, reasons: codes of `Outcome` and `Reason`. The other columns hold what the rows do.
    """

    units: tuple[UnitRecord, ...]
    outcomes: list[int]
    reasons: list[int]
    scores: list[float | None]
    points: list[float | None]
    fulls: list[float | None]
    coverages: list[float | None]
    bands: list[Band | None]
    passes: list[bool | None]
    verdicts: list[str | None]
    changes: list[float | None]
    sparklines: list[list[float | None]]

    def __len__(self) -> int:
        """How many units there are."""
        return len(self.units)

    @overload
    def __getitem__(self, at: int) -> OverviewRow: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[OverviewRow, ...]: ...
    def __getitem__(self, at: int | slice) -> OverviewRow | tuple[OverviewRow, ...]:
        """One row, or some."""
        if isinstance(at, slice):
            return tuple(self[each] for each in range(len(self))[at])
        return OverviewRow(
            unit=self.units[at],
            outcome=Outcome(self.outcomes[at]),
            reason=Reason(self.reasons[at]),
            score=self.scores[at],
            points=self.points[at],
            full=self.fulls[at],
            coverage=self.coverages[at],
            band=self.bands[at],
            passed=self.passes[at],
            verdict=self.verdicts[at],
            change=self.changes[at],
            sparkline=tuple(self.sparklines[at]),
        )


@dataclass(frozen=True)
class Region:
    """The units of an overview, by code or as they were chosen; rows are made of those that are asked for.

    scores: as of the period; known: of all periods. length: periods of a sparkline.
    """

    known: Cube
    scores: Cube
    period: PeriodRecord
    units: tuple[UnitRecord, ...]
    length: int

    @cached_property
    def spread(self) -> SpreadCell:
        """What the scores of all of them look like together."""
        rows = self.scores.rows(self.units, self.period)
        rates = self.scores.evaluation.rate(self.scores.entry.root.code)[rows]
        return spread_cell(spread(without_noise(rates * 100)), self.units)

    def overview(self, part: slice = slice(None)) -> Overview:
        """The rows of some of them, all if left out."""
        units, root = self.units[part], [self.scores.entry.root]
        periods = sequence(self.known, self.period, self.length)
        lines = series(self.known, units, root, periods)
        change = changes_of(self.known, units, root, periods[-1:], lines[:, :, -1:])
        rows = self.scores.rows(units, self.period)
        return _overview(self.scores, units, rows, lines[:, 0], change[:, 0, 0])


async def below(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    period: str,
    unit: str | None = None,
    choice: UnitChoice | None = None,
    length: int = LENGTH,
) -> Overview:
    """The rows of all units of a region."""
    found = await region(
        view, actor, scope, scheme=scheme, period=period, unit=unit, choice=choice, length=length
    )
    return found.overview()


async def region(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    period: str,
    unit: str | None = None,
    choice: UnitChoice | None = None,
    length: int = LENGTH,
) -> Region:
    """The units that the scheme scores at or below one, all if left out, by code; NotFound.

    Of these those that `choice` means. The tree is the one of the period's last day.
    """
    known = await editions.load(view, scope, view.context.entry(scheme))
    record = known.period(period)
    scores = known.edition(record)
    meant = chosen(scores, record, choice, scores.asked(None, unit, record))
    return Region(known, scores, record, meant, length)


def _overview(
    scores: Cube, units: tuple[UnitRecord, ...], rows: Rows, lines: Floats, changes: Floats
) -> Overview:
    # Of the root alone: to cut these rows out of every node would take longer than the rest.
    whole, root = scores.evaluation, scores.entry.root.code
    rates, full = whole.rate(root)[rows], whole.full(root)[rows]
    return Overview(
        units=units,
        outcomes=whole.outcome(root)[rows].tolist(),
        reasons=whole.reason(root)[rows].tolist(),
        scores=numbers(without_noise(rates * 100)),
        points=numbers(without_noise(rates * full)),
        fulls=numbers(full),
        coverages=numbers(whole.coverage(root)[rows]),
        # The code -1 stands for none, and so for the last.
        bands=list(map((*scores.entry.bands, None).__getitem__, whole.band(root)[rows].tolist())),
        passes=list(map((False, True, None).__getitem__, whole.passed(root)[rows].tolist())),
        verdicts=list(map((*whole.verdict_words, None).__getitem__, whole.verdict[rows].tolist())),
        changes=numbers(changes),
        sparklines=numbers(lines),
    )
