"""Past results: what a closed period showed before it was corrected, with what it was evaluated from then."""

from __future__ import annotations

import asyncio

from steelyard.access.scope import Scope
from steelyard.services import closed_results, past_cubes
from steelyard.services.closed_results import ClosedResult
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.services.run_results import as_stored
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.store import closed_runs, schemes, stamps
from steelyard.store.periods import PeriodRecord, PeriodState


async def load(
    view: View, scope: Scope, entry: SchemeEntry, period: PeriodRecord, revision: int | None = None
) -> Cube | None:
    """The cube of one period as a revision of it showed it, of all the tenant's units, seen or not.

    Without a `revision` the first one, if the period was corrected since and it can still be read. None where
    there is no such revision. Kept in memory while nothing is closed or corrected. Raises ConfigError for a
    named one, as `Cube.edition` does.
    """
    if period.state is not PeriodState.CLOSED:
        return None
    tenant = Scope(scope.tenant_id)

    async def read() -> Cube | None:
        result = await _result(view, tenant, entry, period, revision)
        return None if result is None else await _cube(view, tenant, result)

    name = ("past results", entry.code, period.id, revision)
    return await view.kept(tenant, name, [stamps.CLOSED, stamps.STRUCTURE], read)


async def _result(
    view: View, tenant: Scope, entry: SchemeEntry, period: PeriodRecord, revision: int | None
) -> ClosedResult | None:
    async with view.context.database.read(tenant) as reader:
        run = await closed_runs.find(reader, tenant, entry.code, period.id, revision)
        if run is None:
            return None
        other = run.hash != entry.hash
        texts = await schemes.sources(reader, tenant, {run.record.scheme_id}) if other else {}
    read = await asyncio.to_thread(closed_results.read, view, entry, [run], texts)
    if revision is not None:
        read.require(period)
    return read.results.get(period.id)


async def _cube(view: View, tenant: Scope, result: ClosedResult) -> Cube | None:
    """Evaluated from what was known then, for the inputs of rules, with what was stored put in its place."""
    past = await past_cubes.load(view, tenant)
    everybody = {each.id for each in past.whole.units}
    found = await past.cube(result.entry, result.run, everybody)
    if found is None:
        return None
    return await asyncio.to_thread(as_stored, found, {result.run.period_id: result.table})
