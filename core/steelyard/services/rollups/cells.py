"""Cells: what units have in periods, as roll-ups begin with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from steelyard.scheme.calendar import Period
from steelyard.scheme.rollup import ByVolume, Join, RollUp
from steelyard.scoring import Outcome, Reason, Status
from steelyard.scoring.observations import Codes, Floats
from steelyard.services.cube import Cube
from steelyard.services.scheme_entry import SchemeNode
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord


@dataclass(frozen=True)
class Cells:
    """Some units in some periods. Arrays (periods, units, nodes), what a period's version has of the nodes.

    records, shown: by period its record and the cube that shows it; None where it is not on record, cannot be
    read any more or its version scores other units. All is MISSING there.
    """

    known: Cube
    units: tuple[UnitRecord, ...]
    periods: tuple[Period, ...]
    nodes: tuple[SchemeNode, ...]
    records: tuple[PeriodRecord | None, ...]
    shown: tuple[Cube | None, ...]
    rates: Floats
    outcomes: Codes
    reasons: Codes

    @cached_property
    def at(self) -> dict[int, int]:
        """Where units stand, by id."""
        return {unit.id: at for at, unit in enumerate(self.units)}

    def weights(self, rule: Join | None) -> Floats:
        """What cells weigh by a rule, (periods, units): alike, or by volume; NaN where it is not known."""
        shape = len(self.periods), len(self.units)
        if not isinstance(rule, ByVolume):
            return np.ones(shape)
        found = np.full(shape, np.nan)
        for at, (record, shown) in enumerate(zip(self.records, self.shown, strict=True)):
            if record is not None and shown is not None:
                found[at] = _volumes(shown, self.units, record, rule.volume)
        return found


def load_cells(
    known: Cube, units: Sequence[UnitRecord], periods: Sequence[Period], nodes: Sequence[SchemeNode]
) -> Cells:
    """Take what units have in periods out of a cube and its editions."""
    shape = len(periods), len(units), len(nodes)
    records = tuple(known.structure.find_period(each.code, [each.calendar]) for each in periods)
    rates = np.full(shape, np.nan)
    outcomes = np.full(shape, Outcome.MISSING, dtype=np.uint8)
    reasons = np.full(shape, Reason.VALUE_MISSING, dtype=np.uint8)
    editions: list[Cube | None] = []
    for at, record in enumerate(records):
        shown = None if record is None else known.find_edition(record)
        shown = shown if shown is not None and shown.scores(units) else None
        editions.append(shown)
        if record is None or shown is None:
            continue
        rows = shown.rows(units, record)
        for column, place in enumerate(map(shown.place, nodes)):
            if place is not None:
                rates[at, :, column] = shown.evaluation.rates[place, rows]
                outcomes[at, :, column] = shown.evaluation.outcomes[place, rows]
                reasons[at, :, column] = shown.evaluation.reasons[place, rows]
    places = tuple(units), tuple(periods), tuple(nodes)
    return Cells(known, *places, records, tuple(editions), rates, outcomes, reasons)


def rules_of(known: Cube) -> RollUp:
    """The rules of the installed version; neither where it declares none."""
    return known.entry.scheme.rollup or RollUp()


def _volumes(shown: Cube, units: Sequence[UnitRecord], record: PeriodRecord, measure: str) -> Floats:
    """A measure of units, (units,): 0 where it does not apply, NaN where it is not known."""
    observed = shown.evaluation.observations
    if measure not in observed.measures:
        return np.full(len(units), np.nan)
    line, rows = observed.measures.index(measure), shown.rows(units, record)
    status, values = observed.status[line, rows], observed.values[line, rows]
    known = np.where(status == Status.VALUE, values, np.nan)
    return np.where(status == Status.NOT_APPLICABLE, 0.0, known)
