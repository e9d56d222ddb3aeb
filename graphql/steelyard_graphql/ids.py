"""Opaque global ids: the type of a node and the codes that name it, as one URL-safe text.

Ids are built from codes, so they outlive a database; clients must not take them apart, and only a text
that `global_id` made is read back.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from steelyard.errors import InvalidInput, Place, Problem
from steelyard.services.scheme_entry import SchemeEntry
from steelyard_graphql.problems import ID_INVALID

SHOWN = 80
"""How much of a wrong id or cursor a message repeats."""


@dataclass(frozen=True, slots=True)
class NodeKey:
    """What an id stands for: the name of a GraphQL type, and the codes of one object of it."""

    type: str
    codes: tuple[str, ...]


def global_id(type_name: str, *codes: str) -> str:
    """Return the id of an object."""
    return packed((type_name, *codes))


def version_id(type_name: str, *codes: str, entry: SchemeEntry) -> str:
    """Return the id of a scheme, or of a part of one: of a version that is not installed, with its hash."""
    return global_id(type_name, *codes, *([] if entry.is_installed else [entry.hash]))


def read_id(text: str, argument: str = "id") -> NodeKey:
    """Read an id; InvalidInput (ID_INVALID) for a text that `global_id` did not make."""
    names = [part for part in unpacked(text) or () if isinstance(part, str)]
    if len(names) < 2 or global_id(*names) != text:
        raise InvalidInput(Problem(ID_INVALID, Place(field=argument), {"id": text[:SHOWN]}))
    return NodeKey(names[0], tuple(names[1:]))


def packed(parts: Sequence[str | float]) -> str:
    """Write strings and numbers as one URL-safe text."""
    return urlsafe_b64encode(orjson.dumps(parts)).rstrip(b"=").decode()


def unpacked(text: str) -> list[str | float] | None:
    """Read what `packed` wrote; None for any other text."""
    try:
        raw = text.encode("ascii")
        parts = orjson.loads(urlsafe_b64decode(raw + b"=" * (-len(raw) % 4)))
    except ValueError:
        return None
    if not isinstance(parts, list) or not all(isinstance(part, (str, int, float)) for part in parts):
        return None
    # The same object has one id only: what does not come out as it went in was not made here.
    return parts if packed(parts) == text else None
