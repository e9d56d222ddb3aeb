"""Recounts: the records of members counted together, and each by itself beside it.

Nothing is mixed: what was counted stands only where each member alone comes to what it is shown with, and
where nobody imported, withdrew or declared anything meanwhile. For closed periods the records count that
counted when they were closed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.intake.measures.computing import Wanted
from steelyard.intake.measures.engine import open_engine
from steelyard.intake.measures.recounting import Member, Portion, Recounted, recount
from steelyard.intake.measures.spans import Feeds
from steelyard.packs import InstalledTable
from steelyard.services import structure
from steelyard.services.context import View
from steelyard.services.records.held import period_of
from steelyard.services.records.portions import portions
from steelyard.services.rollups.needs import Found, Key, Ledger, Need
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.structure import Structure
from steelyard.store import measured, record_feeds, record_imports, stamps
from steelyard.store.periods import PeriodRecord
from steelyard.store.transaction import Reader

_Counted = Mapping[tuple[str, int], Recounted]
"""By measure and the number of a whole."""
_Answers = Mapping[tuple[int, Key], Found]
"""By the number of a ledger and the key of a need."""


async def settle(
    view: View, actor: Actor, scope: Scope, entry: SchemeEntry, ledgers: Sequence[Ledger]
) -> bool:
    """Find what ledgers note as needed; False where there is nothing to be found.

    Kept while nothing changes. Each table of records is gone through once, however many members there are.
    Raises TransientError (RECOUNTS_TOO_MANY) where too many wait for that already.
    """
    orders = [(number, need) for number, each in enumerate(ledgers) for need in each.needs.values()]
    if not orders:
        return False
    order = _Order(entry, tuple(orders))
    topics = [stamps.STRUCTURE, stamps.CLOSED, *order.topics(view)]
    name = "recount", entry.code, order.digest
    count = partial(_counted, view, actor, scope, order)
    found = await view.kept(scope, name, topics, count, view.context.recounted)
    for (number, key), each in found.items():
        ledgers[number].found[key] = each
    for ledger in ledgers:
        ledger.needs.clear()
    return True


@dataclass(frozen=True)
class _Order:
    """All needs of one question, with their members numbered."""

    entry: SchemeEntry
    needs: tuple[tuple[int, Need], ...]

    @cached_property
    def wanted(self) -> tuple[Wanted, ...]:
        """The measures."""
        return tuple({need.wanted.measure.measure: need.wanted for _, need in self.needs}.values())

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(each.measure.measure for each in self.wanted)

    @cached_property
    def numbers(self) -> dict[Member, int]:
        """The members, a unit in a period each, by number."""
        found = dict.fromkeys(member for _, need in self.needs for member in _members(need))
        return {member: number for number, member in enumerate(found)}

    @cached_property
    def members(self) -> list[Member]:
        """By number the members."""
        return [*self.numbers]

    @cached_property
    def records(self) -> list[PeriodRecord | None]:
        """By member its period, where it is on record."""
        of_period = {
            period: record
            for _, need in self.needs
            for period, record in zip(need.cells.periods, need.cells.records, strict=True)
        }
        return [of_period[period] for _, period in self.members]

    @cached_property
    def wholes(self) -> list[tuple[int, ...]]:
        """By need its members, and behind all needs each member by itself."""
        together = [tuple(self.numbers[member] for member in _members(need)) for _, need in self.needs]
        return together + [(number,) for number in self.numbers.values()]

    @cached_property
    def digest(self) -> str:
        """What tells it from other questions: measures, members, and what these are shown with."""
        digest = hashlib.sha256()
        for number, need in self.needs:
            periods = [f"{each.calendar}/{each.code}" for each in need.cells.periods]
            units = [each.id for each in need.cells.units]
            digest.update(f"{number}|{need.key[0]}|{need.wanted.times}|{units}|{periods}|".encode())
            for array in (need.at, need.status, need.values):
                digest.update(array.tobytes())
        return digest.hexdigest()

    def tables(self, view: View) -> list[InstalledTable]:
        """The tables that are counted."""
        names = dict.fromkeys(name for each in self.wanted for name in each.measure.tables)
        return [view.context.packs.record_tables[f"{self.entry.pack}.{name}"] for name in names]

    def topics(self, view: View) -> list[str]:
        """The topics of the stamps of what is counted and compared."""
        tables = (record_imports.topic(each.pack, each.table.table) for each in self.tables(view))
        return [stamps.pack_topic(self.entry.pack), *tables]


def _members(need: Need) -> Iterator[Member]:
    units = len(need.cells.units)
    for cell in need.at.tolist():
        yield need.cells.units[cell % units].id, need.cells.periods[cell // units]


@dataclass(frozen=True)
class _Held:
    """What is held: parts and feeds by table, and by unit, period and measure what came by other ways."""

    portions: Mapping[str, Sequence[Portion]]
    feeds: Mapping[str, Feeds]
    others: frozenset[tuple[int, int, str]]


async def _counted(view: View, actor: Actor, scope: Scope, order: _Order) -> _Answers:
    seen, whole = await view.stamps(scope), await structure.load_whole(view, scope)
    async with view.context.database.read(scope) as reader:
        held = await _held(view, reader, scope, order, whole)
        now = await stamps.read(reader, scope)
    if any(seen.get(topic, 0) != now.get(topic, 0) for topic in order.topics(view)):
        return {(number, need.key): Found() for number, need in order.needs}
    return await view.context.recounts.run(actor, scope, partial(_answers, order, held))


async def _held(view: View, reader: Reader, scope: Scope, order: _Order, whole: Structure) -> _Held:
    """Read what is held: so many statements for a table, however many members there are."""
    tables = order.tables(view)
    places = [(unit_id, record) for (unit_id, _), record in zip(order.members, order.records, strict=True)]
    parts = {
        each.table.table: await portions(view.context, reader, scope, each, places, order.measures)
        for each in tables
    }
    known = {each.id: period_of(each) for each in whole.periods}
    feeds = {}
    for each in tables:
        declared = await record_feeds.load(reader, scope, each.pack, each.table.table)
        complete = ((feed.unit_id, known[feed.period_id]) for feed in declared if feed.complete)
        feeds[each.table.table] = Feeds(complete)
    units = {unit_id for unit_id, _ in order.members}
    on_record = {record.id for record in order.records if record is not None}
    others = await measured.by_others(reader, scope, order.entry.pack, on_record, units, order.measures)
    return _Held(parts, feeds, others)


def _answers(order: _Order, held: _Held) -> _Answers:
    """Count all; a measure of each whole by its name and number."""
    with open_engine() as engine:
        counted = recount(engine, held.portions, order.wanted, order.members, order.wholes, held.feeds)
        found = {(each.value.measure, each.value.unit_id): each for each in counted}
    return {
        (number, need.key): _answer(order, held, at, need, found)
        for at, (number, need) in enumerate(order.needs)
    }


def _answer(order: _Order, held: _Held, at: int, need: Need, found: _Counted) -> Found:
    name, first = need.wanted.measure.measure, len(order.needs)
    changed = False
    shown = zip(order.wholes[at], need.status.tolist(), need.values.tolist(), strict=True)
    for member, status, value in shown:
        (unit_id, _), record = order.members[member], order.records[member]
        if record is not None and (unit_id, record.id, name) in held.others:
            return Found(by_hand=True)
        alone = found[name, first + member].value
        changed |= alone.status != status
        changed |= alone.value is not None and float(alone.value) != value
    if changed:
        return Found()
    whole = found[name, at]
    return Found(whole.value, False, whole.declared, whole.feeds)
