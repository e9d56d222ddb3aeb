"""Numbers as scheme files and tables write them: exact decimals, percents and `$parameter` references.

Nothing here is a float: `19.6`, `70%` and `1e-3` become exact fractions, and a number keeps whether it
was written with `%`, because a threshold in percent says that its measure is a rate.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?", re.ASCII)
_PARAMETER = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)", re.ASCII)
_LONGEST = 60
LARGEST = 10**30
"""Larger numbers are no measurements; floats hold all sums and products of smaller ones."""


def parse_decimal(text: str) -> Fraction | None:
    """Read a plain ASCII decimal exactly; None where `text` is something else.

    Full-width digits, thousands separators, `nan` and `inf` are something else, and so are texts long
    enough (60 characters) to be an attack rather than a measurement.
    """
    text = text.strip()
    if len(text) > _LONGEST or _DECIMAL.fullmatch(text) is None:
        return None
    number = Fraction(Decimal(text))
    return number if abs(number) <= LARGEST else None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a scheme: a literal `value`, or the name of a `parameter` that stands for it."""

    value: Fraction | None
    parameter: str | None = None
    percent: bool = False

    @classmethod
    def of(cls, value: Fraction | int) -> Quantity:
        """Wrap a number."""
        return cls(Fraction(value))

    def __str__(self) -> str:
        """Write the number as a scheme file would."""
        if self.parameter is not None:
            return f"${self.parameter}"
        return decimal_text(self.resolved({}), percent=self.percent)

    def resolved(self, parameters: Mapping[str, Quantity]) -> Fraction:
        """Return the number, looking a parameter up; KeyError where there is no such parameter."""
        if self.parameter is not None:
            return parameters[self.parameter].resolved({})
        if self.value is None:
            raise KeyError("empty quantity")
        return self.value

    def is_percent(self, parameters: Mapping[str, Quantity]) -> bool:
        """Tell whether the number, or the parameter it names, was written with `%`."""
        if self.parameter is not None:
            return parameters[self.parameter].percent
        return self.percent


def decimal_text(number: Fraction, *, percent: bool = False) -> str:
    """Write a fraction as a decimal: exactly where it ends within 100 digits, else `p/q`."""
    if percent:
        return f"{decimal_text(number * 100)}%"
    numerator, denominator = number.numerator, number.denominator
    if denominator == 1:
        return str(numerator)
    rest, shift = denominator, 0
    while rest % 10 == 0:
        rest, shift = rest // 10, shift + 1
    while shift < 100 and rest != 1:
        if rest % 2 and rest % 5:
            return f"{numerator}/{denominator}"
        rest = rest // 2 if rest % 2 == 0 else rest // 5
        shift += 1
    factor, left = divmod(10**shift, denominator)
    if left:
        return f"{numerator}/{denominator}"
    sign, digits = "-" if numerator < 0 else "", str(abs(numerator) * factor).zfill(shift + 1)
    whole, decimals = digits[: len(digits) - shift], digits[len(digits) - shift :].rstrip("0")
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"


def parse_quantity(text: str) -> Quantity | None:
    """Read a number, a percent or a `$parameter`; None where `text` is something else."""
    text = text.strip()
    if found := _PARAMETER.fullmatch(text):
        return Quantity(None, parameter=found[1])
    percent = text.endswith("%")
    value = parse_decimal(text[:-1] if percent else text)
    if value is None:
        return None
    return Quantity(value / 100 if percent else value, percent=percent)


def _quantity(raw: Any) -> Quantity:
    if isinstance(raw, Quantity):
        return raw
    quantity = None if isinstance(raw, bool) else parse_quantity(str(raw))
    if quantity is None:
        raise PydanticCustomError("number", "expected a number", {})
    return quantity


def _literal(raw: Any) -> Quantity:
    quantity = _quantity(raw)
    if quantity.parameter is not None:
        raise PydanticCustomError("parameter", "expected a number, not a parameter", {})
    return quantity


def _rate_quantity(raw: Any) -> Quantity:
    quantity = _quantity(raw)
    if quantity.value is None:
        return quantity
    if not quantity.percent and quantity.value > 1:
        raise PydanticCustomError("rate_above_one", "a bare rate is at most 1", {})
    return Quantity(quantity.value, percent=True)


def _rate(raw: Any) -> Quantity:
    quantity = _rate_quantity(_literal(raw))
    if quantity.value is None or not 0 <= quantity.value <= 1:
        raise PydanticCustomError("rate_range", "a rate lies between 0% and 100%", {})
    return quantity


def _weight(raw: Any) -> Quantity:
    quantity = _literal(raw)
    if quantity.value is None or quantity.value < 0:
        raise PydanticCustomError("negative", "expected a number that is not negative", {})
    return quantity


_NUMBER_SCHEMA = {"anyOf": [{"type": "number"}, {"type": "string"}]}
_WRITTEN = PlainSerializer(str, return_type=str)

Number = Annotated[Quantity, BeforeValidator(_quantity), _WRITTEN, WithJsonSchema(_NUMBER_SCHEMA)]
"""Any number, percent or `$parameter`."""
Constant = Annotated[Quantity, BeforeValidator(_literal), _WRITTEN, WithJsonSchema(_NUMBER_SCHEMA)]
"""A number or percent, but no parameter."""
RateNumber = Annotated[Quantity, BeforeValidator(_rate_quantity), _WRITTEN, WithJsonSchema(_NUMBER_SCHEMA)]
"""A rate written as a fraction or with `%`, or a `$parameter`."""
Rate = Annotated[Quantity, BeforeValidator(_rate), _WRITTEN, WithJsonSchema(_NUMBER_SCHEMA)]
"""A rate between 0% and 100%."""
Weight = Annotated[Quantity, BeforeValidator(_weight), _WRITTEN, WithJsonSchema(_NUMBER_SCHEMA)]
"""Points or a weight: not negative."""
