"""The messages of graphql-transport-ws, and how a connection is closed that does not keep to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

PROTOCOL = "graphql-transport-ws"


class Closing(Exception):
    """The connection is to be closed with a code and a reason of the protocol."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def unreadable(what: str) -> Closing:
    """What is no message of the protocol."""
    return Closing(4400, what)


def unauthorized() -> Closing:
    """An operation before the connection was acknowledged."""
    return Closing(4401, "Unauthorized")


def forbidden() -> Closing:
    """Without a valid token, or no longer with one."""
    return Closing(4403, "Forbidden")


def other_protocol() -> Closing:
    """A connection that is not about this protocol."""
    return Closing(4406, "Subprotocol not acceptable")


def slow_init() -> Closing:
    """No connection_init in time."""
    return Closing(4408, "Connection initialisation timeout")


def id_taken(id: str) -> Closing:
    """A second operation with the id of one that runs."""
    return Closing(4409, f"Subscriber for {id[:40]} already exists")


def second_init() -> Closing:
    """A second connection_init."""
    return Closing(4429, "Too many initialisation requests")


def unavailable() -> Closing:
    """The database cannot be asked."""
    return Closing(1013, "Try again later")


def crowded() -> Closing:
    """The account has as many connections open as it may."""
    return Closing(1013, "Too many connections")


def broken() -> Closing:
    """A fault of the service itself; the log tells of it."""
    return Closing(4500, "Internal server error")


def read(text: str | None) -> Mapping[str, Any]:
    """Read a message: an object with a `type`. Raises Closing for anything else; None is a binary frame."""
    try:
        found = orjson.loads(text or "")
    except orjson.JSONDecodeError:
        raise unreadable("Invalid message received") from None
    if not isinstance(found, dict) or not isinstance(found.get("type"), str):
        raise unreadable("Invalid message received")
    if not isinstance(found.get("payload"), (dict, type(None))):
        raise unreadable("The payload is not an object")
    return found


def write(kind: str, id: str | None = None, payload: object = None) -> str:
    """Write a message; what is None is left out."""
    given = {"id": id, "type": kind, "payload": payload}
    return orjson.dumps({name: value for name, value in given.items() if value is not None}).decode()
