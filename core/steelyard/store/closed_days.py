"""Closed days: what is dated must not change on a day that decided for a closed period of a unit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select, union

from steelyard.access.scope import Scope
from steelyard.errors import Conflict, Problem
from steelyard.store.periods import PeriodState
from steelyard.store.problems import ATTRIBUTE_OF_CLOSED_PERIOD
from steelyard.store.runs import RunState
from steelyard.store.spans import History
from steelyard.store.tables import CALENDAR, CURRENT_MEASUREMENT, PERIOD, RUN, RUN_ROOT
from steelyard.store.transaction import Reader

Histories = Mapping[tuple[int, str], History[str]]
"""By unit and name."""


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """The last day of a closed period in which something was measured of a unit, or in whose run it is."""

    unit_id: int
    calendar: str
    period: str
    day: date


async def load(reader: Reader, scope: Scope, unit_ids: Collection[int]) -> list[ClosedDay]:
    """Return the days that decided for units, one statement."""
    tenant, value, root, run = scope.tenant_id, CURRENT_MEASUREMENT.c, RUN_ROOT.c, RUN.c
    closed = select(PERIOD.c.id).where(PERIOD.c.tenant_id == tenant, PERIOD.c.state == PeriodState.CLOSED)
    measured = (
        select(value.unit_id, value.period_id)
        .where(value.tenant_id == tenant, value.period_id.in_(closed))
        .where(reader.within(value.unit_id, unit_ids))
    )
    evaluated = (
        select(root.unit_id, run.period_id)
        .join(RUN, (run.tenant_id == tenant) & (run.id == root.run_id))
        .where(root.tenant_id == tenant, run.state == RunState.FINAL, reader.within(root.unit_id, unit_ids))
    )
    decided = union(measured, evaluated).subquery()
    query = (
        select(decided.c.unit_id, CALENDAR.c.code, PERIOD.c.code, PERIOD.c.end_date)
        .join(PERIOD, (PERIOD.c.tenant_id == tenant) & (PERIOD.c.id == decided.c.period_id))
        .join(CALENDAR, (CALENDAR.c.tenant_id == tenant) & (CALENDAR.c.id == PERIOD.c.calendar_id))
        .where(PERIOD.c.state == PeriodState.CLOSED)
    )
    return [
        ClosedDay(unit_id, calendar, period, end - timedelta(days=1))
        for unit_id, calendar, period, end in await reader.rows(query)
    ]


def values_on(histories: Histories, days: Collection[ClosedDay]) -> dict[tuple[ClosedDay, str], str | None]:
    """What holds for units on days that decided for them, by the day and the attribute."""
    return {
        (each, name): history.value_on(each.day)
        for (unit_id, name), history in histories.items()
        for each in days
        if each.unit_id == unit_id
    }


def require_same(
    before: Mapping[tuple[ClosedDay, str], str | None], after: Mapping[tuple[ClosedDay, str], str | None]
) -> None:
    """Raise Conflict (ATTRIBUTE_OF_CLOSED_PERIOD) where something else holds on such a day than before."""
    problems = [
        Problem(
            ATTRIBUTE_OF_CLOSED_PERIOD,
            values={"attribute": name, "calendar": each.calendar, "period": each.period},
        )
        for each, name in {**before, **after}
        if before.get((each, name)) != after.get((each, name))
    ]
    if problems:
        raise Conflict(problems)
