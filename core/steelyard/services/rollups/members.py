"""Members: what the last step joined, and where there were two, which units in which periods do not count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from steelyard.analysis.rollup import Part, parts
from steelyard.scheme.calendar import Period
from steelyard.scoring import Outcome, without_noise
from steelyard.scoring.observations import Rows
from steelyard.services.rollups.cells import Cells
from steelyard.services.rollups.joining import Crossed, Rolled, Step
from steelyard.services.score_sheet import number
from steelyard.store.units import UnitRecord


@dataclass(frozen=True, slots=True)
class RolledMember:
    """A member at one of the indicators, by whether it counts: a unit, a period, or a unit in a period.

    weight: None where it is not known, and where data were pooled, of which nothing is weighed.
    """

    unit: UnitRecord | None
    period: Period | None
    part: Part
    outcome: Outcome
    score: float | None
    weight: float | None


def members_of(cells: Cells, rolled: Rolled, group: int, column: int) -> tuple[RolledMember, ...]:
    """What the last step joined to a group, at the indicator of a column, and the gaps within.

    A gap is what does not count of a member that does: where units and periods are both joined, a unit in a
    period. One that goes through all periods, or all units, is told once.
    """
    joined, counts = _joined(cells, rolled.step, group, column)
    if rolled.crossed is None:
        return joined
    units = rolled.crossed.groups.unit[rolled.crossed.groups.group == group]
    return (*joined, *_gaps(cells, units, column, rolled.crossed, counts, of_units=rolled.step.of_units))


def _joined(
    cells: Cells, step: Step, group: int, column: int
) -> tuple[tuple[RolledMember, ...], dict[int, bool]]:
    """The members, and whether they count by their labels."""
    pairs = np.flatnonzero(step.membership.group == group)
    of = step.membership.member[pairs]
    outcomes, weights = step.outcomes[of, column], step.membership.weight[pairs]
    scores = without_noise(step.rates[of, column] * 100)
    part, labels = parts(outcomes, weights), step.label[of]
    each = zip(
        labels.tolist(), part.tolist(), outcomes.tolist(), scores.tolist(), weights.tolist(), strict=True
    )
    found = tuple(
        RolledMember(
            unit=cells.units[label] if step.of_units else None,
            period=None if step.of_units else cells.periods[label],
            part=Part(why),
            outcome=Outcome(outcome),
            score=number(score),
            weight=None if step.pooled else number(weight),
        )
        for label, why, outcome, score, weight in each
    )
    return found, dict(zip(labels.tolist(), (part == Part.COUNTED).tolist(), strict=True))


def _gaps(
    cells: Cells, units: Rows, column: int, crossed: Crossed, counts: Mapping[int, bool], *, of_units: bool
) -> Iterator[RolledMember]:
    """What does not count of the members that do, by period and unit; first what goes through all of them."""
    outcomes = cells.outcomes[:, units, column]
    weights = np.ones(outcomes.shape) if crossed.weights is None else crossed.weights[:, units]
    part = parts(outcomes, weights)
    members = units.tolist() if of_units else range(len(cells.periods))
    counting = np.array([counts[each] for each in members], dtype=bool)
    left = (part != Part.COUNTED) & (counting if of_units else counting[:, np.newaxis])
    # By what lies across the members: periods where these are units, else units.
    across = part if of_units else part.T
    alike = (across == across[:, :1]).all(axis=1) & (left if of_units else left.T).any(axis=1)
    for line in np.flatnonzero(alike).tolist():
        at = (line, 0) if of_units else (0, line)
        yield RolledMember(
            unit=None if of_units else cells.units[units[line]],
            period=cells.periods[line] if of_units else None,
            part=Part(part[at]),
            outcome=Outcome((outcomes[line] if of_units else outcomes[:, line]).min()),
            score=None,
            weight=None,
        )
    left &= ~(alike[:, np.newaxis] if of_units else alike)
    for period, place in np.argwhere(left).tolist():
        yield RolledMember(
            unit=cells.units[units[place]],
            period=cells.periods[period],
            part=Part(part[period, place]),
            outcome=Outcome(outcomes[period, place]),
            score=number(without_noise(cells.rates[period, units[place : place + 1], column] * 100).item(0)),
            weight=None if crossed.weights is None else number(weights.item(period, place)),
        )
