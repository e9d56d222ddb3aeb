"""Sampled: of which measures of a period it is known how many records they were counted from.

These are the shares that a pack declares, and means: of columns whose values it bounds on both sides, and
else where there is the sum of their squares. Other measures, and values that somebody recorded by hand or in
a table, count as exact. Of which means no error can be told, and why, is told too.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from steelyard.access.scope import Scope
from steelyard.analysis.robustness import Sampled, SampledMean, SampledShare
from steelyard.errors import Text
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

FEW = Text("均值只来自一条记录", "the mean is of one record")
WITHOUT_SQUARES = Text(
    "没有平方和：由早先的版本度量（请重新度量），或有的值过大",
    "no sum of squares is kept: measured by an earlier version (measure again), or a value is too large",
)
_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class _Form:
    """A measure is `least` + `times` × a share; `factor` × what was divided is the measure.

    times: None for a mean whose values may be anything.
    """

    factor: float
    times: float | None
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class Unsampled:
    """Of how many units a mean of records has no error, and why."""

    measure: str
    units: int
    reason: Text


@dataclass(frozen=True)
class SampledMeasures:
    """What is sampled of n units, by measure, (n,) each, and what cannot be."""

    measures: Mapping[str, Sampled]
    without: tuple[Unsampled, ...] = ()


async def load_sampled(
    view: View, scope: Scope, scores: Cube, period: PeriodRecord, units: Sequence[UnitRecord]
) -> SampledMeasures:
    """What the units' sampled measures were in a period, (n,) each; one statement where any is declared."""
    entry = scores.entry
    forms = dict(_forms(view.context.packs, entry))
    if not forms:
        return SampledMeasures({})
    async with view.context.database.read(scope) as reader:
        rows = await measured.divided(reader, scope, entry.pack, period.id, forms)
    at = {unit.id: number for number, unit in enumerate(units)}
    found: dict[str, list[Divided]] = {}
    for row in rows:
        if row.unit_id in at:
            found.setdefault(row.measure, []).append(row)
    observed, of_units = scores.evaluation.observations, scores.rows(units, period)
    sampled: dict[str, Sampled] = {}
    without: list[Unsampled] = []
    for measure, each in sorted(found.items()):
        form, values = forms[measure], observed.values[observed.measures.index(measure), of_units]
        if form.times is not None:
            sampled[measure] = _share(form.times, form, each, at, values)
        else:
            sampled[measure] = _mean(form, each, at, values)
            without += _without(measure, each)
    known = {measure: each for measure, each in sampled.items() if each.known.any()}
    return SampledMeasures(known, tuple(without))


def _forms(packs: Packs, entry: SchemeEntry) -> Iterator[tuple[str, _Form]]:
    for each in packs.measures(entry.pack):
        if each.measure not in entry.measures:
            continue
        factor = 100.0 if entry.measures[each.measure].notation is Notation.PERCENT else 1.0
        ends = (0.0, 1.0) if each.share is not None else _ends(packs, entry, each)
        if ends is not None:
            low, high = ends
            yield each.measure, _Form(factor, factor * (high - low), factor * low)
        elif each.mean is not None:
            yield each.measure, _Form(factor, None)


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


def _without(measure: str, rows: Sequence[Divided]) -> Iterator[Unsampled]:
    few = sum(row.denominator < 2 for row in rows)
    unknown = sum(row.squares is None and row.denominator >= 2 for row in rows)
    for count, reason in ((few, FEW), (unknown, WITHOUT_SQUARES)):
        if count:
            yield Unsampled(measure, count, reason)


def _mean(form: _Form, rows: Sequence[Divided], at: Mapping[int, int], values: Floats) -> SampledMean:
    """A mean of the units, whose `values`, (n,), are scored: what belongs to another is not known."""
    means, errors, records = (np.full(len(values), np.nan) for _ in range(3))
    for row in rows:
        n, where = row.denominator, at[row.unit_id]
        if row.squares is None or n < 2:
            continue
        mean = form.factor * float(row.numerator / n)
        if abs(mean - values[where]) <= _SAME * max(1.0, abs(mean)):
            # Exactly, since what is left of two large numbers is often small.
            spread = (row.squares - row.numerator**2 / n) / (n - 1)
            means[where], records[where] = mean, float(n)
            errors[where] = form.factor * math.sqrt(spread / n)
    return SampledMean(means, errors, records)


def _share(
    times: float, form: _Form, rows: Sequence[Divided], at: Mapping[int, int], values: Floats
) -> SampledShare:
    """One measure of the units, whose `values`, (n,), are scored: what belongs to another is not known."""
    where = np.array([at[row.unit_id] for row in rows], dtype=np.intp)
    numerators, denominators = (
        np.array([float(number) for number in each])
        for each in zip(*((row.numerator, row.denominator) for row in rows), strict=True)
    )
    with np.errstate(all="ignore"):
        measure = form.factor * numerators / denominators
        same = np.abs(measure - values[where]) <= _SAME * np.maximum(1.0, np.abs(measure))
        shares = (measure - form.least) / times
        inside = same & (denominators > 0) & (shares > -_SAME) & (shares < 1 + _SAME)
    hits, records = (np.full(len(values), np.nan) for _ in range(2))
    hits[where[inside]] = np.clip(shares[inside], 0.0, 1.0) * denominators[inside]
    records[where[inside]] = denominators[inside]
    return SampledShare(hits, records, times, form.least)
