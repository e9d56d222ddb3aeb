"""Past results: what a closed period showed before it was corrected, with what it was evaluated from then."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from steelyard.access.scope import Scope
from steelyard.services import closed_results, cube, exemptions, structure
from steelyard.services.closed_results import ClosedResult
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.services.run_results import as_stored
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.weights import sets
from steelyard.store import attributes, closed_runs, parentage, past_values, recorded, schemes, stamps
from steelyard.store.periods import PeriodRecord, PeriodState
from steelyard.store.weight_sets import WeightSetRecord


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
        return None if result is None else await _cube(view, tenant, period, result)

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


async def _cube(view: View, tenant: Scope, period: PeriodRecord, result: ClosedResult) -> Cube:
    """Evaluated from what stood then, for the inputs of rules, with what was stored put in its place."""
    entry, moment = result.entry, result.run.evaluated_at
    async with view.context.database.read(tenant) as reader:
        values = await past_values.load(reader, tenant, entry.pack, [period.id], moment)
        parents = recorded.known_by(await parentage.ever(reader, tenant), moment)
        settings = recorded.known_by(await attributes.ever(reader, tenant), moment)
    whole = replace(
        await structure.load_whole(view, tenant), parents=tuple(parents), settings=tuple(settings)
    )
    published = {each.id: each for each in await sets.every(view, tenant, entry)}
    exempt = exemptions.known_by(await exemptions.every(view, tenant), entry, moment)
    number = result.run.weight_set_id
    used: Mapping[int, WeightSetRecord | None] = {
        period.id: None if number is None else published.get(number)
    }
    units = tuple(each for each in whole.units if each.unit_type == entry.scheme.unit_type)

    def evaluated() -> Cube:
        found = cube.evaluated(entry, whole, units, values, (), used, exempt)
        return as_stored(found, {period.id: result.table})

    return await asyncio.to_thread(evaluated)
