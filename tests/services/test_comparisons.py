"""Units beside each other."""

from __future__ import annotations

from typing import Any

import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.errors import NotFound
from steelyard.scoring import Outcome
from steelyard.services import comparisons

MONTHS = ["2025-01", "2025-02"]


async def test_a_cell_and_its_distances(seat: Seat) -> None:
    table = await comparisons.compare(
        *seat, scheme=SCHEME, units=["S2", "S1"], indicators=["SPEED", "ROOMS"], periods=MONTHS
    )
    assert table.scores.shape == (2, 2, 2)
    cell = table.cell(0, 0, 1)
    assert (cell.outcome, cell.score, cell.passed, cell.band and cell.band.code) == (
        Outcome.SCORED,
        50,
        False,
        "C",
    )
    assert (cell.change, cell.to_best, cell.to_median, cell.to_mean) == pytest.approx((-10, -42, -21, -21))
    assert cell.points == pytest.approx(18.75)
    spread = table.spread(0, 1)
    assert (spread.count, spread.best, spread.median, spread.mean) == (2, 92, 71, 71)
    assert spread.best_unit == table.units[1]


async def test_the_first_period_has_no_change(seat: Seat) -> None:
    table = await comparisons.compare(*seat, scheme=SCHEME, units=["S1"], periods=["2025-01", "2025-Q1"])
    assert [table.cell(0, 0, at).change for at in (0, 1)] == [None, None]


async def test_a_change_reaches_back_before_the_chosen_periods(seat: Seat) -> None:
    table = await comparisons.compare(*seat, scheme=SCHEME, units=["S1"], periods=["2025-02"])
    assert table.cell(0, 0, 0).change == pytest.approx(1.3125 + 0.9375 + 0.0)


@pytest.mark.parametrize(
    ("chosen", "units"),
    [
        ({}, ["S1", "S2", "S3", "S4", "S5"]),
        ({"below": "SOUTH"}, ["S3", "S4", "S5"]),
        ({"below": "S1"}, ["S1"]),
        ({"units": ["S3", "S1", "S3"]}, ["S3", "S1"]),
        ({"units": []}, []),
    ],
)
async def test_which_units(seat: Seat, chosen: dict[str, Any], units: list[str]) -> None:
    table = await comparisons.compare(*seat, scheme=SCHEME, periods=MONTHS, **chosen)
    assert [unit.code for unit in table.units] == units
    assert table.scores.shape == (len(units), 1, 2)


async def test_without_a_score_there_is_no_distance(seat: Seat) -> None:
    table = await comparisons.compare(*seat, scheme=SCHEME, units=["S1", "S5"], periods=["2025-01"])
    cell = table.cell(1, 0, 0)
    assert (cell.outcome, cell.score, cell.to_best, cell.change) == (Outcome.MISSING, None, None, None)
    assert table.spread(0, 0).count == 1


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"units": ["S9"]}, "UNIT_NOT_FOUND"),
        ({"below": "EAST"}, "UNIT_NOT_FOUND"),
        ({"periods": ["2025-99"]}, "PERIOD_NOT_FOUND"),
        ({"indicators": ["NONE"]}, "NODE_NOT_FOUND"),
    ],
)
async def test_what_is_not_there(seat: Seat, changed: dict[str, Any], code: str) -> None:
    with pytest.raises(NotFound) as caught:
        await comparisons.compare(*seat, **{"scheme": SCHEME, "periods": MONTHS, **changed})
    assert caught.value.code == code
