"""Which standards hold for which units: the nearest of them, on the last day of the period."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from steelyard.errors import Text
from steelyard.services.structure import Structure
from steelyard.services.weights.in_force import Settled, overlays
from steelyard.services.weights.standards import resolve
from steelyard.store.attributes import AttributeRecord
from steelyard.store.parentage import ParentRecord
from steelyard.store.periods import PeriodRecord, PeriodState
from steelyard.store.units import UnitRecord
from steelyard.store.weight_sets import Content, Standard

NAME = Text("名", "Name")
LONG_AGO = date(2000, 1, 1)
PERIOD = PeriodRecord(1, "month", "2025-01", NAME, date(2025, 1, 1), date(2025, 2, 1), PeriodState.OPEN)
CODES = ("CO", "NORTH", "S1", "S2", "S3", "S4")
UNITS = tuple(UnitRecord(at, code, NAME, "shop", None, None) for at, code in enumerate(CODES))
KNOWN = Structure(
    units=UNITS,
    parents=tuple(
        ParentRecord(unit, above, LONG_AGO, None) for unit, above in ((1, 0), (2, 1), (3, 1), (4, 0))
    ),
    settings=(
        AttributeRecord(2, "size", "large", LONG_AGO, None),
        AttributeRecord(4, "size", "large", LONG_AGO, date(2025, 1, 31)),
        AttributeRecord(4, "size", "small", date(2025, 1, 31), None),
        AttributeRecord(5, "size", "large", LONG_AGO, None),
    ),
    calendars=(),
    periods=(PERIOD,),
)


def _line(tenths: int, **whom: str) -> Standard:
    return Standard("A", pass_line=Fraction(tenths, 10), **whom)


FOR_ALL, BY_SIZE, BY_TOP = _line(1), _line(2, attribute="size", value="large"), _line(3, unit="CO")
NEAR, OWN, NOBODY = _line(4, unit="NORTH"), _line(5, unit="S2"), _line(6, unit="GONE")

# standards → the lines of S1 (large, in the north), S2 (in the north), S3 (large until the last day) and S4
# (large, below nobody)
CASES = {
    "none": ((), (None, None, None, None)),
    "for all": ((FOR_ALL,), (1, 1, 1, 1)),
    "by an attribute, on the last day": ((FOR_ALL, BY_SIZE), (2, 1, 1, 2)),
    "whatever the order": ((BY_SIZE, FOR_ALL), (2, 1, 1, 2)),
    "a unit before an attribute": ((BY_SIZE, BY_TOP), (3, 3, 3, 2)),
    "the nearest above": ((NEAR, BY_TOP), (4, 4, 3, None)),
    "its own": ((OWN, NEAR, BY_TOP, BY_SIZE, FOR_ALL), (4, 5, 3, 2)),
    "a unit that is gone": ((NOBODY, FOR_ALL), (1, 1, 1, 1)),
}


@pytest.mark.parametrize("name", CASES)
def test_the_nearest_holds(name: str) -> None:
    standards, expected = CASES[name]
    lines = resolve(standards, KNOWN, UNITS[2:], PERIOD).lines
    found = [lines.each[of].get("A") for of in lines.of.tolist()]
    assert found == [None if each is None else Fraction(each, 10) for each in expected]


def test_indicators_are_resolved_each_by_itself() -> None:
    standards = (
        BY_SIZE,
        Standard("B", Fraction(1, 2), unit="S2"),
        Standard("C", target=Fraction(1), unit="NORTH"),
    )
    found = resolve(standards, KNOWN, UNITS[2:], PERIOD)
    assert [dict(found.lines.each[of]) for of in found.lines.of.tolist()] == [
        {"A": Fraction(1, 5)},
        {"B": Fraction(1, 2)},
        {},
        {"A": Fraction(1, 5)},
    ]
    assert [dict(found.targets.each[of]) for of in found.targets.of.tolist()] == [{"C": 1}, {"C": 1}, {}, {}]


def test_periods_with_the_same_share_an_overlay() -> None:
    content = Content({"A": Fraction(2)}, (BY_SIZE,))
    other = Content({"A": Fraction(3)}, (BY_SIZE,))
    settled = [Settled.of(each, KNOWN, UNITS[2:], PERIOD) for each in (content, content, other)]
    found = overlays(settled)
    assert len(found.each) == 4
    assert found.of[:4].tolist() == found.of[4:8].tolist()
    assert not set(found.of[:4].tolist()) & set(found.of[8:].tolist())
