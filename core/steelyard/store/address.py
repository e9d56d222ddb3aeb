"""Database addresses as users write them, and how they are named in messages: never with a password."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from steelyard.errors import ConfigError, Problem
from steelyard.store.problems import DATABASE_URL

Dialect = Literal["sqlite", "postgresql"]

_DRIVERS: dict[str, Dialect] = {
    "sqlite": "sqlite",
    "sqlite+aiosqlite": "sqlite",
    "postgresql": "postgresql",
    "postgres": "postgresql",
    "postgresql+asyncpg": "postgresql",
}
_POSTGRESQL_OPTIONS = frozenset({"host", "port", "user", "password", "ssl", "sslmode"})


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is: `name` is safe to show, `url` may hold a password."""

    dialect: Dialect
    name: str
    url: URL

    @property
    def path(self) -> Path | None:
        """The file of a SQLite database."""
        return Path(str(self.url.database)) if self.dialect == "sqlite" else None


def parse_address(url: str) -> Address:
    """Read a database URL; ConfigError (DATABASE_URL) where it is not one of ours."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # The parser's own message repeats the URL and with it the password.
        raise _refused("…") from None
    dialect = _DRIVERS.get(parsed.drivername)
    if dialect is None:
        raise _refused(f"{parsed.drivername}://")
    return _sqlite(parsed) if dialect == "sqlite" else _postgresql(parsed)


def _sqlite(url: URL) -> Address:
    # In memory every connection would have a database of its own.
    if url.database in (None, "", ":memory:") or url.host or url.query:
        raise _refused("sqlite://…")
    return Address("sqlite", str(url.database), url)


def _postgresql(url: URL) -> Address:
    if unknown := sorted(url.query.keys() - _POSTGRESQL_OPTIONS):
        raise _refused(f"?{'&'.join(unknown)}")
    if "@" in (url.host or ""):
        # A password with a bare @ in it ends at the first one, and its rest would be shown as the host.
        raise _refused("…@…@…")
    if not url.database:
        raise _refused("postgresql://…/?")
    query = dict(url.query)
    if "sslmode" in query:
        # asyncpg calls it `ssl`; hosted databases hand out URLs in libpq's words.
        query["ssl"] = query.pop("sslmode")
    shown = URL.create(
        "postgresql", username=url.username, host=url.host, port=url.port, database=url.database
    )
    name = shown.render_as_string(hide_password=True)
    return Address("postgresql", name, url.set(drivername="postgresql+asyncpg", query=query))


def _refused(found: str) -> ConfigError:
    return ConfigError(Problem(DATABASE_URL, values={"found": found}))
