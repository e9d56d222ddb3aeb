"""The tree of units: who stands below whom, and since when.

What is corrected is kept as it was, with when: `ever` returns it too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Table, delete, select, update

from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput, Problem
from steelyard.store import closed_places, recorded, stamps
from steelyard.store.problems import UNIT_CYCLE
from steelyard.store.spans import BEGINNING, History, Span, holds_on
from steelyard.store.tables import PAST_UNIT_PARENT, UNIT, UNIT_PARENT
from steelyard.store.transaction import Reader, Writer

_COLUMNS = ("unit_id", "parent_id", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class Placement:
    """A unit is to stand below a parent from a day on."""

    unit_id: int
    parent_id: int
    valid_from: date = BEGINNING


@dataclass(frozen=True, slots=True)
class ParentRecord:
    """A unit stands below its parent in [valid_from, valid_to), as `Recorded` in a span of moments."""

    unit_id: int
    parent_id: int
    valid_from: date
    valid_to: date | None
    recorded_at: datetime | None = field(default=None, compare=False)
    superseded_at: datetime | None = field(default=None, compare=False)


async def load(
    reader: Reader, scope: Scope, *, on: date | None = None, unit_ids: Collection[int] | None = None
) -> list[ParentRecord]:
    """Return the parents of the units in scope, or of these, of all times or as they hold on a day.

    A parent out of scope is not shown: its child is then a root.
    """
    return await _load(reader, scope, UNIT_PARENT, on, unit_ids)


async def ever(reader: Reader, scope: Scope) -> list[ParentRecord]:
    """Return all that was ever recorded for the units in scope: what stands, then what was superseded."""
    stands = await _load(reader, scope, UNIT_PARENT)
    return [*stands, *await _load(reader, scope, PAST_UNIT_PARENT)]


async def _load(
    reader: Reader,
    scope: Scope,
    of: Table,
    on: date | None = None,
    unit_ids: Collection[int] | None = None,
) -> list[ParentRecord]:
    table = of.c
    query = (
        recorded.columns(of, _COLUMNS)
        .where(table.tenant_id == scope.tenant_id)
        .order_by(table.unit_id, table.valid_from)
    )
    if scope.unit_ids is not None:
        query = query.where(reader.within(table.unit_id, scope.unit_ids))
        query = query.where(reader.within(table.parent_id, scope.unit_ids))
    if unit_ids is not None:
        query = query.where(reader.within(table.unit_id, unit_ids))
    if on is not None:
        query = query.where(holds_on(of, on))
    return [ParentRecord(*row) for row in await reader.rows(query)]


async def place(writer: Writer, scope: Scope, placements: Sequence[Placement]) -> None:
    """Record what differs from the tree as it is; a new parent ends the one before it.

    Raises NotFound for units out of scope, InvalidInput (UNIT_CYCLE) where a unit would stand below itself on
    any day, and Conflict (PLACE_OF_CLOSED_PERIOD) where it changes the past.
    """
    scope.require(id for each in placements for id in (each.unit_id, each.parent_id))
    await stamps.claim(writer, scope, stamps.STRUCTURE)
    rows = await load(writer, Scope(scope.tenant_id))
    before, histories = _histories(rows), _histories(rows)
    changed = {
        (each.unit_id, span.valid_from): span
        for each in placements
        for span in histories[each.unit_id].change(each.parent_id, each.valid_from)
    }
    if not changed:
        return
    await _refuse_cycles(writer, scope, histories, changed.values())
    moved = {unit_id for unit_id, _ in changed}
    await closed_places.require_same(writer, scope, moved, before, histories)
    news = [
        {
            "tenant_id": scope.tenant_id,
            "unit_id": unit_id,
            "parent_id": span.value,
            "valid_from": span.valid_from,
            "valid_to": span.valid_to,
            "recorded_at": writer.now,
        }
        for (unit_id, _), span in changed.items()
    ]
    replaced = [each for each in rows if (each.unit_id, each.valid_from) in changed]
    await recorded.keep(writer, scope, PAST_UNIT_PARENT, _COLUMNS, replaced)
    await writer.upsert(UNIT_PARENT, news)
    await stamps.advance(writer, scope, stamps.STRUCTURE)


async def detach(writer: Writer, scope: Scope, unit_id: int, valid_from: date) -> None:
    """Let a unit stand at the top from a day on, until the next parent on record.

    Raises Conflict (PLACE_OF_CLOSED_PERIOD) where it changes the past.
    """
    scope.require([unit_id])
    tenant = Scope(scope.tenant_id)
    await stamps.claim(writer, scope, stamps.STRUCTURE)
    rows = await load(writer, tenant)
    before = _histories(rows)
    ends = [each for each in rows if each.unit_id == unit_id and _span(each).covers(valid_from)]
    await recorded.keep(writer, scope, PAST_UNIT_PARENT, _COLUMNS, ends)
    table = UNIT_PARENT.c
    mine = (table.tenant_id == scope.tenant_id) & (table.unit_id == unit_id)
    await writer.run(delete(UNIT_PARENT).where(mine, table.valid_from == valid_from))
    covering = mine & holds_on(UNIT_PARENT, valid_from)
    cut = {"valid_to": valid_from, "recorded_at": writer.now}
    await writer.run(update(UNIT_PARENT).where(covering).values(**cut))
    after = _histories(await load(writer, tenant))
    await closed_places.require_same(writer, scope, [unit_id], before, after)
    await stamps.advance(writer, scope, stamps.STRUCTURE)


def _histories(rows: Iterable[ParentRecord]) -> dict[int, History[int]]:
    histories: dict[int, History[int]] = defaultdict(History)
    for row in rows:
        histories[row.unit_id].add(_span(row))
    return histories


def _span(row: ParentRecord) -> Span[int]:
    return Span(row.parent_id, row.valid_from, row.valid_to)


async def _refuse_cycles(
    writer: Writer, scope: Scope, histories: Mapping[int, History[int]], changed: Iterable[Span[int]]
) -> None:
    import networkx as nx

    # A circle closes on the day its youngest link begins, while the changed link holds.
    starts = {start for history in histories.values() for start in history.spans}
    for day in sorted({day for span in changed for day in starts if span.covers(day)}):
        links = [
            (unit_id, span.value)
            for unit_id, history in histories.items()
            for span in history.spans.values()
            if span.covers(day)
        ]
        try:
            circle = nx.find_cycle(nx.DiGraph(links))
        except nx.NetworkXNoCycle:
            continue
        ids = [link[0] for link in circle]
        mine = (UNIT.c.tenant_id == scope.tenant_id) & writer.within(UNIT.c.id, ids)
        query = select(UNIT.c.id, UNIT.c.code).where(mine)
        codes = {row.id: row.code for row in await writer.rows(query)}
        path = " → ".join(codes[id] for id in [*ids, ids[0]])
        since = "" if day == BEGINNING else f" ({day})"
        raise InvalidInput(Problem(UNIT_CYCLE, values={"path": path, "since": since}))
