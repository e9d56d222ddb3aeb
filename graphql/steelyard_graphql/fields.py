"""Fields that are worked out: methods of a type that become fields of the schema, and what they need.

A permission that a field needs is named once: from there it gets into the description and into the check.
The check is whether it is held on anything at all; on what exactly it has to be held, services know.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any, TypeVar, cast

import strawberry

from steelyard.access.permissions import Permission
from steelyard_graphql.compiled.plain import METADATA

Resolver = TypeVar("Resolver", bound=Callable[..., object])


def computed(
    description: str, *, needs: Permission | None = None, plain: bool = False
) -> Callable[[Resolver], Resolver]:
    """Make a method a field; type checkers go on to see the method, which strawberry's decorator hides.

    needs: a permission without which the field is Forbidden; the method has to take `info`.
    plain: it only reads its object, waits for nothing and may be called twice, so it can be compiled.
    """

    def decorate(resolver: Resolver) -> Resolver:
        if needs is None:
            metadata = {METADATA: plain}
            free: Resolver = strawberry.field(description=description, metadata=metadata)(resolver)
            return free
        guarded: Resolver = strawberry.field(description=needing(description, needs))(
            cast("Resolver", _guarded(resolver, needs))
        )
        return guarded

    return decorate


def needing(description: str, needs: Permission) -> str:
    """A description that says what permission is needed."""
    return f"{description} Needs `{needs.value}`."


def _guarded(resolver: Callable[..., object], needs: Permission) -> Callable[..., object]:
    if iscoroutinefunction(resolver):

        @wraps(resolver)
        async def waiting(*args: Any, info: Any, **given: Any) -> object:
            info.context.actor.require_somewhere(needs)
            return await cast("Awaitable[object]", resolver(*args, info=info, **given))

        return waiting

    @wraps(resolver)
    def at_once(*args: Any, info: Any, **given: Any) -> object:
        info.context.actor.require_somewhere(needs)
        return resolver(*args, info=info, **given)

    return at_once
