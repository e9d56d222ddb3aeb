"""Places for campaigns: databases of both kinds with their folders, made, copied and taken away."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from postgres_server import SERVICE, PostgresServer, running_postgres
from services.desk_pack import Place, write_pack
from steelyard.store import migrate, service_role

DIALECTS = ("sqlite", "postgresql")
_FILE = "steelyard.db"


@dataclass(frozen=True)
class Places:
    """Where places are made; on PostgreSQL the service works in them as its role."""

    root: Path
    server: PostgresServer
    _numbers: Iterator[int] = field(default_factory=count)

    def new(self, dialect: str) -> Place:
        """A place with tables and the pack, but nothing else."""
        folder = self._folder()
        folder.mkdir()
        if dialect == "sqlite":
            made = Place(f"sqlite:///{folder / _FILE}", folder)
            asyncio.run(migrate.upgrade(made.url))
        else:
            self.server.run(f"CREATE DATABASE {folder.name}")
            made = Place(self.server.url(folder.name, SERVICE), folder)
            asyncio.run(self._tables(self.server.url(folder.name)))
        write_pack(made)
        return made

    def copy(self, place: Place) -> Place:
        """A place with all that another has, on which nobody works."""
        folder = self._folder()
        shutil.copytree(place.folder, folder)
        if place.url.startswith("sqlite"):
            return Place(f"sqlite:///{folder / _FILE}", folder)
        self.server.run(f"CREATE DATABASE {folder.name} TEMPLATE {place.folder.name} STRATEGY FILE_COPY")
        return Place(self.server.url(folder.name, SERVICE), folder)

    def remove(self, place: Place) -> None:
        """Take a place away."""
        shutil.rmtree(place.folder)
        if not place.url.startswith("sqlite"):
            self.server.run(f"DROP DATABASE {place.folder.name} WITH (FORCE)")

    def _folder(self) -> Path:
        return self.root / f"place_{next(self._numbers)}"

    async def _tables(self, url: str) -> None:
        await migrate.upgrade(url)
        await service_role.grant(url, SERVICE)


@contextmanager
def places() -> Iterator[Places]:
    """Places in a temporary folder and on a server of their own; all of it is gone at the end."""
    with running_postgres() as server, tempfile.TemporaryDirectory(prefix="soak-") as folder:
        server.run(f"CREATE ROLE {SERVICE} LOGIN")
        yield Places(Path(folder), server)
