"""Leaves: columns of scalars and enums, checked as a whole where that is quick, else one by one.

The type itself decides about all that is not plainly right: what it makes of a value is the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from math import isfinite
from types import MappingProxyType, NoneType
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLString,
    Undefined,
)

from steelyard_graphql.compiled.misfit import Misfit
from steelyard_graphql.compiled.tally import Tally

_LARGEST = 2**31 - 1
_KNOWN = frozenset([bool, int, float, str, date, datetime, time, Decimal])
"""Values that are nothing but values: not to be waited for, no errors, no way of saying nothing."""


def _all_finite(values: list[Any]) -> bool:
    """Whether floats are numbers; a sum that overflows says no, and each is looked at."""
    return isfinite(sum(filter(None, values)))


def _all_small(values: list[Any]) -> bool:
    """Whether integers fit in 32 bits."""
    known = [value for value in values if value is not None]
    return not known or (min(known) >= -_LARGEST - 1 and max(known) <= _LARGEST)


def _all(values: list[Any]) -> bool:
    return True


_AS_THEY_ARE: Mapping[GraphQLLeafType, tuple[type, Callable[[list[Any]], bool]]] = MappingProxyType(
    {
        GraphQLString: (str, _all),
        GraphQLID: (str, _all),
        GraphQLBoolean: (bool, _all),
        GraphQLInt: (int, _all_small),
        GraphQLFloat: (float, _all_finite),
    }
)
"""By type the class whose objects are answered as they are, if this holds of them."""


class Leaves:
    """Completes columns of one leaf type."""

    def __init__(self, type_: GraphQLLeafType, *, nullable: bool) -> None:
        self._type, self._nullable = type_, nullable

    def __call__(self, values: list[Any], tally: Tally) -> list[Any]:
        """Return the column as it is answered, the same if nothing changes.

        Raises Misfit, or what types raise.
        """
        kinds = set(map(type, values))
        if NoneType in kinds:
            if not self._nullable:
                raise Misfit
            kinds.discard(NoneType)
        if not kinds or self._is_right(kinds, values):
            return values
        if isinstance(self._type, GraphQLEnumType) and all(issubclass(kind, Enum) for kind in kinds):
            return self._names(values)
        if kinds <= _KNOWN:
            return [None if value is None else self._one(value) for value in values]
        raise Misfit

    def _is_right(self, kinds: set[type], values: list[Any]) -> bool:
        kind, holds = _AS_THEY_ARE.get(self._type, (None, _all))
        return kinds == {kind} and holds(values)

    def _names(self, values: list[Any]) -> list[Any]:
        """The names of enum members: there are few of them, and each is one object."""
        members = dict(zip(map(id, values), values, strict=True))
        names = {key: None if member is None else self._one(member) for key, member in members.items()}
        return list(map(names.__getitem__, map(id, values)))

    def _one(self, value: Any) -> Any:
        answered = self._type.coerce_output_value(value)
        if answered is None or answered is Undefined:
            raise Misfit
        return answered
