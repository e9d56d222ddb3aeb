"""Whether an installation can work: its database, its files and its packs; nothing is changed by looking."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from steelyard.access.problems import TENANT_NOT_FOUND
from steelyard.errors import NotFound, Problem
from steelyard.packs import Packs
from steelyard.services.context import DEFAULT_TENANT, default_parts
from steelyard.store import migrate, tenants
from steelyard.store.content import ContentStore
from steelyard.store.engine import open_database


@dataclass(frozen=True, slots=True)
class Installation:
    """What was found to work. database: its name without a password; packs: how many."""

    database: str
    version: str
    folder: Path
    packs: int


async def examine(
    url: str, packs: Packs, *, tenant: str = DEFAULT_TENANT, parts: Path | None = None
) -> Installation:
    """Look at database, folder of files and tenant; ConfigError, NotFound, TransientError for what fails."""
    async with open_database(url) as database:
        await migrate.require_workable(database)
        async with database.read_all() as reader:
            # The default tenant is made when a context is opened.
            if tenant != DEFAULT_TENANT and await tenants.find(reader, tenant) is None:
                raise NotFound(Problem(TENANT_NOT_FOUND, values={"tenant": tenant}))
        folder = ContentStore(database, parts or default_parts(database)).check()
        return Installation(database.name, migrate.head(), folder, len(packs.names))
