"""Overviews: the units at or below one, each with its score, its change and its last periods."""

from __future__ import annotations

from dataclasses import dataclass

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.analysis.selection import select_rows
from steelyard.scheme.model import Band
from steelyard.scoring import Outcome, Reason
from steelyard.scoring.observations import Floats, Rows
from steelyard.services import editions
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.services.score_sheet import number, numbers
from steelyard.services.trends import changes_of, sequence, series
from steelyard.services.unit_choice import UnitChoice, chosen
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
) -> tuple[OverviewRow, ...]:
    """The units that the scheme scores at or below one, all if left out, by code; NotFound.

    Of these those that `choice` means. The tree is the one of the period's last day.
    """
    known = await editions.load(view, scope, view.context.entry(scheme))
    record = known.period(period)
    scores = known.edition(record)
    meant = chosen(scores, record, choice, scores.asked(None, unit, record))
    root = [scores.entry.root]
    periods = sequence(known, record, length)
    lines = series(known, meant, root, periods)
    change = changes_of(known, meant, root, periods[-1:], lines[:, :, -1:])
    return _rows(scores, meant, scores.rows(meant, record), lines[:, 0], change[:, 0, 0])


def _rows(
    scores: Cube, units: tuple[UnitRecord, ...], rows: Rows, lines: Floats, changes: Floats
) -> tuple[OverviewRow, ...]:
    cut, root = select_rows(scores.evaluation, rows), scores.entry.root.code
    bands, words = (*scores.entry.bands, None), (*cut.verdict_words, None)
    figures = [numbers(of_root(root)) for of_root in (cut.score, cut.points, cut.full, cut.coverage)]
    return tuple(
        OverviewRow(
            unit=unit,
            outcome=Outcome(cut.outcomes.item(0, at)),
            reason=Reason(cut.reasons.item(0, at)),
            score=figures[0][at],
            points=figures[1][at],
            full=figures[2][at],
            coverage=figures[3][at],
            band=bands[cut.band_marks.item(0, at)],
            passed=(False, True, None)[cut.passes.item(0, at)],
            verdict=words[cut.verdict.item(at)],
            change=number(changes.item(at)),
            sparkline=tuple(numbers(lines[at])),
        )
        for at, unit in enumerate(units)
    )
