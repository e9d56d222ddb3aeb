"""Editions: the cube of a scheme as it is shown, kept in memory.

Open periods are evaluated with the version that is installed. A closed period is shown as it was stored when
it was evaluated, with the version of then: `Cube.edition` is the cube that shows a period.

A cube stands while nothing of its pack's measurements, of the tenant's structure and of its closed results
changes.  It is built of the whole tenant, once for all scopes; `load` hands out what a scope shows of it. Who
needs the whole says so (`load_whole`).
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from steelyard.access.scope import Scope
from steelyard.services import closed_results, cube, structure
from steelyard.services.cache import Kept
from steelyard.services.closed_results import ClosedResult
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.services.narrowing import narrowed
from steelyard.services.run_results import as_stored
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.weights import sets
from steelyard.store import stamps
from steelyard.store.periods import PeriodRecord, PeriodState
from steelyard.store.run_table import RunTable
from steelyard.store.weight_sets import WeightSetRecord

Results = Mapping[int, ClosedResult]
"""By period id."""


async def load(view: View, scope: Scope, entry: SchemeEntry) -> Cube:
    """Return what a scope shows of the cube of a scheme; units out of scope are not in it."""
    whole = await load_whole(view, scope, entry)
    if scope.unit_ids is None:
        return whole
    seen = await structure.narrowed(view, scope, whole.structure)

    async def cut() -> Kept[Cube]:
        return Kept(await asyncio.to_thread(narrowed, whole, seen), {}, 0)

    return await whole.cuts.get(id(seen), cut, lambda kept: kept.value.structure is seen)


async def load_whole(view: View, scope: Scope, entry: SchemeEntry) -> Cube:
    """Return the cube of a scheme for the scope's tenant, seen or not, from memory while its stamps stand."""
    tenant = Scope(scope.tenant_id)

    topics = [stamps.STRUCTURE, stamps.pack_topic(entry.pack), stamps.CLOSED]
    return await view.kept(tenant, ("cube", entry.code), topics, partial(_shown, view, tenant, entry))


async def version_of(view: View, scope: Scope, entry: SchemeEntry, period: PeriodRecord) -> SchemeEntry:
    """The version of a scheme with which a period is shown; raises what `Cube.edition` does."""
    if period.state is PeriodState.OPEN:
        return entry
    return (await load(view, scope, entry)).edition(period).entry


async def _shown(view: View, tenant: Scope, entry: SchemeEntry) -> Cube:
    closed = await closed_results.load(view, tenant, entry)
    installed = await cube.build(view, tenant, entry)
    own = {id: each for id, each in closed.results.items() if _is_of(installed, each)}
    groups: defaultdict[str, dict[int, ClosedResult]] = defaultdict(dict)
    for id, each in closed.results.items():
        if id not in own:
            groups[each.entry.hash][id] = each
    others: dict[int, Cube] = {}
    for results in groups.values():
        others |= dict.fromkeys(results, await _edition(view, tenant, results))
    shown = await asyncio.to_thread(as_stored, installed, _tables(own))
    return replace(shown, others=others, unreadable=closed.unreadable)


def _is_of(installed: Cube, result: ClosedResult) -> bool:
    """Whether a result is of the same version and weights as what is evaluated now."""
    period = installed.structure.period_by_id(result.run.period_id)
    if period is None or period not in installed.periods or result.entry.hash != installed.entry.hash:
        return False
    used = installed.weight_set(period)
    return (used and used.id) == result.run.weight_set_id


async def _edition(view: View, tenant: Scope, results: Results) -> Cube:
    """The cube of one version, of the periods that were evaluated with it."""
    entry = next(iter(results.values())).entry
    known = {each.id: each for each in await sets.every(view, tenant, entry)}
    used: dict[int, WeightSetRecord | None] = {
        id: None if each.run.weight_set_id is None else known.get(each.run.weight_set_id)
        for id, each in results.items()
    }
    built = await cube.build(view, tenant, entry, used=used)
    return await asyncio.to_thread(as_stored, built, _tables(results))


def _tables(results: Results) -> dict[int, RunTable]:
    return {id: each.table for id, each in results.items()}
