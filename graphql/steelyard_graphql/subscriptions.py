"""Subscriptions: fields that go on answering, and what they need."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from functools import wraps
from typing import Any, TypeVar, cast

import strawberry

from steelyard.access.permissions import Permission
from steelyard_graphql.fields import needing

Resolver = TypeVar("Resolver", bound=Callable[..., AsyncGenerator[object, None]])


def subscription(description: str, *, needs: Permission) -> Callable[[Resolver], Resolver]:
    """Make a generator method that takes `info` a subscription, which is Forbidden without `needs`."""

    def decorate(resolver: Resolver) -> Resolver:
        @wraps(resolver)
        async def following(*args: Any, info: Any, **given: Any) -> AsyncGenerator[object, None]:
            info.context.actor.require_somewhere(needs)
            async with aclosing(resolver(*args, info=info, **given)) as events:
                async for event in events:
                    yield event

        make = cast("Any", strawberry.subscription(description=needing(description, needs)))
        field: Resolver = make(following)
        return field

    return decorate
