"""Measuring: from the parts of a table in force to measurements, only where something can have changed.

`measure` writes nothing; `record_measured` stores what it found within the
transaction of the import, so that an import and its measures are there together or not at all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.intake.measures.census import census_of, rows_and_cuts
from steelyard.intake.measures.computing import Value, Wanted, compute, tallies_of
from steelyard.intake.measures.engine import open_engine
from steelyard.intake.measures.parts import Part, TableParts
from steelyard.intake.measures.spans import Cell, Feeds
from steelyard.intake.notation import Notation
from steelyard.intake.quality.checking import Finding, check, flagged_apart, tallies_of_checks
from steelyard.scheme.calendar import BUILT_IN, Calendar, Period
from steelyard.scoring.outcome import Status
from steelyard.services.calendars import new_calendar, new_period
from steelyard.services.context import Context
from steelyard.store import calendars, measurements, periods, record_quality
from steelyard.store import measured as standing
from steelyard.store.measurements import Origin, Reading, Source
from steelyard.store.periods import PeriodRecord, PeriodState
from steelyard.store.record_quality import QualityRecord
from steelyard.store.transaction import Reader, Writer

AT_ONCE = 20_000
MONTH = "month"


@dataclass(frozen=True)
class Held:
    """What is held of the tables of a pack, by full name (`<pack>.<table>`).

    parts: in the order of their imports, withdrawn ones left out. complete: the units and periods for which
    a table's feed is declared complete.
    """

    parts: Mapping[str, Sequence[Part]]
    complete: Mapping[str, Collection[tuple[int, Period]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Measured:
    """What measuring a table found, to be recorded with `record_measured`.

    measures: those that were measured. whole: everywhere; what is not among the values has no records.
    """

    pack: str
    table: str
    values: tuple[Value, ...]
    findings: tuple[Finding, ...]
    calendars: Mapping[str, Calendar]
    measures: tuple[str, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class RecordedMeasures:
    """What became of measured values. closed: what was left alone, a unit's id and the closed period."""

    recorded: int
    unchanged: int
    closed: tuple[tuple[int, PeriodRecord], ...]


def tables_read(context: Context, table: str) -> tuple[str, ...]:
    """The full names of the tables whose parts measuring `table` takes: its own, others of its ratios."""
    pack = context.packs.record_tables[table].pack
    measures = context.packs.measures_of_table(table)
    others = (f"{pack}.{name}" for measure in measures for name in measure.tables)
    return tuple(dict.fromkeys([table, *others]))


def measure(context: Context, table: str, held: Held, cells: Collection[Cell] | None = None) -> Measured:
    """Measure what reads a table for these units and periods; None: for all that have rows or a feed.

    Runs for long: call it in a thread. It knows no scope: the units are those of the whole tenant.
    """
    wanted = wanted_measures(context, table)
    pack, sources = _sources(context, table, held)
    known = {MONTH: BUILT_IN[MONTH]}
    known |= {calendar.code: calendar for each in wanted for calendar in each.calendars}
    by = tuple(known.values())
    feeds = {name.removeprefix(f"{pack}."): Feeds(each) for name, each in held.complete.items()}
    own = context.packs.record_tables[table].table
    also = [(unit, period.calendar, period.code) for unit, period in held.complete.get(table, ())]
    with open_engine() as engine:
        tallies = [*tallies_of(wanted), *tallies_of_checks(own)]
        rows, cuts = rows_and_cuts(engine, sources, by, cells, also)
        with engine.beside() as other, ThreadPoolExecutor(1, "checks") as beside:
            checking = beside.submit(flagged_apart, other, sources[own.table], cuts)
            asked = also if cells is None else cells
            census = census_of(engine, sources, rows, tallies, by, cuts, asked)
            values = tuple(compute(census, wanted, feeds))
            findings = tuple(check(census, own.table, checking.result()))
    names = tuple(each.measure.measure for each in wanted)
    return Measured(pack, table, values, findings, known, names, cells is None)


def wanted_measures(context: Context, table: str) -> tuple[Wanted, ...]:
    """The measures that read a table: in the calendars of the pack's schemes that read them, and by month."""
    packs = context.packs
    pack = packs.record_tables[table].pack
    entries = [context.entry(code) for code, each in packs.schemes.items() if each.pack == pack]
    wanted = []
    for each in packs.measures_of_table(table):
        reading = [entry for entry in entries if each.measure in entry.measures]
        found = {MONTH: BUILT_IN[MONTH]}
        found |= {calendar.code: calendar for entry in reading for calendar in entry.calendars}
        percent = any(entry.measures[each.measure].notation is Notation.PERCENT for entry in reading)
        wanted.append(Wanted(each, tuple(found.values()), 100 if percent else 1))
    return tuple(wanted)


async def record_measured(
    writer: Writer, scope: Scope, actor: Actor, measured: Measured, import_id: int | None = None
) -> RecordedMeasures:
    """Record what differs from what was computed last, and what the checks of quality found.

    Closed periods are left alone and told. Periods with a value are put on record as needed. `import_id` is
    the import that made it necessary.
    """
    found = await _periods(writer, scope, measured)
    readings: list[Reading] = []
    closed: dict[tuple[int, int], PeriodRecord] = {}
    for value in measured.values:
        period = found.get((value.period.calendar, value.period.code))
        if period is None:
            continue
        if period.state is PeriodState.CLOSED:
            closed[value.unit_id, period.id] = period
        else:
            readings.append(_reading(value, period.id))
    if measured.whole:
        opened = _opened(measured, found)
        readings += await _gone(writer, scope, measured, readings, opened)
        await record_quality.clear(writer, scope, measured.pack, _in_pack(measured), opened)
    origin = Origin(actor, Source.RECORDS, import_id)
    recorded = unchanged = 0
    for start in range(0, len(readings), AT_ONCE):
        some = readings[start : start + AT_ONCE]
        counted = await measurements.record(writer, scope, measured.pack, some, origin)
        recorded, unchanged = recorded + counted.recorded, unchanged + counted.unchanged
    await record_quality.replace(writer, scope, _quality(measured, found))
    left = tuple((unit_id, period) for (unit_id, _), period in closed.items())
    return RecordedMeasures(recorded, unchanged, left)


def _opened(measured: Measured, found: Mapping[tuple[str, str], PeriodRecord]) -> list[int]:
    """The open periods of the calendars by which was measured."""
    of_calendars = (each for (code, _), each in found.items() if code in measured.calendars)
    return [each.id for each in of_calendars if each.state is PeriodState.OPEN]


async def _gone(
    reader: Reader, scope: Scope, measured: Measured, readings: Sequence[Reading], opened: Collection[int]
) -> list[Reading]:
    """What takes back computed values that no record is behind any more."""
    told = {(each.unit_id, each.period_id, each.measure) for each in readings}
    stands = await standing.computed(reader, scope, measured.pack, measured.measures, opened)
    return [Reading(*key, None, missing=True) for key in sorted(stands - told)]


def _in_pack(measured: Measured) -> str:
    return measured.table.removeprefix(f"{measured.pack}.")


async def _periods(writer: Writer, scope: Scope, measured: Measured) -> dict[tuple[str, str], PeriodRecord]:
    """The periods on record, with those in which something was measured or found."""
    said = [each.period for each in measured.values if each.status is not Status.MISSING]
    needed = {(each.calendar, each.code): each for each in said}
    needed |= {(each.period.calendar, each.period.code): each.period for each in measured.findings}
    used = {calendar for calendar, _ in needed}
    news = [new_calendar(each) for code, each in measured.calendars.items() if code in used]
    if needed:
        await calendars.ensure(writer, scope, news)
        await periods.ensure(writer, scope, [new_period(each) for each in needed.values()])
    return {(each.calendar, each.code): each for each in await periods.load(writer, scope)}


def _reading(value: Value, period_id: int) -> Reading:
    return Reading(
        unit_id=value.unit_id,
        period_id=period_id,
        measure=value.measure,
        value=value.value,
        numerator=value.numerator,
        denominator=value.denominator,
        n=value.n,
        squares=value.squares,
        missing=value.status is Status.MISSING,
    )


def _quality(measured: Measured, found: Mapping[tuple[str, str], PeriodRecord]) -> list[QualityRecord]:
    """What was found in open periods: beside a closed one stands what stood when it was closed."""
    table = _in_pack(measured)
    records = []
    for each in measured.findings:
        period = found[each.period.calendar, each.period.code]
        if period.state is PeriodState.OPEN:
            numbers = (each.examined, each.flagged)
            records.append(QualityRecord(measured.pack, table, each.check, period.id, each.unit_id, *numbers))
    return records


def _sources(context: Context, table: str, held: Held) -> tuple[str, dict[str, TableParts]]:
    """The parts of the tables that are read, by the table's name in the pack."""
    tables = {name: context.packs.record_tables[name] for name in tables_read(context, table)}
    sources = {
        each.table.table: TableParts(each.table, tuple(held.parts.get(name, ())))
        for name, each in tables.items()
    }
    return context.packs.record_tables[table].pack, sources
