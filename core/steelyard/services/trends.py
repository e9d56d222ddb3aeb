"""Trends: scores along the periods of one calendar, in which a period without a score stays a gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.analysis.trend import Limits, changes, control_limits, moving_average
from steelyard.errors import NotFound, Problem
from steelyard.scheme.calendar import Calendar, Period
from steelyard.scheme.model import Band
from steelyard.scoring import Outcome, without_noise
from steelyard.scoring.observations import Floats
from steelyard.services import editions
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.services.problems import CALENDAR_NOT_NAMED
from steelyard.services.scheme_entry import SchemeNode
from steelyard.services.score_sheet import number
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord

LONGEST = 1000
WINDOW = 3
"""How many periods a moving average is of."""


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A node's score in one period. `change` is against the period before, None where either has no score.

    year_change: against the same period of the year before. average: of this period and the two before it,
    None where one has no score. limits: what the scores of the trend vary between while nothing but chance
    moves them, the same in all its points; None for few scores.
    outcome: None where the period is not on record, so that nobody was evaluated in it, and where it is
    closed and was evaluated with a version of the scheme that has no such node, or cannot be read any more.
    """

    period: Period
    outcome: Outcome | None
    score: float | None
    change: float | None
    band: Band | None
    passed: bool | None
    year_change: float | None = None
    average: float | None = None
    limits: Limits | None = None

    @property
    def is_unusual(self) -> bool:
        """Whether the score lies outside of the limits: more than chance moved it."""
        if self.score is None or self.limits is None:
            return False
        return not self.limits.lower <= self.score <= self.limits.upper


async def trend(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    unit: str,
    node: str | None = None,
    calendar: str | None = None,
    until: str | None = None,
    length: int | None = None,
) -> tuple[TrendPoint, ...]:
    """A node's scores period by period, the oldest first; the root's if no node is named.

    The calendar is that of the period `until`, else the one named, else the scheme's first. Without `until`
    the last period on record ends it, without `length` the first begins it. Raises NotFound.
    """
    scores = await editions.load(view, scope, view.context.entry(scheme))
    last = scores.period(until) if until is not None else _last(scores, calendar)
    shown = scores if last is None else scores.edition(last)
    asked, chosen = shown.unit(unit), scores.node(node, shown)
    if last is None:
        return ()
    periods = sequence(scores, last, length)
    # As many before the first as its moving average and its change need.
    longer = sequence(scores, last, len(periods) + WINDOW - 1)
    values = series(scores, [asked], [chosen], longer)[0, 0]
    years = series(scores, [asked], [chosen], [_year_before(scores, period) for period in periods])[0, 0]
    of_years = without_noise(values[WINDOW - 1 :] - years)
    averages = moving_average(values, WINDOW)
    figures = np.vstack([values, changes(values), averages])[:, WINDOW - 1 :]
    limits = control_limits(figures[0])
    return tuple(
        _point(scores, asked, chosen, period, [*figures[:, at].tolist(), of_years.item(at)], limits)
        for at, period in enumerate(periods)
    )


def sequence(scores: Cube, last: PeriodRecord, length: int | None) -> tuple[Period, ...]:
    """The periods of one calendar without a break up to `last`, the oldest first.

    They are `length`, or as many as there are since the first on record.
    """
    calendar = calendar_of(scores, last.calendar)
    first = min(period.start for period in scores.on_record if period.calendar == last.calendar)
    periods = [calendar.period(last.code)]
    while len(periods) < (length or LONGEST) and (length is not None or periods[-1].start > first):
        periods.append(calendar.previous(periods[-1]))
    return tuple(reversed(periods))


def series(
    scores: Cube,
    units: Sequence[UnitRecord],
    nodes: Sequence[SchemeNode],
    periods: Sequence[Period | PeriodRecord],
) -> Floats:
    """Scores 0…100, (units, nodes, periods), each period's as it is shown.

    NaN where there is none, also in periods not on record, and where a period's version has no such node.
    """
    result = np.full((len(units), len(nodes), len(periods)), np.nan)
    for at, period in enumerate(periods):
        record = scores.structure.find_period(period.code, [period.calendar])
        shown = None if record is None else scores.find_edition(record)
        if record is None or shown is None or not shown.scores(units):
            continue
        rows = shown.rows(units, record)
        for column, place in enumerate(map(shown.place, nodes)):
            if place is not None:
                result[:, column, at] = shown.evaluation.rates[place, rows] * 100
    return without_noise(result)


def changes_of(
    scores: Cube,
    units: Sequence[UnitRecord],
    nodes: Sequence[SchemeNode],
    periods: Sequence[Period | PeriodRecord],
    values: Floats,
) -> Floats:
    """The changes of `values` (units, nodes, periods) against the period before each in its calendar."""
    before = [_previous(scores, period) for period in periods]
    pairs = np.stack([series(scores, units, nodes, before), values], axis=-1)
    return changes(pairs)[..., 1]


def calendar_of(scores: Cube, code: str) -> Calendar:
    """A calendar of the scheme; NotFound (CALENDAR_NOT_NAMED)."""
    found = next((calendar for calendar in scores.calendars if calendar.code == code), None)
    if found is None:
        known = ", ".join(calendar.code for calendar in scores.calendars)
        values = {"calendar": code, "scheme": scores.entry.code, "known": known}
        raise NotFound(Problem(CALENDAR_NOT_NAMED, values=values))
    return found


def _last(scores: Cube, calendar: str | None) -> PeriodRecord | None:
    code = scores.entry.calendars[0].code if calendar is None else calendar_of(scores, calendar).code
    of_calendar = [period for period in scores.on_record if period.calendar == code]
    return max(of_calendar, key=lambda period: period.start, default=None)


def _previous(scores: Cube, period: Period | PeriodRecord) -> Period:
    calendar = calendar_of(scores, period.calendar)
    return calendar.previous(calendar.period(period.code))


def _year_before(scores: Cube, period: Period) -> Period:
    return calendar_of(scores, period.calendar).same_period_last_year(period)


def _point(
    scores: Cube,
    unit: UnitRecord,
    node: SchemeNode,
    period: Period,
    figures: Sequence[float],
    limits: Limits | None,
) -> TrendPoint:
    """A point; figures: score, change, moving average, and change against the year before."""
    score, change, average, year_change = map(number, figures)
    record = scores.structure.find_period(period.code, [period.calendar])
    shown = None if record is None else scores.find_edition(record)
    place = None if shown is None or not shown.scores([unit]) else shown.place(node)
    if record is None or shown is None or place is None:
        return TrendPoint(period, None, None, None, None, None, limits=limits)
    at = place, shown.row(unit, record)
    found = shown.evaluation
    band, passed = int(found.band_marks[at]), int(found.passes[at])
    return TrendPoint(
        period=period,
        outcome=Outcome(found.outcomes.item(at)),
        score=score,
        change=change,
        band=None if band < 0 else shown.entry.bands[band],
        passed=None if passed < 0 else bool(passed),
        year_change=year_change,
        average=average,
        limits=limits,
    )
