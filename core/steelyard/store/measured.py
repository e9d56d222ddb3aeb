"""Which periods have anything recorded of some units: a scope knows of no others."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import exists, false, or_, select

from steelyard.access.scope import Scope
from steelyard.store.tables import CURRENT_MEASUREMENT, PERIOD
from steelyard.store.transaction import Reader


async def period_ids(
    reader: Reader, scope: Scope, units_by_pack: Mapping[str, Collection[int]]
) -> frozenset[int]:
    """Return the ids of the periods in which something stands, of any of a pack's units in its namespace.

    One statement, which stops at the first measurement of each period.
    """
    standing = CURRENT_MEASUREMENT.c
    of_packs = [
        exists().where(
            # The period is that of the query around it; each part says by itself whose rows it is about.
            PERIOD.c.tenant_id == scope.tenant_id,
            standing.tenant_id == scope.tenant_id,
            standing.pack == pack,
            standing.period_id == PERIOD.c.id,
            reader.within(standing.unit_id, [id for id in unit_ids if scope.sees(id)]),
        )
        for pack, unit_ids in units_by_pack.items()
    ]
    query = select(PERIOD.c.id).where(PERIOD.c.tenant_id == scope.tenant_id, or_(false(), *of_packs))
    return frozenset(row.id for row in await reader.rows(query))
