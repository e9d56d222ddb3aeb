"""Seen periods: those in which anything was recorded of the units in scope.

A period is on record as soon as anybody records something in it: that it is there would tell of units out of
scope. That a period is closed everybody may know, because it holds for all units.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from steelyard.access.scope import Scope
from steelyard.services.context import View
from steelyard.store import measured, stamps
from steelyard.store.units import UnitRecord


async def load(view: View, scope: Scope, units: Iterable[UnitRecord]) -> frozenset[int]:
    """Return the ids of the periods with something recorded of `units`, those in scope of their tenant.

    One statement; from memory while nothing is recorded.
    """
    types_by_pack = defaultdict[str, set[str]](set)
    for installed in view.context.packs.schemes.values():
        types_by_pack[installed.pack].add(installed.scheme.unit_type)
    units_by_pack = {
        pack: [unit.id for unit in units if unit.unit_type in types] for pack, types in types_by_pack.items()
    }

    async def read() -> frozenset[int]:
        async with view.context.database.read(scope) as reader:
            return await measured.period_ids(reader, scope, units_by_pack)

    topics = [stamps.STRUCTURE, *map(stamps.pack_topic, types_by_pack)]
    return await view.kept(scope, ("seen periods", scope.unit_ids), topics, read)
