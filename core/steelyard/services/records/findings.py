"""Findings about records beside a scorecard: what checks flagged, and what should have come by now.

Nothing here changes a score.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.packs import InstalledTable
from steelyard.records.check import Quality, RecordCheck
from steelyard.services import structure
from steelyard.services.context import View
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.store import record_feeds, record_imports, record_quality
from steelyard.store.periods import PeriodRecord
from steelyard.store.transaction import Reader

_QUALITIES = {
    Quality.ACCURATE: Text("准确", "accurate"),
    Quality.TIMELY: Text("及时", "timely"),
    Quality.COMPLETE: Text("完整", "complete"),
}


@dataclass(frozen=True, slots=True)
class RecordFinding:
    """One finding of a table behind a scorecard; `check` is None where the table's rows are late.

    sentence: for people. examined, flagged: rows; 0 of 0 for what is late.
    """

    table: str
    check: str | None
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

    The statements grow with the tables that are due, not with rows or imports. Raises
    NotFound, and Forbidden without `measurement.read`.
    """
    entry = view.context.entry(scheme)
    whole = await structure.load(view, actor, scope)
    found = whole.unit(unit)
    actor.require(Permission.MEASUREMENT_READ, [found.id])
    at = whole.period(period, [calendar.code for calendar in entry.calendars])
    tables = tables_behind(view, entry)
    async with view.context.database.read(scope) as reader:
        flagged = await _flagged(reader, scope, entry.pack, tables, found.id, at)
        late = await _late(reader, scope, tables, found.id, at, today or date.today())
    return (*flagged, *late)


def tables_behind(view: View, entry: SchemeEntry) -> dict[str, InstalledTable]:
    """The tables that the measures of a scheme read, by their name in the pack."""
    packs = view.context.packs
    read = (each.tables for each in packs.measures(entry.pack) if each.measure in entry.measures)
    names = dict.fromkeys(name for tables in read for name in tables)
    return {name: packs.record_tables[f"{entry.pack}.{name}"] for name in names}


async def _flagged(
    reader: Reader, scope: Scope, pack: str, tables: dict[str, InstalledTable], unit_id: int, at: PeriodRecord
) -> list[RecordFinding]:
    records = await record_quality.load(
        reader, scope, pack, tables=tables, unit_ids=[unit_id], period_ids=[at.id]
    )
    found = []
    for each in records:
        checks = {check.check: check for check in tables[each.record_table].table.checks}
        check = checks.get(each.check)
        if check is not None and each.flagged:
            words = _sentence(check, each.examined, each.flagged)
            numbers = (each.examined, each.flagged)
            found.append(RecordFinding(each.record_table, each.check, check.quality, words, *numbers))
    return found


def _sentence(check: RecordCheck, examined: int, flagged: int) -> Text:
    quality = _QUALITIES[check.quality]
    return Text(
        f"{quality.zh}：{check.title.zh}——检查的 {examined} 条记录中有 {flagged} 条。",
        f"Not {quality.en}: {check.title.en}: {flagged} of {examined} records examined.",
    )


async def _late(
    reader: Reader,
    scope: Scope,
    tables: dict[str, InstalledTable],
    unit_id: int,
    at: PeriodRecord,
    today: date,
) -> list[RecordFinding]:
    """Tables whose rows of the period should be there by now, and are not, nor were declared complete."""
    late = []
    for name, each in tables.items():
        due = each.table.due
        if due is None or today < at.end + timedelta(days=due):
            continue
        if not await _came(reader, scope, each, unit_id, at):
            day = at.end + timedelta(days=due)
            words = Text(
                f"及时：{each.table.title.zh}应在 {day} 前到齐，至今没有该周期的记录。",
                f"Not timely: {each.table.title.en} was due by {day}; there are no records yet.",
            )
            late.append(RecordFinding(name, None, Quality.TIMELY, words, 0, 0))
    return late


async def _came(reader: Reader, scope: Scope, table: InstalledTable, unit_id: int, at: PeriodRecord) -> bool:
    feeds = await record_feeds.load(reader, scope, table.pack, table.table.table, period_ids=[at.id])
    if any(feed.complete for feed in feeds if feed.unit_id == unit_id):
        return True
    parts = await record_imports.in_force(reader, scope, table.pack, table.table.table)
    extents = await record_imports.extents(reader, scope, [part.import_id for part in parts])
    mine = (each for found in extents.values() for each in found if each.unit_id == unit_id)
    return any(each.first_day < at.end and at.start <= each.last_day for each in mine)
