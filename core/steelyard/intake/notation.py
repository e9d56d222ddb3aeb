"""How the numbers of a measure are written, which follows from what the scheme does with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Literal

from steelyard.scheme.number import Quantity


@dataclass(frozen=True, slots=True)
class Manner:
    """What may stand in a cell.

    percent: `98%` is divided by 100, means 98, or is refused.
    low, high: the range of what is read; None where there is none.
    bare_limit: whether a number beyond 1 must carry `%`; beside_percent: because other cells do.
    """

    percent: Literal["divide", "keep", "refuse"]
    low: int | None = None
    high: int | None = None
    bare_limit: bool = False
    beside_percent: bool = False


class Notation(Enum):
    """The kinds of numbers, the strictest first: a measure that is used in several ways takes the first."""

    PERCENT = Manner("keep", 0, 100)
    """A rate in percent: `98` and `98%` are the same."""
    RATE = Manner("divide", 0, 1, bare_limit=True)
    """A rate that is scored as it stands."""
    SHARE = Manner("divide", bare_limit=True)
    """A rate that is compared with lines written in percent; it may lie outside 0…1."""
    COUNT = Manner("refuse", low=0)
    """A number of cases."""
    PLAIN = Manner("refuse")
    """Points, hours, money: anything with a unit of its own."""
    OPEN = Manner("divide")
    """Compared with bare numbers between 0 and 1, or read by a rubric in Python: either way of writing."""
    MARKED = Manner("divide", bare_limit=True, beside_percent=True)
    """An open measure in a column in which some cells carry `%`."""


STRICTEST_FIRST = tuple(Notation)


def compared_with(lines: Iterable[Quantity], parameters: dict[str, Quantity]) -> Notation:
    """The notation of a measure from the lines that it is compared with."""
    written = tuple(lines)
    if any(line.is_percent(parameters) for line in written):
        return Notation.SHARE
    if all(0 <= line.resolved(parameters) <= Fraction(1) for line in written):
        return Notation.OPEN
    return Notation.PLAIN


def in_column(notation: Notation, cells: Sequence[str]) -> Notation:
    """The notation of a column: an open one with a `%` in any cell is a column of rates."""
    if notation is Notation.OPEN and any(cell.rstrip().endswith(("%", "％")) for cell in cells):
        return Notation.MARKED
    return notation
