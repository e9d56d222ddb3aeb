"""The PostgreSQL server that the tests bring with them, on a socket in a temporary directory."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from outside.places import ROOT
from steelyard.store import migrate, service_role

OWNER, SERVICE = "steelyard", "steelyard_service"
"""The roles, as that server calls them."""


@contextmanager
def database() -> Iterator[tuple[str, str]]:
    """Yield the addresses of an empty, migrated database: the owner's, and the one for the service."""
    tests = str(ROOT / "tests")
    if tests not in sys.path:
        sys.path.insert(0, tests)
    module = import_module("postgres_server")
    with module.running_postgres() as server:
        server.run(f"CREATE ROLE {SERVICE} LOGIN")
        name = server.create()
        owner = server.url(name, OWNER)
        asyncio.run(_prepare(owner, SERVICE))
        yield owner, server.url(name, SERVICE)


async def _prepare(owner: str, role: str) -> None:
    await migrate.upgrade(owner)
    await service_role.grant(owner, role)
