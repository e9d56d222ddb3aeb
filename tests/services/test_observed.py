"""From columns of the store to arrays."""

from __future__ import annotations

import math
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from steelyard.errors import Text
from steelyard.scoring import Status
from steelyard.services.observed import observations_of
from steelyard.store.attributes import AttributeRecord
from steelyard.store.current_values import CurrentValues
from steelyard.store.periods import PeriodRecord, PeriodState
from steelyard.store.units import UnitRecord

TITLE = Text("甲", "A")
NONE = math.nan
UNITS = [UnitRecord(id, code, TITLE, "shop", None, None) for id, code in ((30, "a"), (10, "b"), (20, "c"))]
PERIODS = [
    PeriodRecord(
        id,
        "month",
        f"2025-0{month}",
        TITLE,
        date(2025, month, 1),
        date(2025, month + 1, 1),
        PeriodState.OPEN,
    )
    for id, month in ((7, 1), (5, 2))
]
LONG = Fraction("0.12345678901234567890")


def columns(*rows: tuple[int, int, str, float], exact: dict[int, Fraction] | None = None) -> CurrentValues:
    measures = tuple(dict.fromkeys(row[2] for row in rows))
    return CurrentValues(
        np.array([row[0] for row in rows], dtype=np.int64),
        np.array([row[1] for row in rows], dtype=np.int64),
        np.array([measures.index(row[2]) for row in rows], dtype=np.int32),
        measures,
        np.array([row[3] for row in rows], dtype=np.float64),
        exact or {},
    )


def test_every_value_finds_its_place() -> None:
    values = columns((30, 5, "y", 1.5), (10, 7, "x", 2.0), (20, 5, "x", NONE), (30, 7, "x", 4.0))
    found = observations_of(values, UNITS, PERIODS, ["x", "y"], [])
    assert np.array_equal(
        found.values,
        [[4.0, 2.0, NONE, NONE, NONE, NONE], [NONE, NONE, NONE, 1.5, NONE, NONE]],
        equal_nan=True,
    )
    value, missing, absent = Status.VALUE, Status.MISSING, Status.NOT_APPLICABLE
    assert found.status.tolist() == [
        [value, value, missing, missing, missing, absent],
        [missing, missing, missing, value, missing, missing],
    ]
    assert (found.unit.tolist(), found.period.tolist()) == ([0, 1, 2, 0, 1, 2], [0, 0, 0, 1, 1, 1])
    assert [period.code for period in found.periods] == ["2025-01", "2025-02"]


@pytest.mark.parametrize(
    "stranger", [(99, 7, "x", 1.0), (1, 7, "x", 1.0), (30, 6, "x", 1.0), (30, 7, "z", 1.0)]
)
def test_what_is_of_others_is_left_out(stranger: tuple[int, int, str, float]) -> None:
    found = observations_of(columns(stranger), UNITS, PERIODS, ["x", "y"], [])
    assert (found.status == Status.MISSING).all()


def test_exact_values_follow() -> None:
    values = columns((99, 7, "x", 0.1), (10, 5, "x", float(LONG)), exact={0: LONG, 1: LONG})
    assert observations_of(values, UNITS, PERIODS, ["x"], []).exact == {(0, 4): LONG}


@pytest.mark.parametrize(("units", "periods"), [([], PERIODS), (UNITS, []), ([], [])])
def test_there_may_be_nobody(units: list[UnitRecord], periods: list[PeriodRecord]) -> None:
    found = observations_of(columns((30, 7, "x", 1.0)), units, periods, ["x"], [])
    assert (found.rows, found.values.shape) == (0, (1, 0))


def test_attributes_are_those_in_force_on_the_last_day() -> None:
    settings = [
        AttributeRecord(10, "size", "small", date(1, 1, 1), date(2025, 2, 28)),
        AttributeRecord(10, "size", "large", date(2025, 2, 28), None),
        AttributeRecord(20, "size", "late", date(2025, 3, 1), None),
        AttributeRecord(99, "size", "strange", date(1, 1, 1), None),
    ]
    found = observations_of(columns(), UNITS, PERIODS, ["x"], settings)
    assert found.attributes["size"].tolist() == [None, "small", None, None, "large", None]
