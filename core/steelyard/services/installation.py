"""Whether an installation can work: its database and its files; nothing is changed by looking."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from steelyard.access.problems import TENANT_NOT_FOUND
from steelyard.errors import NotFound, Problem
from steelyard.services.context import DEFAULT_TENANT, default_parts
from steelyard.store import migrate, tenants
from steelyard.store.content import ContentStore
from steelyard.store.engine import open_database


class Installation(NamedTuple):
    """What was found to work. database: its name without a password."""

    database: str
    version: str
    folder: Path


async def examine(url: str, *, tenant: str = DEFAULT_TENANT, parts: Path | None = None) -> Installation:
    """Look at database, folder of files and tenant; ConfigError, NotFound, TransientError for what fails."""
    async with open_database(url) as database:
        await migrate.require_workable(database)
        async with database.read_all() as reader:
            # The default tenant is made when a context is opened.
            if tenant != DEFAULT_TENANT and await tenants.find(reader, tenant) is None:
                raise NotFound(Problem(TENANT_NOT_FOUND, values={"tenant": tenant}))
        folder = ContentStore(database, parts or default_parts(database)).check()
        return Installation(database.name, migrate.head(), folder)
