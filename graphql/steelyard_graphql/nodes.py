"""The Node interface, and `node(id:)`, which finds any object again by its global id."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

import strawberry

from steelyard.errors import InvalidInput, NotFound, Place, Problem
from steelyard_graphql.context import RequestContext
from steelyard_graphql.ids import SHOWN, NodeKey, read_id
from steelyard_graphql.problems import ID_INVALID


@strawberry.interface(description="An object that has a global id and can be found again by it.")
class Node:
    """What every object with an id has."""

    id: strawberry.ID = strawberry.field(description="Opaque, and unique among all objects of the service.")


Finder = Callable[..., Awaitable[Node]]
"""Finds a node by a request's context and the codes in its id; raises NotFound."""


async def find_node(context: RequestContext, text: str, finders: Mapping[str, Finder]) -> Node | None:
    """Return the object with an id, None where there is none any more (or none that may be seen).

    finders: by the names of the types. Raises InvalidInput (ID_INVALID).
    """
    key = read_id(text)
    finder = finders.get(key.type)
    if finder is None or not _fits(finder, key):
        raise InvalidInput(Problem(ID_INVALID, Place(field="id"), {"id": text[:SHOWN]}))
    try:
        return await finder(context, *key.codes)
    except NotFound:
        return None


def _fits(finder: Finder, key: NodeKey) -> bool:
    """Whether the id has as many codes as the type takes: the finder's parameters after the context.

    Those with a default may be left out.
    """
    most = finder.__code__.co_argcount - 1
    return most - len(finder.__defaults__ or ()) <= len(key.codes) <= most
