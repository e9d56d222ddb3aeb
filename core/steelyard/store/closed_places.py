"""Closed places: where a unit stood when a closed period was decided must not change.

Pass lines of a unit hold for all below it, and rankings and overviews are of those below one, by the tree of
the period's last day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import select

from steelyard.access.scope import Scope
from steelyard.errors import Conflict, Problem
from steelyard.store import closed_days
from steelyard.store.closed_days import ClosedDay
from steelyard.store.problems import PLACE_OF_CLOSED_PERIOD
from steelyard.store.spans import History
from steelyard.store.tables import UNIT
from steelyard.store.transaction import Reader

Histories = Mapping[int, History[int]]
"""By unit its parents."""


async def require_same(
    reader: Reader, scope: Scope, moved: Collection[int], before: Histories, after: Histories
) -> None:
    """Raise Conflict (PLACE_OF_CLOSED_PERIOD) where moves change who stood above a unit on such a day.

    Units are those moved and all that stood below them at any time; of what nothing was measured or evaluated
    in a closed period nothing depends.
    """
    tenant = Scope(scope.tenant_id)
    concerned = _below(moved, (before, after))
    found = {
        (unit, day.calendar, day.period)
        for day in await closed_days.load(reader, tenant, concerned)
        for unit in _moved_above(day, moved, before, after)
    }
    if not found:
        return
    mine = (UNIT.c.tenant_id == scope.tenant_id) & reader.within(UNIT.c.id, {unit for unit, *_ in found})
    codes = {row.id: row.code for row in await reader.rows(select(UNIT.c.id, UNIT.c.code).where(mine))}
    told = sorted((codes[unit], calendar, period) for unit, calendar, period in found)
    raise Conflict(
        Problem(PLACE_OF_CLOSED_PERIOD, values={"unit": unit, "calendar": calendar, "period": period})
        for unit, calendar, period in told
    )


def _below(moved: Collection[int], trees: Sequence[Histories]) -> set[int]:
    """These units and all that stood below them in any tree at any time."""
    children: defaultdict[int, set[int]] = defaultdict(set)
    for histories in trees:
        for unit, history in histories.items():
            for span in history.spans.values():
                children[span.value].add(unit)
    found: set[int] = set()
    left = list(moved)
    while left:
        unit = left.pop()
        if unit not in found:
            found.add(unit)
            left += children[unit]
    return found


def _moved_above(
    day: ClosedDay, moved: Collection[int], before: Histories, after: Histories
) -> Iterator[int]:
    """The moved units on the way up from a unit that stand elsewhere on its day."""
    for tree in (before, after):
        for unit in _way_up(day.unit_id, tree, day.day):
            if unit in moved and _parent(unit, before, day.day) != _parent(unit, after, day.day):
                yield unit


def _way_up(unit: int, tree: Histories, on: date) -> Iterator[int]:
    above: int | None = unit
    while above is not None:
        yield above
        above = _parent(above, tree, on)


def _parent(unit: int, tree: Histories, on: date) -> int | None:
    return tree[unit].value_on(on) if unit in tree else None
