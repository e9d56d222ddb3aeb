"""A crowd: many more units beside those of the samples, each measured as one of them is."""

from __future__ import annotations

import csv
import io

from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.errors import Text
from steelyard.packs import Packs
from steelyard.services import importing, structure
from steelyard.services.context import context_on
from steelyard.store import attributes, parentage, units
from steelyard.store.attributes import Setting
from steelyard.store.engine import Database
from steelyard.store.parentage import Placement
from steelyard.store.units import NewUnit

LIKE = {
    "ecommerce.shop": ("SHOP-E1", "EC-EAST", "2025-12"),
    "automotive.front-desk": ("DEALER-SH-XX", None, "2014"),
    "education.campus": ("TC-SOUTH-2", None, "2025-Q4"),
}
"""By scheme who the crowd is like, in its last period, and below whom it is; else below the same unit."""


async def add_crowd(database: Database, packs: Packs, count: int) -> None:
    """Add so many units to each of these schemes."""
    async with context_on(database, packs) as context:
        for scheme, (code, above, period) in LIKE.items():
            seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
            known = await structure.load(*seat)
            like = known.unit(code)
            parent = known.parent(like) if above is None else known.unit(above)
            codes = [f"{code}-{number:04}" for number in range(count)]
            news = [NewUnit(each, Text(each, each), like.unit_type) for each in codes]
            async with context.database.write(context.scope) as writer:
                made = (await units.ensure(writer, context.scope, news)).values()
                if parent is not None:
                    placed = [Placement(unit.id, parent.id) for unit in made]
                    await parentage.place(writer, context.scope, placed)
                settings = [
                    Setting(unit.id, name, value)
                    for unit in made
                    for name, value in known.attributes(like).items()
                ]
                await attributes.assign(writer, context.scope, settings)
            table = _table(packs, scheme, code, period, codes)
            await importing.import_table(
                context.view(), *seat[1:], scheme=scheme, data=table.encode(), file="crowd.csv"
            )


def _table(packs: Packs, scheme: str, like: str, period: str, codes: list[str]) -> str:
    """The row of one unit in a period, once for each of the others."""
    samples = (table for sample in packs.samples.values() for table in sample.tables)
    text = next(table.text for table in samples if table.scheme == scheme)
    rows = list(csv.DictReader(io.StringIO(text)))
    row = next(each for each in rows if (each["unit"], each["period"]) == (like, period))
    written = io.StringIO()
    writer = csv.DictWriter(written, list(row))
    writer.writeheader()
    writer.writerows({**row, "unit": code} for code in codes)
    return written.getvalue()
