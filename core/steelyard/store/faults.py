"""The one place where a database's own errors become Steelyard's.

Only faults of the database are translated (locked, gone, not a database), and texts that it cannot take.
Anything else (a broken constraint, wrong SQL) is a fault of Steelyard and passes as it is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from asyncpg.exceptions import CharacterNotInRepertoireError, ClientConfigurationError, PostgresError
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from steelyard.errors import ConfigError, InvalidInput, Kind, Problem, SteelyardError, TransientError
from steelyard.store.problems import (
    DATABASE_LOCKED,
    DATABASE_MISSING,
    DATABASE_UNREACHABLE,
    DATABASE_UNUSABLE,
    DATABASE_URL,
    TEXT_UNSTORABLE,
)

_SQLITE: dict[int, Kind] = {
    sqlite3.SQLITE_BUSY: DATABASE_LOCKED,
    sqlite3.SQLITE_LOCKED: DATABASE_LOCKED,
    sqlite3.SQLITE_CANTOPEN: DATABASE_UNREACHABLE,
    sqlite3.SQLITE_FULL: DATABASE_UNREACHABLE,
    sqlite3.SQLITE_IOERR: DATABASE_UNREACHABLE,
    sqlite3.SQLITE_PERM: DATABASE_UNREACHABLE,
    sqlite3.SQLITE_READONLY: DATABASE_UNREACHABLE,
    sqlite3.SQLITE_CORRUPT: DATABASE_UNUSABLE,
    sqlite3.SQLITE_NOTADB: DATABASE_UNUSABLE,
}
_POSTGRESQL: dict[str, Kind] = {
    "08": DATABASE_UNREACHABLE,  # connection exceptions
    "28": DATABASE_UNREACHABLE,  # the server does not let us in
    "3D": DATABASE_MISSING,  # no database of that name
    "40": DATABASE_LOCKED,  # deadlock, serialization failure
    "53": DATABASE_UNREACHABLE,  # too many connections, disk full
    "55": DATABASE_LOCKED,  # lock not available
    "57": DATABASE_UNREACHABLE,  # shutting down, starting up
    "58": DATABASE_UNREACHABLE,  # input or output error
}


@contextmanager
def translated(database: str) -> Iterator[None]:
    """Raise TransientError or ConfigError for what goes wrong with the database named `database`.

    InvalidInput (TEXT_UNSTORABLE) for texts that no statement can carry.
    """
    try:
        yield
    except UnicodeEncodeError as error:
        raise InvalidInput(Problem(TEXT_UNSTORABLE)) from error
    except (DBAPIError, PoolTimeoutError, PostgresError, OSError) as error:
        if _is_unstorable(error):
            raise InvalidInput(Problem(TEXT_UNSTORABLE)) from error
        kind = _kind(error)
        if kind is None:
            raise
        raise problem(kind, database, error) from error


@contextmanager
def address_checked() -> Iterator[None]:
    """Raise ConfigError (DATABASE_URL) for parts of the address that only connecting finds wrong.

    Around connecting alone: a number too big for a statement is an OverflowError too.
    """
    try:
        yield
    except (ArgumentError, OverflowError, UnicodeError) as error:
        raise _misspelt(error) from error
    except DBAPIError as error:
        cause = getattr(error.orig, "__cause__", None)
        if not isinstance(cause, ClientConfigurationError):
            raise
        raise _misspelt(cause) from error


def _misspelt(error: Exception) -> ConfigError:
    # The first line says what is wrong; a hint of the driver's may follow.
    reason = str(error).partition("\n")[0].rstrip(".")
    return ConfigError(Problem(DATABASE_URL, values={"found": reason}))


def problem(kind: Kind, database: str, error: BaseException | None = None) -> SteelyardError:
    """Make the exception for `kind`, with the driver's own words as the reason."""
    root = getattr(error, "orig", None) or error
    reason = str(root).strip().rstrip(".") or type(root).__name__
    of = TransientError if kind in (DATABASE_LOCKED, DATABASE_UNREACHABLE) else ConfigError
    return of(Problem(kind, values={"database": database, "reason": reason}))


def _is_unstorable(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, CharacterNotInRepertoireError | UnicodeEncodeError):
            return True
        error = error.__cause__
    return False


def _kind(error: BaseException) -> Kind | None:
    if isinstance(error, PoolTimeoutError):
        return DATABASE_LOCKED
    if isinstance(error, OSError):
        return DATABASE_UNREACHABLE
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, sqlite3.Error):
            # The low byte is the primary code, the rest refines it.
            return _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
        if isinstance(cause, PostgresError):
            return _POSTGRESQL.get((cause.sqlstate or "")[:2])
        cause = cause.__cause__
    return DATABASE_UNREACHABLE if getattr(error, "connection_invalidated", False) else None
