"""The packs' samples, put into a database."""

from __future__ import annotations

from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.packs import Packs
from steelyard.services import sampling
from steelyard.services.context import context_on
from steelyard.store.engine import Database


async def load_samples(database: Database, packs: Packs) -> None:
    """Put the samples into a database, but for the files of records: they would only take time."""
    async with context_on(database, packs) as context:
        await sampling.load_samples(context.view(), LOCAL_ADMINISTRATOR, context.scope, records=False)
