"""Context: what services work with in a process, and views, one for each request."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Sequence
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import TypeVar

from steelyard.access.problems import TENANT_NOT_FOUND
from steelyard.access.scope import Scope
from steelyard.errors import NotFound, Problem, Text
from steelyard.packs import InstalledScheme, Packs
from steelyard.scheme import read_scheme_text
from steelyard.services.cache import Cache, Kept, Stamps
from steelyard.services.problems import (
    EVALUATIONS_TOO_MANY,
    EXPORTS_TOO_MANY,
    RECOUNTS_TOO_MANY,
    SEARCHES_TOO_MANY,
    not_found,
)
from steelyard.services.queue import Queue
from steelyard.services.scheme_entry import SchemeEntry, scheme_entry
from steelyard.store import migrate, stamps, tenants
from steelyard.store.content import ContentStore
from steelyard.store.engine import LOCK_TIMEOUT, Database, open_database
from steelyard.store.problems import SCHEME_NOT_FOUND
from steelyard.store.transaction import Reader

T = TypeVar("T")
DEFAULT_TENANT = "default"
RECOUNTED = 32
"""Recounts that are kept."""
_TITLE = Text("默认租户", "Default tenant")


class Context:
    """A process's database, files, packs and caches; `scope` is all of the tenant for which it was opened."""

    def __init__(
        self, database: Database, packs: Packs, scope: Scope, content: ContentStore | None = None
    ) -> None:
        self.database = database
        self.content = content or ContentStore(database, default_parts(database))
        self.packs = packs
        self.scope = scope
        self.cache = Cache()
        self.searches = Queue(SEARCHES_TOO_MANY, at_once=2)
        self.evaluations = Queue(EVALUATIONS_TOO_MANY, at_once=2, per_account=4)
        self.exports = Queue(EXPORTS_TOO_MANY, at_once=2, per_account=4)
        self.recounts = Queue(RECOUNTS_TOO_MANY, at_once=2, per_tenant=64, per_account=32)
        """Roll-ups that go through records again, each with an engine; one query asks for at most 30."""
        self.recounted = Cache(RECOUNTED)
        """What they came to; every question is another, and none is to push out what all ask for."""
        self._entries: dict[str, SchemeEntry] = {}
        self._versions: dict[str, SchemeEntry] = {}
        self._moments = count(1)
        self._tenants: int | None = None

    def view(self) -> View:
        """Begin a request."""
        return View(self)

    def entry(self, scheme: str) -> SchemeEntry:
        """An installed scheme with its nodes; NotFound (SCHEME_NOT_FOUND) where there is none."""
        if scheme not in self._entries:
            installed = self.packs.schemes.get(scheme)
            if installed is None:
                raise not_found(SCHEME_NOT_FOUND, "scheme", scheme, self.packs.schemes)
            self._entries[scheme] = scheme_entry(installed, self.packs, is_installed=True)
        return self._entries[scheme]

    def version(self, scheme: str, pack: str, hash: str, text: str) -> SchemeEntry:
        """A version of a scheme, installed or not, by the hash of its content; `text` is its file.

        Raises InvalidInput where it cannot be read any more, as without what a pack brought.
        """
        installed = self.packs.schemes.get(scheme)
        if installed is not None and installed.scheme.hash() == hash:
            return self.entry(scheme)
        if hash not in self._versions:
            found = read_scheme_text(text, scheme)
            given = InstalledScheme(found, pack, scheme, text)
            self._versions[hash] = scheme_entry(given, self.packs, is_installed=False)
        return self._versions[hash]

    async def forget_deleted(self, reader: Reader, seen: Stamps) -> None:
        """Keep nothing of tenants that are gone; `seen` tell of it to the tenant that operates all."""
        stamp = seen.get(stamps.TENANTS, 0)
        if stamp == 0 or stamp == self._tenants:
            return
        self._tenants = stamp
        here = {each.id for each in await tenants.load(reader)}
        for cache in (self.cache, self.recounted):
            cache.drop(lambda key: isinstance(key, tuple) and key[0] not in here)

    def moment(self) -> int:
        """A number that is larger each time: what happened after what."""
        return next(self._moments)


class View:
    """What one request sees: the version stamps are read once and shared by all that it asks for."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self._looked: dict[int, tuple[Stamps, int]] = {}
        self._turn = asyncio.Lock()

    async def stamps(self, scope: Scope) -> Stamps:
        """The version stamps of the tenant; one statement a request."""
        return (await self._look(scope))[0]

    def renew(self) -> None:
        """Look again: after a commit of its own a request must read what it wrote."""
        self._looked.clear()

    async def kept(
        self,
        scope: Scope,
        name: Hashable,
        topics: Sequence[str],
        load: Callable[[], Awaitable[T]],
        cache: Cache | None = None,
    ) -> T:
        """Return what the context keeps of the tenant under `name`, loaded anew if a topic has changed.

        It is kept under the stamps that were read before it, so it may be newer than they say, but never
        older. What was begun after this view looked is new enough, whatever its stamps. cache: another than
        the context's usual one.
        """
        seen, looked = await self._look(scope)

        async def begin() -> Kept[T]:
            began = self.context.moment()
            return Kept(await load(), seen, began)

        def is_fresh(kept: Kept[T]) -> bool:
            return kept.began > looked or all(
                kept.stamps.get(topic, 0) == seen.get(topic, 0) for topic in topics
            )

        chosen = self.context.cache if cache is None else cache
        return await chosen.get((scope.tenant_id, name), begin, is_fresh)

    async def look(self, reader: Reader, scope: Scope) -> None:
        """Read the stamps of the tenant over a reader that is open anyway."""
        found = await stamps.read(reader, scope)
        await self.context.forget_deleted(reader, found)
        self._looked[scope.tenant_id] = found, self.context.moment()

    async def _look(self, scope: Scope) -> tuple[Stamps, int]:
        async with self._turn:
            if scope.tenant_id not in self._looked:
                async with self.context.database.read(scope) as reader:
                    await self.look(reader, scope)
            return self._looked[scope.tenant_id]


def default_parts(database: Database) -> Path | None:
    """Where files are unless somebody says so: beside a SQLite database; of a server nobody can tell."""
    return None if database.path is None else Path(f"{database.path}.parts")


@asynccontextmanager
async def open_context(
    url: str,
    packs: Packs,
    *,
    tenant: str = DEFAULT_TENANT,
    lock_timeout: float = LOCK_TIMEOUT,
    parts: Path | None = None,
) -> AsyncIterator[Context]:
    """Open the database at `url` and work on it; ConfigError where it does not fit this version.

    tenant: whose data are meant where nobody says who they are. parts: the folder of files with records and
    evidence; beside a SQLite database if left out. Raises NotFound (TENANT_NOT_FOUND).
    """
    async with (
        open_database(url, lock_timeout=lock_timeout) as database,
        context_on(database, packs, tenant=tenant, parts=parts) as context,
    ):
        yield context


@asynccontextmanager
async def context_on(
    database: Database, packs: Packs, *, tenant: str = DEFAULT_TENANT, parts: Path | None = None
) -> AsyncIterator[Context]:
    """Work on an open database, which the code must be able to work with; the default tenant is made."""
    await migrate.require_workable(database)
    content = ContentStore(database, parts or default_parts(database))
    context = Context(database, packs, await _scope_of(database, tenant), content)
    try:
        yield context
    finally:
        await context.cache.close()
        await context.recounted.close()


async def _scope_of(database: Database, code: str) -> Scope:
    async with database.read_all() as reader:
        tenant = await tenants.find(reader, code)
    if tenant is None and code != DEFAULT_TENANT:
        raise NotFound(Problem(TENANT_NOT_FOUND, values={"tenant": code}))
    if tenant is None:
        async with database.write_all() as writer:
            tenant = await tenants.ensure(writer, DEFAULT_TENANT, _TITLE)
    return Scope(tenant.id)
