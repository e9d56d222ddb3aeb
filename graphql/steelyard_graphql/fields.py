"""Fields that are worked out: methods of a type that become fields of the schema."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import strawberry

Resolver = TypeVar("Resolver", bound=Callable[..., object])


def computed(description: str) -> Callable[[Resolver], Resolver]:
    """Make a method a field; type checkers go on to see the method, which strawberry's decorator hides."""

    def decorate(resolver: Resolver) -> Resolver:
        field: Resolver = strawberry.field(description=description)(resolver)
        return field

    return decorate
