"""Readings: what is to be recorded of a unit in a period, and whether it is news."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from steelyard.scheme.number import decimal_text


class Source(StrEnum):
    """The way by which a measurement came."""

    IMPORT = "import"
    GRAPHQL = "graphql"
    SAMPLE = "sample"
    RECORDS = "records"
    ASSESSMENT = "assessment"


class Status(StrEnum):
    """Whether there is a value: MISSING takes back what was computed; nothing recorded at all has no row."""

    VALUE = "value"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"


class Reading(NamedTuple):
    """A value to be recorded; None says that the measure does not apply. `row` is the import's row.

    Of what is computed from records: numerator, denominator: of a share, mean or ratio. n: how many records
    stand behind it. squares: of a mean, the sum of their squares. missing: nothing can be said; it takes back
    what was computed before.
    """

    unit_id: int
    period_id: int
    measure: str
    value: Fraction | None
    row: int | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    n: int | None = None
    missing: bool = False
    squares: Fraction | None = None

    @property
    def status(self) -> Status:
        """What it says."""
        if self.missing:
            return Status.MISSING
        return Status.NOT_APPLICABLE if self.value is None else Status.VALUE


Told = tuple[str, str | None, str | None, str | None, int | None, str | None]
"""What a measurement says, as it is stored in the columns `TOLD`."""
TOLD = ("status", "value", "numerator", "denominator", "n", "squares")


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands, or what was computed last: its id, what it says and how it came."""

    id: int
    told: Told
    source: Source


def differs(told: Told, standing: Standing | None) -> bool:
    """Whether what a person or a table says is news: whatever stands behind it, its value is."""
    return standing is None or standing.told[:2] != told[:2]


def differs_computed(told: Told, standing: Standing | None, computed: Standing | None) -> bool:
    """Whether what was computed is news: a value is taken back only where the computed one stands."""
    if told[0] == Status.MISSING:
        return (
            standing is not None and standing.source is Source.RECORDS and standing.told[0] != Status.MISSING
        )
    if computed is None or computed.told[:-1] != told[:-1]:
        return True
    # Of squares alone, which are not kept of all means, what somebody recorded since knows no better.
    return computed == standing and computed.told != told


def told_by(reading: Reading) -> Told:
    """What a reading says."""
    value, numerator, denominator = reading.value, reading.numerator, reading.denominator
    ratio = _text(numerator), _text(denominator), reading.n, _text(reading.squares)
    return (reading.status.value, _text(value), *ratio)


def _text(number: Fraction | None) -> str | None:
    return None if number is None else decimal_text(number)
