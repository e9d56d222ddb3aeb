"""The packs' samples, loaded once, and servers that answer about them."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from conftest import copy_database
from graphql_api.http_server import Api, running
from graphql_api.sample_data import load_samples
from steelyard.packs import Packs, load_packs
from steelyard.store.engine import Database, open_database


@pytest.fixture(scope="session")
def packs() -> Packs:
    """The first-party packs."""
    return load_packs()


@pytest.fixture(scope="session")
def samples(sqlite_template: Path, packs: Packs, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all samples, evaluated; to be read or copied."""
    path = tmp_path_factory.mktemp("samples") / "samples.db"
    shutil.copy(sqlite_template, path)
    asyncio.run(_load(f"sqlite:///{path}", packs))
    return path


@pytest.fixture(scope="session")
def api(samples: Path, packs: Packs) -> Iterator[Api]:
    """A server in demo mode with the samples, for tests that change nothing."""
    with running(f"sqlite:///{samples}", packs, demo=True) as client:
        yield client


@pytest.fixture(scope="session")
def plain_api(samples: Path, packs: Packs) -> Iterator[Api]:
    """The same as `steelyard serve` runs it: no explorer, no GET."""
    with running(f"sqlite:///{samples}", packs) as client:
        yield client


@pytest.fixture
def own_api(samples: Path, packs: Packs, tmp_path: Path) -> Iterator[Api]:
    """A server with samples of its own, for tests that change something."""
    path = tmp_path / "own.db"
    copy_database(samples, path)
    # A database knows the folder of its files again.
    if (files := Path(f"{samples}.parts")).exists():
        shutil.copytree(files, f"{path}.parts")
    with running(f"sqlite:///{path}", packs) as client:
        yield client


@pytest.fixture
async def sqlite_samples(samples: Path) -> AsyncIterator[Database]:
    """The samples, open in this process; for tests that change nothing."""
    async with open_database(f"sqlite:///{samples}") as opened:
        yield opened


async def _load(url: str, packs: Packs) -> None:
    async with open_database(url) as database:
        await load_samples(database, packs)
