"""Content: files that the database names by what is in them: parts with records, rejects, evidence.

Each tenant has a folder of its own under the root; a file in it is called by its sha256 in hex and is never
changed. A file comes in as a temporary one, is synced, renamed, and only then named by a row of the database:
a crash leaves a file that no row names, never a row that names no file. Such files, and temporary ones, are
collected when they are older than a grace period.

A folder and the database know each other by a random identity: a database is not served with the files of
another, and several hosts on one database need one folder that all of them see.
"""

from __future__ import annotations

import asyncio
import errno
import fcntl
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from steelyard.access.scope import Scope
from steelyard.errors import ConfigError, Problem, system_reason
from steelyard.store import content_names
from steelyard.store.content_problems import CONTENT_FOREIGN, CONTENT_LOST, CONTENT_UNPLACED, CONTENT_UNUSABLE
from steelyard.store.engine import Database

GRACE = 24 * 3600.0
"""Seconds for which nothing is collected: far longer than any import takes from its file to its row."""
_IDENTITY = "identity"
_TEMPORARY = "temporary"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Collected:
    """What a collection removed: files, and their bytes."""

    files: int
    size: int


class TenantContent:
    """The files of one tenant."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def temporary(self) -> Iterator[Path]:
        """A folder for files on their way in, on the same file system; it is gone afterwards."""
        beside = self.folder / _TEMPORARY
        beside.mkdir(exist_ok=True)
        with TemporaryDirectory(dir=beside) as path:
            yield Path(path)

    def seal(self, file: Path) -> str:
        """Bring a file's bytes to the disk; return their sha256 in hex."""
        with file.open("rb") as opened:
            os.fsync(opened.fileno())
            return _digest(opened)

    def keep(self, file: Path, content: str) -> None:
        """Take a sealed file in under its content, for good."""
        with self._marker(fcntl.LOCK_SH):
            # From now on it is young, also where the same content lay here and nobody named it.
            os.utime(file)
            file.replace(self.folder / content)
            _sync_folder(self.folder)

    def put(self, file: Path) -> str:
        """Take a file in; return its sha256 in hex. A row of the database is to name it within the grace."""
        content = self.seal(file)
        self.keep(file, content)
        return content

    def path(self, content: str) -> Path:
        """Where a file is; ConfigError (CONTENT_LOST) where it is not."""
        path = self.folder / content
        if not path.is_file():
            raise ConfigError(Problem(CONTENT_LOST, values={"content": content, "folder": self.folder}))
        return path

    def orphans(self, named: Collection[str], *, grace: float = GRACE) -> list[Path]:
        """Files that nobody names and temporary ones, all of them older than `grace` seconds."""
        before = time.time() - grace
        kept = frozenset(named) | {_IDENTITY, _TEMPORARY}
        inside = [each for each in self.folder.iterdir() if each.name not in kept]
        beside = self.folder / _TEMPORARY
        inside += beside.iterdir() if beside.is_dir() else ()
        return sorted(each for each in inside if _age_mark(each) < before)

    def collect(self, named: Collection[str], *, grace: float = GRACE) -> Collected:
        """Remove the orphans. `named` is to be read from the database before."""
        files = size = 0
        with self._marker(fcntl.LOCK_EX):
            # Looked for under the lock: what was put meanwhile is young.
            for each in self.orphans(named, grace=grace):
                files += 1
                size += _remove(each)
        return Collected(files, size)

    def delete(self) -> None:
        """Remove the whole folder."""
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def _marker(self, kind: int) -> Iterator[None]:
        # Who takes a file in shares the lock; who collects has it alone.
        with (self.folder / _IDENTITY).open("rb") as marker:
            fcntl.flock(marker, kind)
            yield


class ContentStore:
    """The files of all tenants of a database; `root` is None where nobody said where they are."""

    def __init__(self, database: Database, root: Path | None) -> None:
        self.root = root
        self._database = database
        self._known: dict[int, TenantContent] = {}

    async def of(self, scope: Scope) -> TenantContent:
        """The files of the scope's tenant; its folder is made when it is first needed.

        Raises ConfigError (CONTENT_UNPLACED, CONTENT_UNUSABLE, CONTENT_FOREIGN).
        """
        if scope.tenant_id not in self._known:
            self._known[scope.tenant_id] = await self._open(Scope(scope.tenant_id))
        return self._known[scope.tenant_id]

    def restored(self, tenant_id: int, identity: str) -> TenantContent:
        """The files of a tenant whose rows, which come after them, know the folder by this identity.

        Raises ConfigError (CONTENT_UNPLACED, CONTENT_UNUSABLE, CONTENT_FOREIGN).
        """
        folder = self.folder(tenant_id)
        if _read_identity(folder) is None and folder.is_dir() and any(folder.iterdir()):
            raise ConfigError(Problem(CONTENT_FOREIGN, values={"folder": folder}))
        mark(folder, identity)
        if _read_identity(folder) != identity:
            raise ConfigError(Problem(CONTENT_FOREIGN, values={"folder": folder}))
        return TenantContent(folder)

    def check(self) -> Path:
        """The root of all files, if they can be written there now; nothing is made.

        Raises ConfigError (CONTENT_UNPLACED, CONTENT_UNUSABLE).
        """
        if self.root is None:
            raise ConfigError(Problem(CONTENT_UNPLACED, values={"database": self._database.name}))
        # It is made with the first file; until then what it will lie in decides.
        nearest = next(each for each in (self.root, *self.root.absolute().parents) if each.exists())
        if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
            raise _unusable(nearest, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))
        return self.root

    async def has(self, scope: Scope) -> bool:
        """Tell whether the tenant ever had a file."""
        async with self._database.read(Scope(scope.tenant_id)) as reader:
            return await content_names.identity(reader, scope) is not None

    def folder(self, tenant_id: int) -> Path:
        """Where the files of a tenant are; ConfigError (CONTENT_UNPLACED) where nobody said so."""
        if self.root is None:
            raise ConfigError(Problem(CONTENT_UNPLACED, values={"database": self._database.name}))
        return self.root / str(tenant_id)

    async def collect(self, scope: Scope, *, grace: float = GRACE) -> Collected:
        """Remove what no row of the tenant names."""
        if not await self.has(scope):
            return Collected(0, 0)
        content = await self.of(scope)
        async with self._database.read(Scope(scope.tenant_id)) as reader:
            named = await content_names.load(reader, scope)
        return await asyncio.to_thread(content.collect, named, grace=grace)

    async def delete(self, tenant_id: int) -> None:
        """Remove the files of a tenant whose rows are gone."""
        self._known.pop(tenant_id, None)
        if self.root is not None:
            await asyncio.to_thread(TenantContent(self.folder(tenant_id)).delete)

    async def _open(self, scope: Scope) -> TenantContent:
        folder = self.folder(scope.tenant_id)
        async with self._database.read(scope) as reader:
            known = await content_names.identity(reader, scope)
        if known is None:
            offered, is_used = await asyncio.to_thread(_prepared, folder)
            async with self._database.write(scope) as writer:
                # Files that lay there before this is read are of whoever introduced the folder by then.
                if is_used and await content_names.identity(writer, scope) is None:
                    raise ConfigError(Problem(CONTENT_FOREIGN, values={"folder": folder}))
                known = await content_names.introduce(writer, scope, offered)
        found = await asyncio.to_thread(_read_identity, folder)
        if found != known:
            raise ConfigError(Problem(CONTENT_FOREIGN, values={"folder": folder}))
        return TenantContent(folder)


def mark(folder: Path, identity: str) -> None:
    """Make a folder that the database knows by this identity."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f"{_IDENTITY}.{secrets.token_hex(8)}"
        with fresh.open("wb") as file:
            file.write(identity.encode())
            file.flush()
            os.fsync(file.fileno())
        try:
            # Unlike a rename it leaves the marker of whoever was first.
            os.link(fresh, folder / _IDENTITY)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        _sync_folder(folder)
        _sync_folder(folder.parent)
    except OSError as error:
        raise _unusable(folder, error) from error


def _prepared(folder: Path) -> tuple[str, bool]:
    """Make the folder of a tenant that never had one; what it is known by, and whether it has files."""
    mark(folder, secrets.token_hex(16))
    used = {each.name for each in folder.iterdir()} - {_IDENTITY, _TEMPORARY}
    return _read_identity(folder) or "", any(not name.startswith(_IDENTITY) for name in used)


def _read_identity(folder: Path) -> str | None:
    try:
        return (folder / _IDENTITY).read_text("utf-8")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unusable(folder, error) from error


def _unusable(folder: Path, error: OSError) -> ConfigError:
    values = {"folder": folder, "reason": system_reason(error)}
    return ConfigError(Problem(CONTENT_UNUSABLE, values=values))


def _digest(opened: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := opened.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _age_mark(path: Path) -> float:
    """When something was last changed; what is gone meanwhile is young."""
    try:
        return max(each.stat().st_mtime for each in (path, *_inside(path)))
    except FileNotFoundError:
        return time.time()


def _inside(path: Path) -> Iterator[Path]:
    return path.rglob("*") if path.is_dir() else iter(())


def _remove(path: Path) -> int:
    if path.is_dir():
        size = sum(each.stat().st_size for each in path.rglob("*") if each.is_file())
        shutil.rmtree(path, ignore_errors=True)
        return size
    size = path.stat().st_size
    path.unlink(missing_ok=True)
    return size
