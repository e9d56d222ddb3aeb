"""Runs: the stored evaluations of schemes and periods.

A run is of all units at once: its hashes, its number and the time at which it was made tell whether anything
of any of them has changed. So only who sees all units sees runs.
"""

from __future__ import annotations

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.services import structure
from steelyard.services.context import View
from steelyard.store import runs, stamps
from steelyard.store.runs import RunRecord


async def heads(
    view: View, actor: Actor, scope: Scope, *, scheme: str | None = None
) -> tuple[RunRecord, ...]:
    """The current runs, all or those of a scheme; from memory while none changes.

    None for a scope that does not show all units.
    """
    if scope.unit_ids is not None:
        return ()
    tenant = Scope(scope.tenant_id)

    async def read() -> tuple[RunRecord, ...]:
        async with view.context.database.read(tenant) as reader:
            return tuple(await runs.heads(reader, tenant))

    found = await view.kept(tenant, "runs", [stamps.RUNS], read)
    return tuple(run for run in found if scheme is None or run.scheme == scheme)


async def head(view: View, actor: Actor, scope: Scope, *, scheme: str, period_id: int) -> RunRecord | None:
    """The current run of a scheme and period."""
    found = await heads(view, actor, scope, scheme=scheme)
    return next((run for run in found if run.period_id == period_id), None)


async def history(
    view: View, actor: Actor, scope: Scope, *, scheme: str, period: str
) -> tuple[RunRecord, ...]:
    """All runs of a scheme and period, the first revision first; NotFound as `Structure.period`.

    None for a scope that does not show all units.
    """
    entry = view.context.entry(scheme)
    calendars = [calendar.code for calendar in entry.calendars]
    found = (await structure.load(view, actor, scope)).period(period, calendars)
    if scope.unit_ids is not None:
        return ()
    async with view.context.database.read(scope) as reader:
        return tuple(await runs.history(reader, scope, entry.code, found.id))
