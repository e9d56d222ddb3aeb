"""Mutations: what they need, and how they say that they were refused.

A refusal is an answer of its own, the `Problem` of the mutation's union. Faults and a database that is gone
are errors, as everywhere.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, TypeVar, cast

import strawberry

from steelyard.access.permissions import Permission
from steelyard.errors import Conflict, Forbidden, InvalidInput, NotFound
from steelyard_graphql.faults import Problem
from steelyard_graphql.fields import needing

Resolver = TypeVar("Resolver", bound=Callable[..., Awaitable[object]])


def mutation(description: str, *, needs: Permission | None = None) -> Callable[[Resolver], Resolver]:
    """Make a method that takes `info` a mutation; what it raises about its input becomes a Problem.

    needs: the permission without which it is refused; None where only the service can tell.
    """

    def decorate(resolver: Resolver) -> Resolver:
        @wraps(resolver)
        async def answering(*args: Any, info: Any, **given: Any) -> object:
            try:
                if needs is not None:
                    info.context.actor.require_somewhere(needs)
                return await resolver(*args, info=info, **given)
            except (InvalidInput, NotFound, Conflict, Forbidden) as error:
                return Problem.of_all(error.problems)

        field: Resolver = strawberry.field(
            description=description if needs is None else needing(description, needs)
        )(cast("Resolver", answering))
        return field

    return decorate
