"""Feeds: the records of a table for a unit and period that are expected, and those that are late.

A feed is expected where a scheme scores the unit by measures of the table, and the table says by when its
rows should be there (`due`). It is late from that day on, until there are rows of the period or it is
declared complete. The list leaves closed periods out: nothing is waited for there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import overload

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.intake.measures.spans import covers, span
from steelyard.packs import InstalledTable
from steelyard.scheme.calendar import Calendar, Period
from steelyard.services import structure
from steelyard.services.context import View
from steelyard.services.records.importing import installed_table
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.structure import Structure
from steelyard.store import record_arrivals
from steelyard.store.periods import PeriodRecord, PeriodState
from steelyard.store.record_arrivals import Arrival
from steelyard.store.units import UnitRecord

Days = tuple[date, date]
_Late = dict[str, tuple[PeriodRecord | Period, dict[str, UnitRecord]]]
"""By the code of a period the units that are late in it, by theirs."""


@dataclass(frozen=True, slots=True)
class LateFeed:
    """Records that should be there by now: of a table, a unit and a period, on record or not.

    due: the day before which they should have been.
    """

    table: InstalledTable
    unit: UnitRecord
    period: PeriodRecord | Period
    due: date

    @property
    def key(self) -> str:
        """What tells late feeds apart and sorts them, those that were due first at the head."""
        return "\x1f".join((self.due.isoformat(), self.table.name, self.unit.code, self.period.code))


class LateFeeds(Sequence[LateFeed]):
    """Late feeds by their keys; one is made when it is asked for, as a page shows a few of very many."""

    def __init__(self, found: Mapping[tuple[date, str], _Late], tables: Mapping[str, InstalledTable]) -> None:
        """Take what is late, by the day it was due and the table's full name."""
        self._parts = [(due, tables[name], *_in_order(found[due, name])) for due, name in sorted(found)]
        self._ends = list(accumulate(len(units) for _, _, units, _ in self._parts))

    def __len__(self) -> int:
        """How many there are."""
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, at: int) -> LateFeed: ...

    @overload
    def __getitem__(self, at: slice) -> list[LateFeed]: ...

    def __getitem__(self, at: int | slice) -> LateFeed | list[LateFeed]:
        """One, or some of them."""
        places = range(len(self))[at]
        return self._one(places) if isinstance(places, int) else [self._one(each) for each in places]

    def _one(self, at: int) -> LateFeed:
        part = bisect_right(self._ends, at)
        due, table, units, periods = self._parts[part]
        place = at - self._ends[part]
        return LateFeed(table, units[place], periods[place], due)


def _in_order(late: _Late) -> tuple[list[UnitRecord], list[PeriodRecord | Period]]:
    """Units and their periods, by the codes of units and then of periods; there is mostly one period."""
    if len(late) == 1:
        [(period, units)] = late.values()
        return [units[code] for code in sorted(units)], [period] * len(units)
    cells = sorted((unit, period) for period, (_, units) in late.items() for unit in units)
    return [late[period][1][unit] for unit, period in cells], [late[period][0] for _, period in cells]


class Arrived:
    """What has come of tables; asked by a table's full name and a unit's id."""

    def __init__(self, found: Iterable[Arrival]) -> None:
        self._rows = defaultdict[tuple[str, int], list[Days]](list)
        self._complete = defaultdict[tuple[str, int], list[Days]](list)
        self._first: dict[str, date] = {}
        self._came = set[tuple[str, int]]()
        for each in sorted(found, key=lambda one: one.first):
            name = f"{each.pack}.{each.record_table}"
            days = self._complete if each.complete else self._rows
            days[name, each.unit_id].append((each.first, each.end))
            self._came.add((name, each.unit_id))
            self._first.setdefault(name, each.first)

    def has(self, table: str, unit_id: int, start: date, end: date) -> bool:
        """Whether there are rows of one of the days [start, end), or all of them were declared complete."""
        key = table, unit_id
        if any(first < end and start < last for first, last in self._rows.get(key, ())):
            return True
        return covers(self._complete.get(key, ()), start, end)

    def ever(self, table: str, unit_id: int) -> bool:
        """Whether anything came of a table for a unit."""
        return (table, unit_id) in self._came

    def first(self, table: str) -> date | None:
        """The first day of which anything came of a table; None where nothing did."""
        return self._first.get(table)


def due_on(table: InstalledTable, end: date) -> date | None:
    """The day before which the rows of a period that ends so should be there; None: nobody waits for them."""
    return None if table.table.due is None else end + timedelta(days=table.table.due)


def tables_behind(view: View, entry: SchemeEntry) -> dict[str, InstalledTable]:
    """The tables that the measures of a scheme read, by their name in the pack."""
    packs = view.context.packs
    read = (each.tables for each in packs.measures(entry.pack) if each.measure in entry.measures)
    names = dict.fromkeys(name for tables in read for name in tables)
    return {name: packs.record_tables[f"{entry.pack}.{name}"] for name in names}


async def late_feeds(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    table: str | None = None,
    unit: str | None = None,
    today: date | None = None,
) -> LateFeeds:
    """The feeds that are late of units whose records the actor may read; those due first come first.

    table: one, by its full name. Of several calendars of a scheme the one with the shortest periods counts.
    Feeds are expected from the first day of which anything came of their table; where nothing did, from the
    first period on record. One statement, whatever the number of units. Raises NotFound, and Forbidden where
    a unit is named without `record.read`.
    """
    if table is not None:
        installed_table(view, table)
    whole = await structure.load(view, actor, scope)
    if unit is not None:
        actor.require(Permission.RECORD_READ, [whole.unit(unit).id])
    units = [
        each
        for each in whole.units
        if unit in (None, each.code) and actor.may(Permission.RECORD_READ, [each.id])
    ]
    wanted = [each for each in _wanted(view) if table in (None, each[1].name)]
    async with view.context.database.read(scope) as reader:
        found = await record_arrivals.load(
            reader,
            scope,
            unit_ids=[each.id for each in units],
            tables={each.table.table for _, each in wanted},
        )
    arrived, day = Arrived(found), today or date.today()
    late = defaultdict[tuple[date, str], _Late](dict)
    for entry, each in wanted:
        _add_late(late, entry, each, units, whole, arrived, day)
    return LateFeeds(late, {each.name: each for _, each in wanted})


def _wanted(view: View) -> list[tuple[SchemeEntry, InstalledTable]]:
    """The tables that are waited for, each with the schemes that read it."""
    entries = [view.context.entry(code) for code in sorted(view.context.packs.schemes)]
    return [
        (entry, table)
        for entry in entries
        for table in tables_behind(view, entry).values()
        if table.table.due is not None
    ]


def _add_late(
    late: defaultdict[tuple[date, str], _Late],
    entry: SchemeEntry,
    table: InstalledTable,
    units: Iterable[UnitRecord],
    whole: Structure,
    arrived: Arrived,
    today: date,
) -> None:
    calendar = max(entry.calendars, key=lambda each: len(each.parts))
    since = arrived.first(table.name) or _first_on_record(whole, calendar)
    scored = [each for each in units if each.unit_type == entry.scheme.unit_type]
    if since is None or since > today or not scored:
        return
    always, others = _sorted_out(scored, table, arrived)
    for each in span(calendar, since, today).periods:
        due = due_on(table, each.end)
        period = whole.find_period(each.code, [calendar.code]) or each
        if due is None or today < due or _is_closed(period):
            continue
        found = {unit.code: unit for unit in others if _is_late(arrived, table, unit, each)}
        _, known = late[due, table.name].setdefault(period.code, (period, {}))
        known.update(always)
        known.update(found)


def _sorted_out(
    scored: Iterable[UnitRecord], table: InstalledTable, arrived: Arrived
) -> tuple[dict[str, UnitRecord], list[UnitRecord]]:
    """Those that are late in every period, as nothing ever came and they were always open; the others."""
    always: dict[str, UnitRecord] = {}
    others = []
    for unit in scored:
        if arrived.ever(table.name, unit.id) or unit.opened_on or unit.closed_on:
            others.append(unit)
        else:
            always[unit.code] = unit
    return always, others


def _is_late(arrived: Arrived, table: InstalledTable, unit: UnitRecord, period: Period) -> bool:
    start = max(period.start, unit.opened_on or period.start)
    end = min(period.end, unit.closed_on or period.end)
    return start < end and not arrived.has(table.name, unit.id, start, end)


def _first_on_record(whole: Structure, calendar: Calendar) -> date | None:
    return min((each.start for each in whole.periods if each.calendar == calendar.code), default=None)


def _is_closed(period: PeriodRecord | Period) -> bool:
    return isinstance(period, PeriodRecord) and period.state is PeriodState.CLOSED
