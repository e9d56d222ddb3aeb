"""Twins, each built once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from noninterference.campaign import build_twin
from noninterference.worlds import Level, Twin
from postgres_server import PostgresServer

Urls = list[str]
Twins = Callable[[str, Level, Twin], Awaitable[Urls]]


@pytest.fixture(scope="session")
def twins(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Twins:
    """Gives the addresses of both sides of a twin; what asks may write to them."""
    built: dict[tuple[str, Level, Twin], Urls] = {}

    async def find(dialect: str, level: Level, kind: Twin) -> Urls:
        key = dialect, level, kind
        if key not in built:
            built[key] = await asyncio.to_thread(_addresses, dialect, request, tmp_path_factory)
            await build_twin(built[key], level, kind)
        return built[key]

    return find


def _addresses(dialect: str, request: pytest.FixtureRequest, folders: pytest.TempPathFactory) -> Urls:
    if dialect == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        return [server.url(server.create()) for _ in range(2)]
    folder = folders.mktemp("twin")
    return [f"sqlite:///{folder / f'{side}.db'}" for side in range(2)]
