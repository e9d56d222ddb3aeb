"""Editions: the cube of a scheme as it is shown, kept in memory.

It stands while nothing of its pack's measurements and of the tenant's structure changes.  It is built of the
whole tenant, once for all scopes; `load` hands out what a scope shows of it. Who needs the whole says so
(`load_whole`).
"""

from __future__ import annotations

import asyncio
from functools import partial

from steelyard.access.scope import Scope
from steelyard.services import cube, structure
from steelyard.services.cache import Kept
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.store import stamps


async def load(view: View, scope: Scope, entry: SchemeEntry) -> Cube:
    """Return what a scope shows of the cube of a scheme; units out of scope are not in it."""
    whole = await load_whole(view, scope, entry)
    if scope.unit_ids is None:
        return whole
    seen = await structure.narrowed(view, scope, whole.structure)

    async def cut() -> Kept[Cube]:
        return Kept(await asyncio.to_thread(whole.narrowed, seen), {}, 0)

    return await whole.cuts.get(id(seen), cut, lambda kept: kept.value.structure is seen)


async def load_whole(view: View, scope: Scope, entry: SchemeEntry) -> Cube:
    """Return the cube of a scheme for the scope's tenant, seen or not, from memory while its stamps stand."""
    tenant = Scope(scope.tenant_id)

    topics = [stamps.STRUCTURE, stamps.pack_topic(entry.pack)]
    return await view.kept(tenant, ("cube", entry.code), topics, partial(cube.build, view, tenant, entry))
