"""Revisions: the final evaluations of a closed period, and in what each differs from the one before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.services import exemptions, structure
from steelyard.services.context import View
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.structure import Structure
from steelyard.store import past_values, runs
from steelyard.store.current_values import CurrentValues
from steelyard.store.exemptions import ExemptionRecord
from steelyard.store.periods import PeriodRecord
from steelyard.store.runs import FinalRun, RunRecord, RunRoot
from steelyard.store.units import UnitRecord

_SHOWN = ("outcome", "score", "band", "verdict", "passed")


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What came out for a unit before and after; None where the unit is not in a revision."""

    unit: UnitRecord
    before: RunRoot | None
    after: RunRoot | None


@dataclass(frozen=True, slots=True)
class InputChange:
    """What was measured of a unit before and after; None where there is no number."""

    unit: UnitRecord
    measure: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Revision:
    """A final run, and what differs from the one before, nothing for the first.

    other_version, other_weights: whether it is of another version of the scheme, with another weight set.
    exemptions: those that count in one of the two alone, by number.
    """

    run: FinalRun
    units: tuple[UnitChange, ...] = ()
    inputs: tuple[InputChange, ...] = ()
    other_version: bool = False
    other_weights: bool = False
    exemptions: tuple[ExemptionRecord, ...] = ()

    @property
    def record(self) -> RunRecord:
        """The run."""
        return self.run.record


async def revisions(
    view: View, actor: Actor, scope: Scope, *, scheme: str, period: str
) -> tuple[Revision, ...]:
    """The final runs of a period, the first one first; NotFound as `Structure.period`.

    None for a scope that does not show all units: that there are several tells of all of them.
    """
    entry = view.context.entry(scheme)
    known = await structure.load(view, actor, scope)
    found = known.period(period, [calendar.code for calendar in entry.calendars])
    if scope.unit_ids is not None:
        return ()
    async with view.context.database.read(scope) as reader:
        of_period = [run.id for run in await runs.history(reader, scope, entry.code, found.id)]
        finals = sorted(
            await runs.finals(reader, scope, of_period) if of_period else [],
            key=lambda each: each.record.revision,
        )
        roots = await runs.roots(reader, scope, [each.record.id for each in finals]) if finals else {}
        values = {
            each.record.id: await past_values.load(
                reader, scope, each.pack, [found.id], each.record.evaluated_at
            )
            for each in (finals if len(finals) > 1 else ())
        }
    exempt = {
        each.record.id: _exempt(await exemptions.every(view, scope), entry, found, each.record.evaluated_at)
        for each in finals
    }
    first = tuple(Revision(each) for each in finals[:1])
    others = (
        replace(
            _against(before, after, known, roots, values),
            exemptions=_differing(exempt[before.record.id], exempt[after.record.id]),
        )
        for before, after in pairwise(finals)
    )
    return (*first, *others)


def _exempt(
    records: Sequence[ExemptionRecord], entry: SchemeEntry, period: PeriodRecord, moment: datetime
) -> dict[int, ExemptionRecord]:
    """By number the exemptions that counted in a period, as they were known at a moment."""
    known = exemptions.known_by(records, entry, moment)
    return {each.number: each for each in known if each.holds_on(period.start)}


def _differing(
    before: Mapping[int, ExemptionRecord], after: Mapping[int, ExemptionRecord]
) -> tuple[ExemptionRecord, ...]:
    either = {**before, **after}
    return tuple(either[number] for number in sorted(before.keys() ^ after.keys()))


def _against(
    before: FinalRun,
    after: FinalRun,
    known: Structure,
    roots: Mapping[int, Sequence[RunRoot]],
    values: Mapping[int, CurrentValues],
) -> Revision:
    first, second = before.record.id, after.record.id
    return Revision(
        run=after,
        units=tuple(_units(known, roots[first], roots[second])),
        inputs=tuple(_inputs(known, values[first], values[second])),
        other_version=before.scheme_hash != after.scheme_hash,
        other_weights=before.weight_set != after.weight_set,
    )


def _units(known: Structure, before: Sequence[RunRoot], after: Sequence[RunRoot]) -> Iterator[UnitChange]:
    first, second = ({root.unit_id: root for root in roots} for roots in (before, after))
    for unit in known.units:
        was, now = first.get(unit.id), second.get(unit.id)
        if any(getattr(was, name, None) != getattr(now, name, None) for name in _SHOWN):
            yield UnitChange(unit, was, now)


def _inputs(known: Structure, before: CurrentValues, after: CurrentValues) -> Iterator[InputChange]:
    first, second = _by_measure(before), _by_measure(after)
    for unit_id, measure in sorted(first.keys() | second.keys()):
        was, now = first.get((unit_id, measure)), second.get((unit_id, measure))
        unit = known.unit_by_id(unit_id)
        if unit is not None and repr(was) != repr(now):
            yield InputChange(unit, measure, _number(was), _number(now))


def _by_measure(values: CurrentValues) -> dict[tuple[int, str], float]:
    measures = (values.measures[at] for at in values.measure_index.tolist())
    return dict(
        zip(zip(values.unit_ids.tolist(), measures, strict=True), values.values.tolist(), strict=True)
    )


def _number(value: float | None) -> float | None:
    return None if value is None or value != value else value
