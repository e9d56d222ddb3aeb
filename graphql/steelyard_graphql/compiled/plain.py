"""What is plain: reading it has no effect, waits for nothing, and needs nothing but the object."""

from __future__ import annotations

from typing import TypeVar

from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField

T = TypeVar("T")
METADATA = "plain"
_MARK = "__is_plain__"


def plain(kind: type[T]) -> type[T]:
    """Let selections on a strawberry type be compiled; to be written above `@strawberry.type`.

    Its attributes are plain then. Methods that are fields say so themselves, by `computed(…, plain=True)`.
    """
    setattr(kind, _MARK, True)
    return kind


def is_plain(definition: StrawberryObjectDefinition) -> bool:
    """Whether a type has opted in itself: what inherits from it has not."""
    return any(_MARK in vars(kind) for kind in classes(definition))


def classes(definition: StrawberryObjectDefinition) -> frozenset[type]:
    """The classes of a type's objects: of a generic type's specialisation also the generic one."""
    generic = definition.concrete_of
    return frozenset([definition.origin] if generic is None else [definition.origin, generic.origin])


def reads_attribute(field: StrawberryField) -> bool:
    """Whether a field is an attribute of its object and nothing else."""
    return field.is_basic_field and field.default_resolver is getattr


def reads_method(field: StrawberryField) -> bool:
    """Whether a field is a method that is marked as plain, and takes nothing but its object and arguments."""
    resolver = field.base_resolver
    return (
        resolver is not None
        and field.metadata.get(METADATA) is True
        and resolver.self_parameter is not None
        and resolver.info_parameter is None
        and not (field.extensions or field.permission_classes or resolver.is_async)
    )
