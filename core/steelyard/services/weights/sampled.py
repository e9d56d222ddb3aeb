"""Sampled: of which measures of a period it is known how many records they were counted from.

These are the shares that a pack declares, and the means of columns whose values it bounds on both sides.
Other measures, and values that somebody recorded by hand or in a table, count as exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from steelyard.access.scope import Scope
from steelyard.analysis.robustness import SampledShare
from steelyard.intake.notation import Notation
from steelyard.packs import Packs
from steelyard.records.measure import MeasureDefinition
from steelyard.scoring.observations import Floats
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.store import measured
from steelyard.store.measured import Divided
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord

_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class _Form:
    """A measure is `least` + `times` × a share; `factor` × what was divided is the measure."""

    factor: float
    times: float
    least: float


async def load_sampled(
    view: View, scope: Scope, scores: Cube, period: PeriodRecord, units: Sequence[UnitRecord]
) -> Mapping[str, SampledShare]:
    """What the units' sampled measures were in a period, (n,) each; one statement where any is declared."""
    entry = scores.entry
    forms = dict(_forms(view.context.packs, entry))
    if not forms:
        return {}
    async with view.context.database.read(scope) as reader:
        rows = await measured.divided(reader, scope, entry.pack, period.id, forms)
    at = {unit.id: number for number, unit in enumerate(units)}
    found: dict[str, list[Divided]] = {}
    for row in rows:
        if row.unit_id in at:
            found.setdefault(row.measure, []).append(row)
    observed, of_units = scores.evaluation.observations, scores.rows(units, period)
    shares = {
        measure: _share(forms[measure], each, at, observed.values[observed.measures.index(measure), of_units])
        for measure, each in sorted(found.items())
    }
    return {measure: share for measure, share in shares.items() if share.known.any()}


def _forms(packs: Packs, entry: SchemeEntry) -> Iterator[tuple[str, _Form]]:
    for each in packs.measures(entry.pack):
        if each.measure not in entry.measures:
            continue
        factor = 100.0 if entry.measures[each.measure].notation is Notation.PERCENT else 1.0
        ends = (0.0, 1.0) if each.share is not None else _ends(packs, entry, each)
        if ends is not None:
            low, high = ends
            yield each.measure, _Form(factor, factor * (high - low), factor * low)


def _ends(packs: Packs, entry: SchemeEntry, measure: MeasureDefinition) -> tuple[float, float] | None:
    """Between what the values lie that a mean is of; None where that is not declared, or for no mean."""
    if measure.mean is None:
        return None
    table = packs.record_tables[f"{entry.pack}.{measure.table}"].table
    column = next((each for each in table.columns if each.column == measure.mean.column), None)
    if column is None or column.at_least is None or column.at_most is None:
        return None
    low, high = (float(end.resolved({})) for end in (column.at_least, column.at_most))
    return (low, high) if low < high else None


def _share(form: _Form, rows: Sequence[Divided], at: Mapping[int, int], values: Floats) -> SampledShare:
    """One measure of the units, whose `values`, (n,), are scored: what belongs to another is not known."""
    where = np.array([at[row.unit_id] for row in rows], dtype=np.intp)
    numerators, denominators = (
        np.array([float(number) for number in each])
        for each in zip(*((row.numerator, row.denominator) for row in rows), strict=True)
    )
    with np.errstate(all="ignore"):
        measure = form.factor * numerators / denominators
        same = np.abs(measure - values[where]) <= _SAME * np.maximum(1.0, np.abs(measure))
        shares = (measure - form.least) / form.times
        inside = same & (denominators > 0) & (shares > -_SAME) & (shares < 1 + _SAME)
    hits, records = (np.full(len(values), np.nan) for _ in range(2))
    hits[where[inside]] = np.clip(shares[inside], 0.0, 1.0) * denominators[inside]
    records[where[inside]] = denominators[inside]
    return SampledShare(hits, records, form.times, form.least)
