"""One cell of a table: a number, n/a, nothing, or a fault. Nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from steelyard.errors import Kind
from steelyard.intake.notation import Manner, Notation
from steelyard.intake.problems import (
    FULL_WIDTH,
    MIXED_PERCENT,
    NEGATIVE_COUNT,
    NOT_A_NUMBER,
    NOT_FINITE,
    NUMBER_TOO_LONG,
    PERCENT_REFUSED,
    RATE_ABOVE_ONE,
    RATE_OUT_OF_RANGE,
    THOUSANDS_SEPARATOR,
)
from steelyard.scheme.misprint import Misprint, half_width, misprint
from steelyard.scheme.number import parse_decimal
from steelyard.scoring.outcome import Status

NOT_APPLICABLE_WORDS = ("n/a", "不适用")
SHOWN = 40
_MISPRINTS = {
    Misprint.NOT_FINITE: NOT_FINITE,
    Misprint.GROUPED: THOUSANDS_SEPARATOR,
    Misprint.TOO_LONG: NUMBER_TOO_LONG,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell, before it is known where the cell stands."""

    kind: Kind
    values: Mapping[str, object] = field(default_factory=dict)


def read_cell(text: str, notation: Notation) -> Fraction | Status | Fault:
    """Read a cell as an exact number, as MISSING (empty) or NOT_APPLICABLE, or say what is wrong with it."""
    text = text.strip()
    if not text:
        return Status.MISSING
    if text.lower() in NOT_APPLICABLE_WORDS:
        return Status.NOT_APPLICABLE
    manner, percent = notation.value, text.endswith("%")
    value = parse_decimal(text[:-1] if percent else text)
    if value is None:
        return Fault(*_not_readable(text))
    if percent and manner.percent == "refuse":
        return Fault(PERCENT_REFUSED, {"cell": shown(text)})
    if manner.bare_limit and not percent and abs(value) > 1:
        kind = MIXED_PERCENT if manner.beside_percent else RATE_ABOVE_ONE
        return Fault(kind, {"cell": shown(text)})
    if percent and manner.percent == "divide":
        value /= 100
    return _within(value, manner, text)


def shown(text: str) -> str:
    """What a message shows of a text that a user wrote: short, and without control characters."""
    safe = "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text[: SHOWN + 1])
    return safe if len(text) <= SHOWN else f"{safe[:SHOWN]}…"


def _within(value: Fraction, manner: Manner, text: str) -> Fraction | Fault:
    low, high = manner.low, manner.high
    if (low is None or value >= low) and (high is None or value <= high):
        return value
    if high is None:
        return Fault(NEGATIVE_COUNT, {"cell": shown(text)})
    return Fault(RATE_OUT_OF_RANGE, {"cell": shown(text), "low": low, "high": high})


def _not_readable(text: str) -> tuple[Kind, dict[str, object]]:
    values: dict[str, object] = {"cell": shown(text)}
    plain = half_width(text)
    found = misprint(text)
    is_number = found is Misprint.FULL_WIDTH and not plain.startswith("$")
    if is_number or (plain != text and plain.lower() in NOT_APPLICABLE_WORDS):
        return FULL_WIDTH, {**values, "plain": shown(plain)}
    return _MISPRINTS.get(found, NOT_A_NUMBER), values
