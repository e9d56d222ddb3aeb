"""Databases with something in them: the packs' samples, or a wide table of made-up units."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from outside.service import NO_SETTINGS, Service, running
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.packs import Packs, load_packs
from steelyard.services import sampling
from steelyard.services.context import open_context
from steelyard.store.migrate import upgrade


@contextmanager
def sample_service(settings: Mapping[str, str] = NO_SETTINGS) -> Iterator[Service]:
    """Serve the samples of all packs from a SQLite file of its own."""
    with tempfile.TemporaryDirectory(prefix="steelyard-outside-") as folder:
        url = f"sqlite:///{Path(folder) / 'samples.db'}"
        fill(url, load_packs(strict=True), Path(folder) / "parts")
        with running(url, settings=settings) as service:
            yield service


def fill(url: str, packs: Packs, parts: Path) -> None:
    """Create the tables of a database and load the samples of packs into it, but for files of records."""
    asyncio.run(_fill(url, packs, parts))


def packs_of(folders: Sequence[Path]) -> Packs:
    """Return the packs of folders alone."""
    return load_packs([], folders=folders, strict=True)


async def _fill(url: str, packs: Packs, parts: Path) -> None:
    await upgrade(url)
    async with open_context(url, packs, parts=parts) as context:
        await sampling.load_samples(context.view(), LOCAL_ADMINISTRATOR, context.scope, records=False)
