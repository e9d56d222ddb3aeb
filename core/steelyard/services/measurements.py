"""Measurements: what was recorded of a unit in a period, and recording one more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput, Place, Problem
from steelyard.intake.cell import Fault, read_cell
from steelyard.scoring import Status
from steelyard.services import editions, scorecards, structure
from steelyard.services.administration.creation import Creation
from steelyard.services.calendars import ensure_periods
from steelyard.services.context import View
from steelyard.services.problems import MEASURE_NOT_READ, MEASUREMENT_EMPTY, near
from steelyard.services.rated import require_not_rated
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.score_sheet import NodeScore, Scorecard
from steelyard.store import measurements as store
from steelyard.store.measurements import MeasurementRecord, Origin, Reading, Source
from steelyard.store.transaction import Writer
from steelyard.store.units import UnitRecord


@dataclass(frozen=True, slots=True)
class RecordedMeasurement:
    """What stands now, whether it is new, and the scorecard with it; `nodes` are the leaves that read it."""

    record: MeasurementRecord
    changed: bool
    scorecard: Scorecard
    nodes: tuple[NodeScore, ...]


async def record(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    unit: str,
    period: str,
    measure: str,
    value: str,
    source: Source = Source.GRAPHQL,
) -> RecordedMeasurement:
    """Record one value, written as in a table: `19.6`, `98%` where the measure is a rate, `n/a`.

    A period that the scheme's calendars know is put on record. Raises NotFound for an unknown scheme, unit or
    period, InvalidInput for an unknown measure or a value that cannot be used, and Forbidden without
    `measurement.record` on the unit, or where the actor is rated with it.
    """
    entry = view.context.entry(scheme)
    found = await _scored_unit(view, actor, scope, entry, unit)
    actor.require(Permission.MEASUREMENT_RECORD, [found.id])
    require_not_rated(actor, [found])
    number = _read(entry, measure, value)
    calendars = [calendar.code for calendar in entry.calendars]
    is_new = (await structure.load(view, actor, scope)).find_period(period, calendars) is None
    async with view.context.database.write(scope) as writer:
        creation = await Creation.begin(writer, scope) if is_new else None
        periods = await ensure_periods(writer, scope, entry, [period])
        reading = Reading(found.id, periods[period].id, measure, number)
        standing, changed = await _stored(writer, scope, entry.pack, reading, Origin(actor, source))
        if creation is not None:
            place = f"{entry.code}/{unit}/{period}/{measure}"
            await creation.record(writer, actor, "measurement.record", place, place)
    view.renew()
    card = await scorecards.card(view, actor, scope, scheme=scheme, unit=unit, period=period)
    leaves = (node.code for node in entry.nodes if measure in node.measures)
    nodes = tuple(card.node(code) for code in leaves)
    return RecordedMeasurement(told(standing, actor, scope), changed, card, nodes)


async def _stored(
    writer: Writer, scope: Scope, pack: str, reading: Reading, origin: Origin
) -> tuple[MeasurementRecord, bool]:
    """Record one reading; return what stands now, and whether it is new."""
    counted = await store.record(writer, scope, pack, [reading], origin)
    [standing] = await store.records(
        writer,
        scope,
        pack,
        unit_ids=[reading.unit_id],
        period_ids=[reading.period_id],
        measures=[reading.measure],
    )
    return standing, bool(counted.recorded)


async def records(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    period: str,
    units: Sequence[str],
    node: str | None = None,
) -> Mapping[str, tuple[MeasurementRecord, ...]]:
    """What stands for some units in a period, by unit code and measure: all that the scheme reads, or a leaf.

    One statement, whatever the number of units. Raises NotFound, and Forbidden without `measurement.read`.
    """
    entry = view.context.entry(scheme)
    whole = await structure.load(view, actor, scope)
    chosen = {whole.unit(code).id: code for code in units}
    actor.require(Permission.MEASUREMENT_READ, chosen)
    record = whole.period(period, [calendar.code for calendar in entry.calendars])
    entry = await editions.version_of(view, scope, entry, record)
    async with view.context.database.read(scope) as reader:
        found = await store.records(
            reader,
            scope,
            entry.pack,
            unit_ids=chosen,
            period_ids=[record.id],
            measures=entry.measures if node is None else entry.node(node).measures,
        )
    by_unit = defaultdict[str, list[MeasurementRecord]](list)
    for each in found:
        by_unit[chosen[each.unit_id]].append(told(each, actor, scope))
    return {code: tuple(by_unit[code]) for code in units}


async def history(
    view: View, actor: Actor, scope: Scope, *, scheme: str, unit: str, period: str, measure: str
) -> tuple[MeasurementRecord, ...]:
    """All that was ever recorded of a measure of a unit in a period, the oldest first.

    Raises NotFound, and Forbidden without `measurement.read`.
    """
    entry = view.context.entry(scheme)
    whole = await structure.load(view, actor, scope)
    found = whole.unit(unit)
    actor.require(Permission.MEASUREMENT_READ, [found.id])
    at = whole.period(period, [calendar.code for calendar in entry.calendars])
    async with view.context.database.read(scope) as reader:
        recorded = await store.history(reader, scope, entry.pack, found.id, at.id, measure)
    return tuple(told(each, actor, scope) for each in recorded)


def told(record: MeasurementRecord, actor: Actor, scope: Scope) -> MeasurementRecord:
    """A record as it may be told of: the row of a file says how much else the file holds.

    So it is for those who see all units, and for whoever handed the file in.
    """
    if scope.unit_ids is None or record.recorded_by == actor.id:
        return record
    return replace(record, row=None)


async def _scored_unit(view: View, actor: Actor, scope: Scope, entry: SchemeEntry, unit: str) -> UnitRecord:
    found = (await structure.load(view, actor, scope)).unit(unit)
    entry.require_type(found.code, found.unit_type)
    return found


def _read(entry: SchemeEntry, measure: str, value: str) -> Fraction | None:
    """The value as a number, None for n/a."""
    if measure not in entry.measures:
        values = {**near(measure, entry.measures), "scheme": entry.code}
        raise InvalidInput(Problem(MEASURE_NOT_READ, Place(field="measure"), values))
    read = read_cell(value, entry.measures[measure].notation)
    place = Place(field="value")
    if isinstance(read, Fault):
        raise InvalidInput(Problem(read.kind, place, {"measure": measure, **read.values}))
    if read is Status.MISSING:
        raise InvalidInput(Problem(MEASUREMENT_EMPTY, place, {"measure": measure}))
    return read if isinstance(read, Fraction) else None
