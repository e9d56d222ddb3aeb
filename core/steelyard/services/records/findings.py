"""Findings about records beside a scorecard: what checks flagged, and what should have come by now.

Nothing here changes a score.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.packs import InstalledTable
from steelyard.records.check import Quality, RecordCheck
from steelyard.services import structure
from steelyard.services.context import View
from steelyard.services.records.feeds import Arrived, due_on, tables_behind
from steelyard.store import record_arrivals, record_imports, record_quality, stamps
from steelyard.store.periods import PeriodRecord
from steelyard.store.record_quality import QualityRecord

_WANTING = {
    Quality.ACCURATE: Text("准确性存疑", "Doubtful"),
    Quality.TIMELY: Text("不及时", "Late"),
    Quality.COMPLETE: Text("不完整", "Incomplete"),
}
_FLAGGED = Text(
    "{wanting}：{title}（检查 {examined} 条，其中 {flagged} 条）。",
    "{wanting}: {title} ({flagged} of {examined} records checked).",
)
_LATE = Text(
    "{wanting}：“{title}”应在 {day} 前到齐，本周期尚无记录。",
    "{wanting}: {title} was due before {day}; there are no records of this period yet.",
)


@dataclass(frozen=True, slots=True)
class RecordFinding:
    """One finding of a table behind a scorecard; `check` is None where the table's rows are late.

    table: by its full name, as `unit` and `period` by their codes. sentence: for people. examined, flagged:
    rows; 0 of 0 for what is late.
    """

    table: str
    check: str | None
    unit: str
    period: PeriodRecord
    quality: Quality
    sentence: Text
    examined: int
    flagged: int


async def findings(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    unit: str,
    period: str,
    today: date | None = None,
) -> tuple[RecordFinding, ...]:
    """What checks flagged of a unit in a period, in the tables that the scheme reads, and what is late.

    Two statements, whatever the number of tables and imports; from memory while nothing comes of the tables.
    Raises NotFound, and Forbidden without `measurement.read`.
    """
    entry = view.context.entry(scheme)
    whole = await structure.load(view, actor, scope)
    found = whole.unit(unit)
    actor.require(Permission.MEASUREMENT_READ, [found.id])
    at = whole.period(period, [calendar.code for calendar in entry.calendars])
    tables = tables_behind(view, entry)
    if not tables:
        return ()
    known = await _known(view, scope, entry.pack, tables, found.id, at.id)
    flagged = _flagged(known.quality, tables, unit, at)
    return (*flagged, *_late(known.arrived, tables, found.id, unit, at, today or date.today()))


@dataclass(frozen=True, slots=True)
class _Known:
    quality: tuple[QualityRecord, ...]
    arrived: Arrived


async def _known(
    view: View, scope: Scope, pack: str, tables: Mapping[str, InstalledTable], unit_id: int, period_id: int
) -> _Known:
    async def read() -> _Known:
        async with view.context.database.read(scope) as reader:
            quality = await record_quality.load(
                reader, scope, pack, tables=tables, unit_ids=[unit_id], period_ids=[period_id]
            )
            came = await record_arrivals.load(reader, scope, unit_ids=[unit_id], tables=tables)
        return _Known(tuple(quality), Arrived(came))

    topics = [stamps.STRUCTURE, *(record_imports.topic(pack, name) for name in tables)]
    return await view.kept(scope, ("record findings", pack, *tables, unit_id, period_id), topics, read)


def _flagged(
    records: tuple[QualityRecord, ...], tables: Mapping[str, InstalledTable], unit: str, at: PeriodRecord
) -> Iterator[RecordFinding]:
    for each in records:
        table = tables[each.record_table]
        checks = {check.check: check for check in table.table.checks}
        check = checks.get(each.check)
        if check is not None and each.flagged:
            numbers = (each.examined, each.flagged)
            words = _sentence(check, *numbers)
            yield RecordFinding(table.name, each.check, unit, at, check.quality, words, *numbers)


def _sentence(check: RecordCheck, examined: int, flagged: int) -> Text:
    wanting, numbers = _WANTING[check.quality], {"examined": examined, "flagged": flagged}
    return Text(
        _FLAGGED.zh.format(wanting=wanting.zh, title=check.title.zh, **numbers),
        _FLAGGED.en.format(wanting=wanting.en, title=check.title.en, **numbers),
    )


def _late(
    arrived: Arrived,
    tables: Mapping[str, InstalledTable],
    unit_id: int,
    unit: str,
    at: PeriodRecord,
    today: date,
) -> Iterator[RecordFinding]:
    """Tables whose rows of the period should be there by now, and are not, nor were declared complete."""
    wanting = _WANTING[Quality.TIMELY]
    for table in tables.values():
        due, title = due_on(table, at.end), table.table.title
        if due is None or today < due or arrived.has(table.name, unit_id, at.start, at.end):
            continue
        words = Text(
            _LATE.zh.format(wanting=wanting.zh, title=title.zh, day=due),
            _LATE.en.format(wanting=wanting.en, title=title.en, day=due),
        )
        yield RecordFinding(table.name, None, unit, at, Quality.TIMELY, words, 0, 0)
