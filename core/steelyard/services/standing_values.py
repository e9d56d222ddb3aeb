"""Standing values: what is measured for a scheme as it stands, or in corrected periods as it stood once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from steelyard.access.scope import Scope
from steelyard.services.context import View
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.store import current_values, past_values
from steelyard.store.current_values import CurrentValues


async def load(
    view: View, tenant: Scope, entry: SchemeEntry, moment: datetime | None, corrected: Collection[int]
) -> CurrentValues:
    """Load what stands for all units; in periods that were `corrected` after a moment, what stood then."""
    async with view.context.database.read(tenant) as reader:
        current = await current_values.load(
            reader,
            tenant,
            entry.pack,
            measures=entry.measures,
            unit_type=entry.scheme.unit_type,
            calendar=entry.calendars[0].code if len(entry.calendars) == 1 else None,
        )
        if moment is None or not corrected:
            return current
        past = await past_values.load(reader, tenant, entry.pack, corrected, moment)
    return past_values.put_back(current, past, corrected)
