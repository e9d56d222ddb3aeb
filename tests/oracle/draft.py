"""What a random scheme is drawn with: numbers, named parameters, and the columns its table will need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")

TENTHS = [Decimal(n) / 10 for n in range(11)]
RATE_LINES = [Decimal(n) / 100 for n in (90, 75, 70, 60, 50, 30)]


def plain(value: Decimal) -> str:
    """Write a number without exponent or needless zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(value: Decimal) -> str:
    """Write a rate with `%`."""
    return f"{plain(value * 100)}%"


@dataclass
class Draft:
    """A scheme in the making.

    `columns` holds, by measure column, the texts worth putting into its cells; `kinds` says what a
    measure is (number, share, count …), so that a second reader only shares it where that is valid;
    `unit_values` what units may have of their own for a named parameter.
    """

    draw: st.DrawFn
    variants: tuple[str, ...]
    unclipped: bool
    lines: list[Decimal]
    columns: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, object] = field(default_factory=dict)
    variant_parameters: dict[str, dict[str, object]] = field(default_factory=dict)
    unit_values: dict[str, list[str]] = field(default_factory=dict)
    leaves: int = 0

    def pick(self, options: Sequence[T]) -> T:
        """Draw one of `options`, the first being the simplest."""
        return self.draw(st.sampled_from(options))

    def chance(self, percent: int) -> bool:
        """Draw True in about `percent` of a hundred cases."""
        return self.draw(st.integers(0, 99)) >= 100 - percent

    def number(self, value: object, others: Sequence[object]) -> object:
        """Write a number of a rubric or rule, now and then as a `$parameter` that variants change."""
        if not self.chance(8):
            return value
        name = f"p{len(self.parameters) + 1}"
        self.parameters[name] = value
        self.unit_values[name] = ["", *map(str, others)]
        for variant in self.variants:
            if self.chance(60):
                self.variant_parameters.setdefault(variant, {})[name] = self.pick(others)
        return f"${name}"

    def rate(self) -> object:
        """Write a rate between 0 and 1, as a fraction or in percent."""
        value = self.pick([*self.lines, *TENTHS])
        return percent(value) if self.draw(st.booleans()) else value

    def column(self, kind: str, own: str) -> str:
        """Name a column of a kind: an earlier one now and then, else `own`."""
        same = [name for name, other in self.kinds.items() if other == kind and ":" not in name]
        if own in self.kinds or (same and self.chance(20)):
            return self.pick(same) if same else self.column(kind, f"{own}.x")
        self.kinds[own] = kind
        return own

    def suggest(self, column: str, values: Iterable[Decimal]) -> None:
        """Note values worth putting into a column's cells, written as its kind allows."""
        texts = self.columns.setdefault(column, [])
        kind = self.kinds[column]
        for value in values:
            if kind in ("share", "rate"):
                texts.append(percent(value))
                if value <= 1:
                    texts.append(plain(value))
            elif kind == "percent":
                texts += [plain(value), f"{plain(value)}%"]
            elif kind != "count" or value >= 0:
                texts.append(plain(value))
        if texts and kind not in ("share", "rate", "percent"):
            texts.append(format(Decimal(texts[-1]), "e"))


def decimals(*values: object) -> list[Decimal]:
    """Write a list of exact decimals shortly."""
    return [Decimal(str(value)) for value in values]


def node(code: str, **fields: Any) -> dict[str, Any]:
    """Write a node of the tree; empty fields are left out."""
    return {"code": code} | {key: value for key, value in fields.items() if value is not None}
