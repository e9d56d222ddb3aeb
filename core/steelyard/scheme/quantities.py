"""Every number of a definition with its path, and what its `$parameters` stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from steelyard.scheme.base import Definition
from steelyard.scheme.document import Path
from steelyard.scheme.model import Scheme
from steelyard.scheme.number import Quantity

Parameters = Mapping[str, Quantity]


def quantities(value: Any, path: Path) -> Iterator[tuple[Path, Quantity]]:
    """The numbers at and below a value of a definition, with their paths as files write them."""
    if isinstance(value, Quantity):
        yield path, value
    elif isinstance(value, Definition):
        for name, field in type(value).model_fields.items():
            yield from quantities(getattr(value, name), (*path, field.alias or name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from quantities(item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from quantities(item, (*path, key))


def settings(scheme: Scheme) -> list[Parameters]:
    """The scheme's parameters, then those of each variant that has its own."""
    own = scheme.variants.parameters if scheme.variants else {}
    return [scheme.parameters, *({**scheme.parameters, **changed} for changed in own.values())]


def number(quantity: Quantity | None, parameters: Parameters) -> Fraction | None:
    """The number a quantity stands for; None where there is none, or its parameter is not known."""
    return quantity.resolved(parameters) if quantity and _is_known(quantity, parameters) else None


def literal(quantity: Quantity | None) -> Fraction | None:
    """The number where it is written out: a parameter may be another for every unit."""
    return None if quantity is None or quantity.parameter is not None else quantity.value


def percent(quantity: Quantity, parameters: Parameters) -> bool:
    """Whether the number, or the parameter it names, is written with %."""
    return _is_known(quantity, parameters) and quantity.is_percent(parameters)


def _is_known(quantity: Quantity, parameters: Parameters) -> bool:
    return quantity.parameter is None or quantity.parameter in parameters
