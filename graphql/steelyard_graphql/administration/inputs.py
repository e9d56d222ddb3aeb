"""Inputs of administrative mutations, made from the deeds themselves: they have the same fields."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any, TypeVar

import strawberry
from pydantic import TypeAdapter

from steelyard.access.permissions import Permission as Held
from steelyard.access.roles import Role as Granted
from steelyard.errors import Locale as Spoken
from steelyard.services.administration.deed import Deed
from steelyard.services.notices.want import NoticeKind as KnownKind
from steelyard.store.persons import PersonKind as Known
from steelyard.store.subscribers import Channel
from steelyard_graphql.administration.notice_kinds import NoticeKind, SubscriberChannel
from steelyard_graphql.administration.persons import PersonKind
from steelyard_graphql.administration.roles import Permission, Role
from steelyard_graphql.locale import Locale

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "account": "The code of the account.",
        "address": "The webhook's URL (https), or the mailbox.",
        "attribute": "The name of the attribute.",
        "audience": "What the issuer's tokens name as their audience.",
        "below": "The score, above 0 and up to 100, that a threshold's node is to be below.",
        "calendar": "The code of the calendar.",
        "channel": "How it is told.",
        "closed_on": "The first day on which it is no more.",
        "code": "The code of the part, e.g. `spring`.",
        "codes": "The codes of the periods, e.g. `2025-01`.",
        "confirm": "The code of the tenant again, to be sure.",
        "contact": "How to reach them.",
        "correct": "Whether one with final evaluations may be opened, to be corrected: they stay on record.",
        "days": "For how many days; as usual, or for good, if left out.",
        "end": "The first day after it in the year, as `MM-DD`.",
        "issuer": "The issuer's address, exactly as its tokens name it.",
        "kind": "Whom the pseudonym stands for.",
        "label": "What the token is for.",
        "locale": "The language that comes first in mails; Chinese if left out.",
        "node": "The code of a threshold's node.",
        "on": "The day: names that are to be kept until before it are erased.",
        "opened_on": "Its first day.",
        "parent": "The code of the unit above; the top of the tree if left out.",
        "parts": "Its parts in the order of the year.",
        "period": "The code of the period.",
        "permissions": "What the token leaves of the account's permissions; all of them if left out.",
        "person": "A person's pseudonym; nobody if left out.",
        "person_name": "The name.",
        "pseudonym": "The person's pseudonym.",
        "reason": "Why, in your own words: it stands in the act.",
        "reference": "How a source system knows them.",
        "retain_until": "The last day on which the name is kept; as the policy says if left out.",
        "role": "The role.",
        "scheme": "The code of the only scheme that is meant; all if left out.",
        "start": "Its first day in the year, as `MM-DD`.",
        "subject": "How the issuer calls the person or program.",
        "subscriber": "The number of the subscriber.",
        "tenant": "The code of the tenant.",
        "title_en": "The title in English.",
        "title_zh": "The title in Chinese.",
        "token": "The key of the token.",
        "unit": "The code of the unit.",
        "unit_type": "The type, e.g. `dealer`.",
        "valid_from": "The day from which it holds.",
        "value": "The value; none from that day on if left out.",
        "wants": "What it is told of.",
        "Want.kind": "The kind of notices.",
    }
)
"""What each field of an input is for, by its name in Python; before it the deed's part that has another."""

_ENUMS: Mapping[Any, type[Enum]] = MappingProxyType(
    {
        Granted: Role,
        Held: Permission,
        Known: PersonKind,
        KnownKind: NoticeKind,
        Channel: SubscriberChannel,
        Spoken: Locale,
    }
)
"""How the schema calls the enumerations of deeds."""

_MADE: dict[type, type] = {}
"""Inputs within inputs, each made once."""

D = TypeVar("D", bound=Deed[Any])


def input_type(kind: type[Deed[Any]]) -> type:
    """The input of the mutation that does deeds of a kind: the deed's fields, and the reason."""
    return _made(kind, f"{kind.__name__}Input", f"{kind.title.en}: what, and why.", {"reason": str})


def deed_of(kind: type[D], given: Any) -> D:
    """The deed that an input asks for; what it leaves out is as the deed has it."""
    return TypeAdapter(kind).validate_python(_plain(given, kind))


def _plain(given: Any, kind: Any) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        value = getattr(given, field.name)
        if value is not None or field.default is dataclasses.MISSING:
            values[field.name] = _value(value)
    return values


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_value(item) for item in value)
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value):
        return {field.name: _value(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return value


def _nested(kind: type) -> type:
    if kind not in _MADE:
        words = " ".join((kind.__doc__ or "").split())
        _MADE[kind] = _made(kind, f"{kind.__name__}Input", words, {})
    return _MADE[kind]


def _made(kind: Any, name: str, description: str, more: Mapping[str, type]) -> type:
    hints = typing.get_type_hints(kind)
    members: dict[str, Any] = {}
    annotations: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        shape = _shape(hints[field.name])
        optional = field.default is not dataclasses.MISSING or _is_optional(hints[field.name])
        annotations[field.name] = shape | None if optional else shape
        words = FIELDS.get(f"{kind.__name__}.{field.name}") or FIELDS[field.name]
        members[field.name] = (
            strawberry.field(description=words, default=None)
            if optional
            else strawberry.field(description=words)
        )
    for field_name, shape in more.items():
        annotations[field_name] = shape
        members[field_name] = strawberry.field(description=FIELDS[field_name])
    made = type(name, (), {**members, "__annotations__": annotations, "__module__": __name__})
    described: type = strawberry.input(made, name=name, description=description)
    return described


def _shape(hint: Any) -> Any:
    if _is_optional(hint):
        [hint] = [part for part in typing.get_args(hint) if part is not types.NoneType]
    if typing.get_origin(hint) is tuple:
        return types.GenericAlias(list, (_shape(typing.get_args(hint)[0]),))
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _nested(hint)
    return _ENUMS.get(hint, hint)


def _is_optional(hint: Any) -> bool:
    return isinstance(hint, types.UnionType) and types.NoneType in typing.get_args(hint)
