"""Standing values: what is measured for a scheme as it stands."""

from __future__ import annotations

from steelyard.access.scope import Scope
from steelyard.services.context import View
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.store import current_values
from steelyard.store.current_values import CurrentValues


async def load(view: View, tenant: Scope, entry: SchemeEntry) -> CurrentValues:
    """Load what stands for all units and periods of a scheme."""
    async with view.context.database.read(tenant) as reader:
        return await current_values.load(
            reader,
            tenant,
            entry.pack,
            measures=entry.measures,
            unit_type=entry.scheme.unit_type,
            calendar=entry.calendars[0].code if len(entry.calendars) == 1 else None,
        )
