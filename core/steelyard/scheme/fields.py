"""Which fields a definition has at a place: what the models themselves say, for messages."""

from __future__ import annotations

from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from steelyard.scheme.document import Path


def known_fields(model: type[BaseModel], location: Path) -> list[str]:
    """Names, as files write them, of the fields of the definition at pydantic's `location` in `model`."""
    return [name for kind in _kinds_at(model, location) if _is_model(kind) for name in _fields(kind)]


def _kinds_at(model: type[BaseModel], location: Path) -> list[Any]:
    kinds: list[Any] = [model]
    for part in location:
        tagged = [kind for kind in kinds if part in _kind(kind)] if len(kinds) > 1 else []
        # A part that leads nowhere is the tag of a union without `kind`.
        kinds = tagged or [below for kind in kinds for below in _below(kind, part)] or kinds
    return kinds


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _kind(model: Any) -> tuple[Any, ...]:
    field = model.model_fields.get("kind") if _is_model(model) else None
    return get_args(field.annotation) if field is not None else ()


def _members(annotation: Any) -> list[Any]:
    """Take annotations and unions apart."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _members(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return [member for part in get_args(annotation) for member in _members(part)]
    return [annotation]


def _below(kind: Any, part: str | int) -> list[Any]:
    if _is_model(kind):
        annotation = _fields(kind).get(str(part))
        return [] if annotation is None else _members(annotation)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is dict:
        return _members(arguments[1])
    if origin is tuple and isinstance(part, int):
        return _members(arguments[0 if arguments[-1] is Ellipsis else min(part, len(arguments) - 1)])
    return []
